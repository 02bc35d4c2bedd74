"""Takes a picture from a stranger apart and draws it anew, smaller and without the place and
camera hidden in it.
"""

from __future__ import annotations

import fcntl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image

from knooppunt.kit import photo_worker
from knooppunt.kit.process_limits import OUT_OF_MEMORY, bare_environment

LARGEST_FILE = 15 * 1024 * 1024
LONGEST_WAIT, LONGEST_WORK = 15.0, 15.0  # seconds
_CODES = {
    photo_worker.TOO_LARGE: "too_large",
    photo_worker.NOT_A_PICTURE: "not_a_picture",
    OUT_OF_MEMORY: "too_large",
}


_SENTENCES = {
    "too_large": _(
        "Deze foto is te groot. Kies er een van hooguit 15 MB en 25 miljoen beeldpunten."
    ),
    "not_a_picture": _("Dit is geen foto die we kunnen lezen. Een JPEG, PNG of WebP kan wel."),
    "busy": _("Er worden nu veel foto's gestuurd. Probeer het over een minuut nog eens."),
}


WIDTHS = (320, 640, 1280)


@lru_cache(maxsize=64)
def webp_of(path: Path, width: int) -> bytes:
    """A photo that `safe_picture` drew, as a WebP of at most so many pixels wide; the last 64 are
    remembered, by the name that each photo has for itself alone.
    """
    packed = BytesIO()
    with Image.open(path) as image:
        image.thumbnail((width, width * 2))
        image.save(packed, "WEBP", quality=76)
    return packed.getvalue()


class BadPicture(ValidationError):
    """The picture is not taken; ``code`` is too_large, not_a_picture or busy."""

    def __init__(self, code: str) -> None:
        super().__init__(_SENTENCES[code], code=code)


def safe_picture(raw: bytes) -> bytes:
    """A JPEG of at most 1280 pixels wide or high, drawn anew in a process of its own.

    Raises BadPicture. One photo at a time over all processes of the site, so that many at once take
    no more memory than one.
    """
    if len(raw) > LARGEST_FILE:
        raise BadPicture("too_large")
    with _turn():
        try:
            worker = subprocess.run(
                [sys.executable, "-P", "-W", "ignore", "-m", "knooppunt.kit.photo_worker"],
                input=raw,
                capture_output=True,
                env=bare_environment(),
                timeout=LONGEST_WORK,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise BadPicture("too_large") from None
    if worker.returncode:
        raise BadPicture(_CODES.get(worker.returncode, "not_a_picture"))
    return worker.stdout


@contextmanager
def _turn() -> Iterator[None]:
    """Waits until no other photo of this site is being drawn.

    Raises BadPicture when that takes too long.
    """
    until = time.monotonic() + LONGEST_WAIT
    with (Path(settings.DATA) / "photo.lock").open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise BadPicture("busy") from None
                time.sleep(0.05)
        yield
