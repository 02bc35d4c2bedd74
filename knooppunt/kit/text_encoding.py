"""Tells in which letters a text file was written, from its bytes."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

_ON_MAC = re.compile(rb"[a-z](?:[\x81\x84\x86-\x90\x98\x9b\x9d\x9f]|[\x91\x93\x95](?=[a-z]))")
_ON_WINDOWS = re.compile(rb"[a-z][\xe0-\xff]")


def encoding_of(path: Path) -> str:
    """utf-8-sig, utf-16 or utf-8 when the bytes say so, else mac_roman or cp1252 (what spreadsheets
    write).

    A file in UTF-8 with a damaged byte here and there stays UTF-8.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if wide := _wide_encoding(path):
        return wide
    good = bad = 0
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        while block := file.read(1024 * 1024):
            if not block.isascii():
                broken = block.count("\ufffd")
                bad += broken
                good += sum(not sign.isascii() for sign in block) - broken
    if good >= 4 * bad:
        return "utf-8"
    return "mac_roman" if _is_mac(path) else "cp1252"


def _wide_encoding(path: Path) -> str:
    """utf-16-le or utf-16-be when a file without a mark is text in it, else empty."""
    with path.open("rb") as file:
        sample = file.read(8192)
    sample = sample[: len(sample) // 2 * 2]
    if b"\x00" not in sample:
        return ""
    plain: dict[str, int] = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        if "\x00" not in text and "\n" in text and text.count("\ufffd") <= 1:
            plain[encoding] = sum(sign.isascii() for sign in text)
    best = max(plain, key=lambda encoding: plain[encoding], default="")
    return best if best and plain[best] * 20 >= len(sample) // 2 else ""


def _is_mac(path: Path) -> bool:
    """True when more letters of a file make sense on an old Mac than on Windows: «Cafe» with
    \x8e is no «CafŽ».
    """
    on_mac = on_windows = 0
    with path.open("rb") as file:
        while block := file.read(1024 * 1024):
            on_mac += len(_ON_MAC.findall(block))
            on_windows += len(_ON_WINDOWS.findall(block))
    return on_mac > on_windows
