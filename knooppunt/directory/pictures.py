"""Takes a picture from a stranger apart and draws it anew, smaller and without the place and camera hidden in it."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_FILE = 15 * 1024 * 1024
MOST_PIXELS = 50_000_000
WIDEST = 1280


class BadPicture(ValueError):
    """The file is no picture we take; ``code`` is too_large or not_a_picture."""


def safe_picture(raw: bytes) -> bytes:
    """A JPEG of at most 1280 pixels wide or high. Raises BadPicture."""
    if len(raw) > LARGEST_FILE:
        raise BadPicture("too_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG", "WEBP")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise BadPicture("too_large")
                picture.draft("RGB", (WIDEST * 2, WIDEST * 2))
                upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombWarning,
        Image.DecompressionBombError,
    ) as problem:
        raise (
            problem if isinstance(problem, BadPicture) else BadPicture("not_a_picture")
        ) from problem
    upright.thumbnail((WIDEST, WIDEST))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=80, optimize=True, progressive=True)
    return out.getvalue()
