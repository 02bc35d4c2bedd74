"""What every answer of the site carries: a strict content policy, 304 for what did not change,
404 for what is off.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponseRedirect,
)
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from knooppunt.core.audit import trail
from knooppunt.core.registry import modules
from knooppunt.core.release import RELEASE
from knooppunt.core.web import page_cache, tryout

Next = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
        "worker-src 'self'",
    )
)


def behind_proxy(get_response: Next) -> Next:
    """Behind proxies of our own the visitor's address is the one that the outermost of them
    noted.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        noted = [
            part.strip()
            for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
            if part.strip()
        ]
        if settings.PROXIES and len(noted) >= settings.PROXIES:
            request.META["REMOTE_ADDR"] = noted[-settings.PROXIES]
        return get_response(request)

    return answer


def without_nul(get_response: Next) -> Next:
    """Leave the NUL sign out of what is asked, for no text has one and PostgreSQL refuses it;
    no page has one in its path.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        return get_response(request)

    def process_view(request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        if "\x00" in request.path_info:
            raise Http404

    answer.process_view = process_view  # type: ignore[attr-defined]
    return answer


def headers(get_response: Next) -> Next:
    """Add the content policy and what keeps a browser from guessing or listening."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(self), interest-cohort=()"
        )
        return response

    return answer


def first_language(get_response: Next) -> Next:
    """Lead who comes to the front door for the first time to the language of her browser.

    Whoever comes from a page of this site chose its language, and stays there; no cookie is needed.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if (
            request.method not in ("GET", "HEAD")
            or request.path != "/"
            or _comes_from_here(request)
        ):
            return get_response(request)
        code = _preferred(request.headers.get("Accept-Language", ""))
        if code == settings.LANGUAGE_CODE:
            response = get_response(request)
        else:
            query = request.META.get("QUERY_STRING", "")
            response = HttpResponseRedirect(f"/{code}/" + (f"?{query}" if query else ""))
            patch_cache_control(response, private=True, no_store=True)
        patch_vary_headers(response, ["Accept-Language", "Referer"])
        return response

    return answer


def _comes_from_here(request: HttpRequest) -> bool:
    return urlsplit(request.headers.get("Referer", "")).netloc == request.get_host()


def _preferred(accepted: str) -> str:
    """The language of this site that a browser likes best; the site's own when it likes none."""
    known = {code for code, _name in settings.LANGUAGES}
    for wanted, _weight in parse_accept_lang_header(accepted.lower()):
        code = wanted.split("-")[0]
        if code in known:
            return code
    return str(settings.LANGUAGE_CODE)


def not_modified(get_response: Next) -> Next:
    """Answer a stranger with 304, or with the page as it was drawn a moment ago, when nothing was
    changed since.

    One small query tells whether anything was. Pages show whether a door is open now, so the minute
    is part of the tag.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        is_stranger = settings.SESSION_COOKIE_NAME not in request.COOKIES
        stamp = trail.recent_generation() if is_stranger else trail.current_generation()
        page_cache.begin(stamp)
        if not is_stranger:
            response = get_response(request)
            patch_cache_control(response, private=True, no_store=True)
            return response
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        tag = _tag(request, stamp)
        if request.headers.get("If-None-Match", "") == tag:
            return _stamped(HttpResponseNotModified(), tag)
        kept = page_cache.PAGES.get(tag)
        if kept:
            return HttpResponse(kept[0], headers=kept[1])
        with page_cache.PAGES.drawing.making(tag):
            kept = page_cache.PAGES.get(tag)
            if kept:
                return HttpResponse(kept[0], headers=kept[1])
            return _kept(request, get_response(request), tag)

    return answer


def _kept(request: HttpRequest, response: HttpResponse, tag: str) -> HttpResponse:
    """Stamp and keep a page that is the same for every stranger; what somebody in danger asked
    is kept nowhere.
    """
    if getattr(request, "is_about_danger", False):
        patch_cache_control(response, private=True, no_store=True)
        return response
    if (
        response.status_code != 200
        or response.cookies
        or response.has_header("Cache-Control")
        or response.streaming
    ):
        return response
    _stamped(response, tag)
    if request.method == "GET":
        page_cache.PAGES.put(tag, response.content, dict(response.headers))
    return response


def _tag(request: HttpRequest, stamp: int) -> str:
    now = timezone.localtime()
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    here = tryout.is_open(request)
    parts = (
        RELEASE,
        stamp,
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        packed,
        here,
        # A calendar is the same all day; a page shows whether a door is open now.
        now.strftime("%Y%m%d" if request.path_info.endswith(".ics") else "%Y%m%d%H%M"),
    )
    return '"' + hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest() + '"'


def _stamped(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"] = tag
    patch_cache_control(response, no_cache=True, private=True)
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return response


def switched_off(get_response: Next) -> Next:
    """Answer 404 for every address of a module that the coalition switched off."""

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return
        if match.app_names and not modules.is_on(match.app_names[0]):
            raise Http404

    answer.process_view = process_view  # type: ignore[attr-defined]
    return answer
