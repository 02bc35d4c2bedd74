"""What templates need everywhere: icons, days, the same page in another language, and links
that keep the filters.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.core.registry import modules
from knooppunt.core.registry.figures import Figure, shown
from knooppunt.core.templatetags.icons import PATHS
from knooppunt.kit.web import dialled
from knooppunt.kit.web import reachable as pieces_of

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small drawing beside a word; screen readers skip it."""
    shape = PATHS.get(name, PATHS["house"])
    drawing = mark_safe(shape)  # noqa: S308 - our own drawings
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        drawing,
    )


@register.simple_tag
def example_badge(record: Any) -> SafeString:
    """A badge beside the name of what the example invented, a record or a line of a list; nothing
    beside anything else.
    """
    is_line = isinstance(record, dict)
    if not (record.get("is_example") if is_line else getattr(record, "is_example", False)):
        return SafeString()
    return format_html(' <span class="badge">{}</span>', _("voorbeeld"))


@register.simple_tag
def icon_shape(name: str) -> SafeString:
    """The shape of an icon alone, 24 by 24, to stand inside another drawing."""
    return mark_safe(PATHS.get(name, PATHS["house"]))  # noqa: S308 - our own drawings


@register.filter
def digits(value: int | None) -> str:
    """A number as an address or a form needs it: 2384, where a text says 2.384; empty for none."""
    return "" if value is None else str(value)


@register.filter
def day(value: date | None) -> str:
    """A day in words: 3 november 2026."""
    return date_format(value, "j F Y") if value else _("onbekend")


@register.filter
def short_day(value: date | datetime) -> str:
    """A day in little room: ma 23 nov; Dutch writes its months without a capital."""
    local = (
        timezone.localtime(value)
        if isinstance(value, datetime) and timezone.is_aware(value)
        else value
    )
    return date_format(local, "D j b" if get_language() == "nl" else "D j M")


@register.filter
def phone(value: str) -> str:
    """A phone number as people read it."""
    return dialled(value)


@register.filter
def reachable(value: str) -> SafeString:
    """A text in which a phone number can be dialled and a mail address written to; line ends
    stay.
    """
    pieces = pieces_of(str(value), settings.COALITION.country)
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html('<a href="{}">{}</a>', address, words)
                if address
                else linebreaksbr(words, True),
            )
            for words, address in pieces
        ),
    )


@register.simple_tag(takes_context=True)
def in_language(context: dict[str, Any], code: str) -> str:
    """The address of this same page in another language."""
    request: HttpRequest = context["request"]
    return translate_url(request.get_full_path(), code)


@register.simple_tag(takes_context=True)
def with_filter(context: dict[str, Any], name: str, value: str) -> str:
    """The address of this list with one filter set, or taken off when the value is empty; back
    on the first page.
    """
    request = context["request"]
    kept = [
        (key, one)
        for key, values in request.GET.lists()
        if key not in ("pagina", name)
        for one in values
    ]
    if value:
        kept.append((name, value))
    return f"?{urlencode(kept)}" if kept else str(request.path)


@register.simple_tag(takes_context=True)
def page_link(context: dict[str, Any], number: int) -> str:
    """The address of another page of this list."""
    query = context["request"].GET.copy()
    query["pagina"] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def panels(context: dict[str, Any], spot: str, record: Any = None) -> SafeString:
    """What the modules that are on add to this spot of a page."""
    request = context["request"]
    drawn = []
    for panel in modules.gathered("panels"):
        extra = panel.context(request, record) if panel.spot == spot else None
        if extra is not None:
            drawn.append(render_to_string(panel.template, {**extra, "record": record}, request))
    return mark_safe("".join(drawn))  # noqa: S308 - drawn by our own templates, which escape


@register.simple_tag
def untranslated() -> SafeString:
    """What stands in the tag around words that people typed: the language of the site, where the
    page is in another, so that a screen reader speaks them well.
    """
    own = settings.LANGUAGE_CODE
    return SafeString("") if get_language() == own else format_html(' lang="{}"', own)


@register.filter
def typed(value: str) -> str:
    """Words that people typed, in the middle of a sentence of ours; see `untranslated`."""
    return format_html("<span{}>{}</span>", untranslated(), value) if untranslated() else value


@register.filter
def words(texts: dict[str, str]) -> str:
    """The text in the reader's language, else the Dutch one."""
    return texts.get(get_language() or "nl") or texts.get("nl", "")


@register.filter
def euro(value: int | None) -> str:
    """Whole euros as people read them: € 500.000."""
    return "" if value is None else shown(value, "euro")


@register.filter
def counted_as(value: int | None, figure: Figure) -> str:
    """A figure's number as people read it."""
    return shown(value, figure.form)


@register.simple_tag
def today() -> date:
    """The day on which this page was made."""
    return timezone.localdate()


@register.filter
def host_of(url: str) -> str:
    """The part of a web address that people recognise."""
    return url.split("://")[-1].split("/")[0].removeprefix("www.")
