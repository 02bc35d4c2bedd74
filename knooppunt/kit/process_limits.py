"""Limits how much memory and time a process of its own may take, before it reads what a
stranger sent.
"""

from __future__ import annotations

import os
from pathlib import Path

try:
    import resource
except ImportError:  # Windows: there only the parent guards the time
    resource = None  # type: ignore[assignment]

OUT_OF_MEMORY = 70
_STATUS = Path("/proc/self/statm")
_ROOT = Path(__file__).resolve().parents[2]
# What a process needs to start; passwords and keys of the site stay out of reach of a hostile file.
_HANDED_DOWN = (
    "PATH",
    "SYSTEMROOT",
    "LD_LIBRARY_PATH",
    "PYTHONHOME",
    "PYTHONTZPATH",
    "TEMP",
    "TMP",
    "TMPDIR",
)


def limit_process(megabytes: int, seconds: int) -> None:
    """Let this process take so many megabytes more than it has by now, and so many seconds of work.

    The seconds are for a process whose parent is gone; a parent that is there stops it sooner.
    """
    if resource is None:
        return
    limits = (
        (resource.RLIMIT_DATA, _used_bytes() + megabytes * 1024 * 1024),
        (resource.RLIMIT_CPU, seconds),
    )
    for kind, most in limits:
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):  # not every system knows every limit
            continue


def bare_environment() -> dict[str, str]:
    """The environment for such a process: what Python needs to start and to find this package,
    nothing else.
    """
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {name: os.environ[name] for name in _HANDED_DOWN if name in os.environ}
    return {**environment, "PYTHONPATH": os.pathsep.join(paths)}


def _used_bytes() -> int:
    """How many bytes of its own this process has, as the system counts them for the limit."""
    try:
        return int(_STATUS.read_text().split()[5]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 100 * 1024 * 1024
