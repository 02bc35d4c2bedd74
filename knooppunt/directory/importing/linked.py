"""Takes over the address behind a cell that is a link: the website of a name, the address of a
website that reads "klik".
"""

from __future__ import annotations

import re

from knooppunt.directory.importing.draft import Draft
from knooppunt.kit import web
from knooppunt.kit.cell_links import link_of

_SCHEMES = {"mailto": "email", "tel": "phone"}


def take_link(draft: Draft, column: str, cell: str, value: str) -> str:
    """The text of a cell, with what the address behind it says put in its field.

    Behind a name stands its website (or mail or phone); in a column of addresses the address goes
    before words such as "klik"; behind another cell it is kept apart for keepers.
    """
    link = link_of(cell)
    if not link:
        return value
    scheme, _colon, rest = link.partition(":")
    meant = _SCHEMES.get(scheme.lower(), "website")
    address = re.split(r"\?", rest)[0] if meant != "website" else link
    if column == meant:
        is_address = web.repair(value) if meant == "website" else any(map(str.isdigit, value))
        return value if is_address or (meant == "email" and "@" in value) else address
    if column == "name":
        before = draft.raw.get(meant, "")
        is_there = address.rstrip("/").casefold() in before.casefold()
        draft.raw[meant] = before if is_there else "; ".join(filter(None, (before, address)))
    elif address.casefold() not in value.casefold():
        draft.keep(f"{column}: link", address)
    return value
