"""What every page needs to know about the site itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from knooppunt.core import menu
from knooppunt.core.models import SiteFact
from knooppunt.core.registry import modules
from knooppunt.core.web import page_cache, tryout


def is_example() -> bool:
    """True while the site shows the example neighbourhood."""
    return page_cache.remember("is_example", SiteFact.objects.filter(key="example").exists)


def site_address() -> str:
    """The address at which people find this site, for mail; the one it was last served at while
    trying out.
    """
    fact = SiteFact.objects.filter(key="address").first()
    return settings.PUBLIC_URL or (str(fact.value) if fact else "http://127.0.0.1:8000")


def site(request: HttpRequest) -> dict[str, Any]:
    """The coalition, the menu, and whether this is the example."""
    return {
        "coalition": settings.COALITION,
        "doors_of_phone": menu.bar(),
        "doors_of_desk": menu.row(),
        "is_example": SimpleLazyObject(is_example),
        "is_tryout": tryout.is_open(request),
        "site_languages": settings.LANGUAGES,
        "search_page": next(
            (module.search for module in modules.active() if module.search), "directory:initiatives"
        ),
        "today_day": timezone.localdate(),
    }
