"""Shows sentences of a report with their numbers as links, and what changed."""

from __future__ import annotations

import base64
from typing import Any

from django import template
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from knooppunt.report import wording
from knooppunt.report.book import Book, day_of
from knooppunt.report.outputs.pictures import series_name

register = template.Library()


@register.simple_tag
def said(book: Book, text: str) -> SafeString:
    """A sentence; each number leads to what it means and its list."""
    pieces = [
        format_html('<a class="counted" href="{}">{}</a>', book.link(run.mark), run.words)
        if run.mark
        else format_html("{}", run.words)
        for run in book.runs(text)
    ]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.filter
def link_of(book: Book, mark: str) -> str:
    """Where a number is explained."""
    return book.link(mark)


@register.filter
def of(known: dict[Any, Any], key: Any) -> Any:
    """What is known under a key."""
    return known.get(key, "")


@register.simple_tag
def number_of(book: Book, mark: str) -> SafeString:
    """One number with its link; a question mark for what is not known."""
    return said(book, f"{{{mark}}}") if mark else SafeString("?")


@register.simple_tag
def change(book: Book, figure: dict[str, str]) -> SafeString:
    """What changed since the day before the period; each number leads to its list."""
    return said(book, wording.change_of(book, figure))


@register.simple_tag
def told_of(book: Book, mark: str) -> dict[str, Any]:
    """What is told about a number: title, unit, day and more."""
    return book.numbers[mark]


@register.simple_tag
def drawing(book: Book, one: dict[str, Any]) -> str:
    """The address of a picture; a draft carries its own, because it is not kept anywhere."""
    if book.edition is None:
        return "data:image/svg+xml;base64," + base64.b64encode(one["svg"].encode()).decode()
    name = series_name(one["key"]) if "marks" in one else one["key"]
    return reverse("report:picture", args=[book.edition.report.slug, book.edition.number, name])


@register.simple_tag
def day_in(text: str) -> str:
    """A day of the content in words."""
    return date_format(day_of(text), "j F Y")


@register.simple_tag
def stories_of(book: Book, chapter: dict[str, Any]) -> list[Any]:
    """The stories of a chapter that may still be told."""
    return book.told(chapter)


@register.simple_tag
def gone_from(book: Book) -> str:
    """That stories were taken back, if they were."""
    return wording.withdrawn_note(book)


@register.simple_tag
def mended_in(book: Book) -> list[str]:
    """Why there is a next edition."""
    return wording.editor_note(book)
