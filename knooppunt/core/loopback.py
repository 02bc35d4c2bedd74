"""Decides whether a visitor sits at the very machine that tries the site out; example log-ins open for her alone."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_VIA",
)


def is_local_tryout(request: HttpRequest) -> bool:
    """True when no public address is set, and both the visitor and the address she typed are this machine itself."""
    if not settings.IS_TRYOUT or any(header in request.META for header in FORWARDED):
        return False
    host = (
        request.get_host().rsplit(":", 1)[0]
        if not request.get_host().endswith("]")
        else request.get_host()
    )
    try:
        visitor = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return visitor.is_loopback and host in settings.LOOPBACK
