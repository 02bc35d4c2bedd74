"""The code on a sheet of paper that leads to a page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from knooppunt.kit.qr import qr_svg


def code_data(address: str, lead: str) -> dict[str, Any]:
    """What a drawing needs of a code, with ``lead`` above it: the same address in words, without
    what nobody types.
    """
    return {
        "svg": qr_svg(address),
        "alt": _("QR-code die leidt naar %(address)s") % {"address": address},
        "lead": lead,
        "address": address,
        "words": address.split("://", 1)[-1],
    }
