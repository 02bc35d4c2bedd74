"""Takes a cell that names networks apart: list marks, quotation marks, words around a name, and
what is no name.
"""

from __future__ import annotations

import re

from knooppunt.kit.text import normalise

# Hard separators part names whatever they are; the others only when the parts are known by
# themselves.
HARD = re.compile(r"[;\n|]+|\s+[·\\]\s+")
JOINED = re.compile(r"(\s+(?:en|and|&|\+|alsmede|evenals|alsook|plus)\s+|\s*/\s*)", re.IGNORECASE)
DASHED = re.compile(r"\s+[-–—]\s+")
DOUBTED = re.compile(r"\s+(?:of|or)\s+", re.IGNORECASE)
_BULLET = re.compile(r"\s*[•▪●‣]\s*|^\s*[-–*]\s+", re.MULTILINE)
_NUMBERED = re.compile(r"(?:^|\s+)\d{1,2}[.)]\s+")
_BOTH = re.compile(r"^zowel\s+(.+?)\s+als\s+(.+)$", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(?:is\s+)?(?:(?:lid|onderdeel|deelnemer|partner|member|part)\s+(?:van|of)|aangesloten\s+bij)"
    r"\s+(?:(?:de|het|the)\s+)?(?=\w)",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"^(?:(?:en|and)\s+|[&+]\s*)|\s+(?:en|and)$|\s*[&+]$", re.IGNORECASE)
_BEHIND = re.compile(r"^(?P<name>.+?)\s*\((?P<rest>[^()]*)\)$")
_ABOUT_MEMBER = re.compile(r"\d|@|\b(?:sinds|vanaf|tot|contact|trekker|lid|via|voorzitter)\b", re.I)
_SHIELDED = re.compile(r"\([^()]*\)|https?://\S+|www\.\S+")
_COVER = {ord(sign): 0xE000 + at for at, sign in enumerate(",;/|&+\n-–—\\· ")}
_UNCOVER = {cover: sign for sign, cover in _COVER.items()}
_NONE = {
    "nee",
    "n",
    "no",
    "geen netwerk",
    "geen netwerken",
    "geen koepel",
    "nog niet",
    "nog geen",
    "niet",
    "niet aangesloten",
}
_NO_NAME = {"ja", "j", "yes", "y", "x", "v", "waar", "true", "wel", "idem", "lid"}
LEGAL_FORMS = ("stichting", "stg", "st", "vereniging", "ver", "cooperatie", "coop", "bv", "b v")


def parts_of(cell: str) -> list[str]:
    """What a cell holds between semicolons, lines, bullets and numbers; signs inside brackets
    part nothing.
    """
    text = _BULLET.sub("\n", _BOTH.sub(r"\1 & \2", cell.strip()))
    if re.match(r"\s*1[.)]\s", text):
        text = _NUMBERED.sub("\n", text)
    text = _SHIELDED.sub(lambda part: part[0].translate(_COVER), text)
    return [part.strip() for part in HARD.split(text) if part.strip()]


def pieces_of(part: str) -> list[str]:
    """What stands between commas."""
    return [piece.strip() for piece in re.split(r"\s+/\s+|,\s*", part) if piece.strip()]


def plain_name(piece: str) -> str:
    """A name without what stands around it: quotation marks, "lid van", a loose "en"."""
    name = piece.translate(_UNCOVER).strip(" \"'“”„‘’`,.:")
    return _BEFORE.sub("", _LOOSE.sub("", name).strip()).strip()


def names_nothing(name: str) -> bool:
    """True for words that say that there is no network."""
    return normalise(name) in _NONE


def is_no_name(name: str) -> bool:
    """True for what cannot be the name of a network: a tick, a number, a mail or web address."""
    key = normalise(name)
    is_address = "@" in name or "://" in name or name.lower().startswith("www.")
    return key in _NO_NAME or is_address or (not any(map(str.isalpha, key)) and bool(key))


def behind(name: str) -> tuple[str, str]:
    """A name and what stands in brackets behind it; an empty text when nothing does."""
    parted = _BEHIND.match(name)
    return (parted["name"], parted["rest"]) if parted else (name, "")


def is_about_member(rest: str) -> bool:
    """True for words in brackets that are about the membership, and no part of the name."""
    return bool(_ABOUT_MEMBER.search(rest))


def is_abbreviation(text: str) -> bool:
    """True for a short word of capitals, such as WGN."""
    capitals = sum(map(str.isupper, text))
    return text.isalnum() and capitals >= 2 and len(text) <= 8 and capitals * 2 >= len(text)


def other_forms(key: str) -> set[str]:
    """A folded name with each legal form before it or without the one that it has: "stichting
    x" and "x".
    """
    for form in LEGAL_FORMS:
        if key.startswith(f"{form} "):
            key = key.removeprefix(f"{form} ")
            break
        if key.endswith(f" {form}"):
            key = key.removesuffix(f" {form}")
            break
    return {key, *(f"{form} {key}" for form in LEGAL_FORMS), f"{key} bv", f"{key} b v"}
