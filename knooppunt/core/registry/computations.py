"""What a part can work out in the worker, so that pages only read it
(``core/background/stored_results.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any


def _nothing() -> Iterable[tuple[str, tuple[str, ...]]]:
    return ()


@dataclass(frozen=True)
class Computation:
    """A result by words: ``compute`` gives plain JSON for them.

    ``always`` gives the kinds and words for which it is always kept ready; a kind may have a part
    of its own behind a colon (``figure:places``), which is measured apart. ``rest`` is how long a
    result may stand before a change makes the worker count it again, ``most_stale`` until when an
    old one is shown. ``form`` grows with every change of what ``compute`` gives, so that what was
    stored before is not read as if it were of today.
    """

    kind: str
    compute: Callable[..., Any]
    always: Callable[[], Iterable[tuple[str, tuple[str, ...]]]] = _nothing
    rest: timedelta = timedelta(0)
    most_stale: timedelta = timedelta(minutes=10)
    form: int = 1
