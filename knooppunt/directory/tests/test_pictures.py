"""Photos of strangers: drawn anew, one at a time, in little memory, and with nothing hidden in
them.
"""

from __future__ import annotations

import io
import subprocess
import sys
import zlib
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from knooppunt.directory.pictures import BadPicture, safe_picture
from knooppunt.directory.tests.make import picture
from knooppunt.kit.process_limits import bare_environment


def test_a_photo_is_drawn_anew_and_smaller() -> None:
    with Image.open(io.BytesIO(safe_picture(picture((2000, 1500))))) as drawn:
        assert (drawn.format, drawn.size, dict(drawn.getexif())) == ("JPEG", (1280, 960), {})


@pytest.mark.parametrize(
    "raw",
    [b"", b"GIF89a", b"<svg onload=alert(1)>", b"\xff\xd8\xff broken", picture((9, 9), "GIF")],
)
def test_what_is_no_photo_is_refused(raw: bytes) -> None:
    with pytest.raises(BadPicture) as refused:
        safe_picture(raw)
    assert refused.value.code == "not_a_picture"


def hidden(kind: str) -> bytes:
    """A photo with a comment, a camera and a place in it, lying on its side."""
    photo, out = Image.new("RGB", (40, 30), "green"), io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SECRET camera"
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "SECRET words")
    extra: dict[str, Any] = {"pnginfo": notes} if kind == "PNG" else {"comment": b"SECRET words"}
    photo.save(out, kind, exif=exif, **extra)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_nothing_hidden_in_a_photo_is_kept_and_it_stands_upright(kind: str) -> None:
    raw = hidden(kind)
    assert b"SECRET" in raw
    safe = safe_picture(raw)
    assert b"SECRET" not in safe
    with Image.open(io.BytesIO(safe)) as drawn:
        assert drawn.size == (30, 40)
        assert not {"comment", "exif"} & set(drawn.info)


def claims(width: int, height: int) -> bytes:
    """A small PNG that says to be so large."""
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    chunk = b"IHDR" + header
    whole = len(header).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    data = b"IDAT" + zlib.compress(b"\x00" * 1000)
    rest = (len(data) - 4).to_bytes(4, "big") + data + zlib.crc32(data).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + whole + rest


@pytest.mark.parametrize("size", [(7000, 7000), (5001, 5000), (60_000, 60_000), (2**31 - 1, 1)])
def test_the_size_is_read_before_anything_is_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(BadPicture) as refused:
        safe_picture(claims(*size))
    assert refused.value.code == "too_large"


def test_the_largest_photo_that_is_taken_fits_in_the_memory_it_may_have() -> None:
    with Image.open(io.BytesIO(safe_picture(picture((5000, 5000), "PNG", "RGBA")))) as drawn:
        assert drawn.size == (1280, 1280)


def test_the_process_that_draws_may_not_take_more_memory_than_its_limit() -> None:
    greedy = (
        "from knooppunt.kit.photo_worker import MEGABYTES, SECONDS;"
        "from knooppunt.kit.process_limits import limit_process;"
        "limit_process(MEGABYTES, SECONDS); bytearray((MEGABYTES + 100) * 1024 * 1024)"
    )
    command = [sys.executable, "-c", greedy]
    worker = subprocess.run(command, env=bare_environment(), capture_output=True, check=False)
    assert b"MemoryError" in worker.stderr
