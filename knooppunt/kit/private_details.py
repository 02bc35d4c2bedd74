"""Points out what in a text may say who somebody is or how to reach her: for whoever reads it
before everybody does.

It is a help for a reader and no judge: a name that looks like a common word is not pointed out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knooppunt.kit.text import normalise
from knooppunt.kit.web import reachable

PHONE, MAIL, ADDRESS, NAME = "phone", "mail", "address", "name"
_POSTCODE = re.compile(r"(?<!\w)[1-9]\d{3}[ \xa0]?[A-Za-z]{2}(?!\w)")
# A street and a house number: "Tuinstraat 12a", "Lange Dijk 3-B", "Plein 40 nummer 6".
_STREET = re.compile(
    r"(?i)\b(?:[^\W\d_]+[ -]){0,2}[^\W\d_]*"
    r"(?:straat|laan|weg|plein|dijk|kade|gracht|singel|hof|park|pad|steeg|haven|dreef|markt)"
    r"(?: (?:nr|nummer|huisnummer)\.?)? \d+ ?[a-z]?\b"
)
# Who is named after such a word is a person: "buurvrouw Fatma", "mevrouw De Boer", "ik heet Ali".
_TITLE = re.compile(
    r"(?i)\b(?:meneer|mevrouw|mw\.?|dhr\.?|mr\.?|mrs\.?|buurman|buurvrouw|buurjongen|buurmeisje|"
    r"oom|tante|opa|oma|dokter|juf|meester|vriend|vriendin|neighbour|naam is|ik heet|ik ben|"
    r"my name is|groetjes|groeten|groet),? "
)
_CAPITAL = re.compile(r"(?:[A-ZÀ-Þ][\w’'-]+)(?: (?:van|de|der|den|el|al|bin|ter|ten|te))*")
_NAMED = re.compile(
    r"((?:(?:van|de|der|den|el|al|ter|ten|te) )*[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)*)"
)
_WORD = re.compile(r"[\w’'-]+")
_ENDS = frozenset('.!?:\n"“”‘(')


@dataclass(frozen=True)
class Detail:
    """A piece of a text, and what it seems to be: ``phone``, ``mail``, ``address`` or ``name``."""

    kind: str
    text: str


def private_details(text: str, known: Iterable[str] = (), region: str = "NL") -> list[Detail]:
    """What stands in a text that may point at a person, once each, in the order of kinds.

    ``known`` are names of places, areas and organisations, which point at nobody.
    """
    details = [
        Detail(MAIL if address.startswith("mailto:") else PHONE, piece)
        for piece, address in reachable(text, region)
        if address
    ]
    details += [Detail(ADDRESS, match[0].strip()) for match in _STREET.finditer(text)]
    details += [Detail(ADDRESS, match[0]) for match in _POSTCODE.finditer(text)]
    public = {word for name in known for word in normalise(name).split()}
    elsewhere = _POSTCODE.sub(_blank, _STREET.sub(_blank, text))
    details += [Detail(NAME, name) for name in _names(elsewhere, public)]
    return list(dict.fromkeys(details))


def _blank(match: re.Match[str]) -> str:
    """What stands in the place of an address, so that its street is no name."""
    return "0" * len(match[0])


def _names(text: str, public: set[str]) -> list[str]:
    """Words with a capital that no sentence, place or organisation explains."""
    names = []
    for title in _TITLE.finditer(text):
        match = _NAMED.match(text, title.end())
        if match and not set(normalise(match[1]).split()) <= public:
            names.append(match[1])
    for match in _CAPITAL.finditer(text):
        before = text[: match.start()].rstrip(" ")
        begins = not before or before[-1] in _ENDS
        word = _WORD.match(text, match.start())
        if begins or word is None or normalise(word[0]) in public or word[0].isupper():
            continue
        if not any(word[0] in name for name in names):
            names.append(word[0])
    return names
