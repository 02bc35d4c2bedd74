"""Names a process, so that what it claimed can be told from what was claimed by one that is
gone.
"""

from __future__ import annotations

import os
import socket
import uuid

_START = uuid.uuid4().hex[:8]  # a process that has the number of one that is gone is not that one
LONGEST_HOST = 40


def _host() -> str:
    return socket.gethostname()[:LONGEST_HOST]


def identity() -> str:
    """The name of this process: machine, number and start; at most 64 signs."""
    return f"{_host()}:{os.getpid()}:{_START}"


def is_gone(name: str) -> bool:
    """True if the process of that name ran on this machine and does so no more; of another
    machine nobody can tell.
    """
    parts = name.rsplit(":", 2)
    if len(parts) != 3 or parts[0] != _host() or not parts[1].isdigit():
        return False
    number, start = parts[1:]
    if int(number) == os.getpid():
        return start != _START
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:  # it is there and somebody else's
        return False
    return False
