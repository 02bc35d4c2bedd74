"""Recognises that the disk of the site is full, however the system or the database says it."""

from __future__ import annotations

import errno

_PHRASES = ("disk is full", "no space left", "could not extend file")


def is_disk_full(problem: BaseException | None) -> bool:
    """True if this error, or one that it came from, says that there is no room left."""
    while problem is not None:
        if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if any(phrase in str(problem).lower() for phrase in _PHRASES):
            return True
        problem = problem.__cause__ or problem.__context__
    return False
