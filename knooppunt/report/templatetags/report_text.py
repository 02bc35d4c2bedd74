"""Shows sentences of a report with their numbers as links, its elements, and what changed."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from django import template
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from knooppunt.core.registry.chapters import Element, Picture
from knooppunt.report import describe
from knooppunt.report.document import NumberFacts, Series
from knooppunt.report.elements import FigureMarks, Stories
from knooppunt.report.models import Story
from knooppunt.report.outputs.pictures import series_name
from knooppunt.report.readable import ReadableReport

register = template.Library()
Key = TypeVar("Key")
Value = TypeVar("Value")


@register.simple_tag
def said(readable: ReadableReport, text: str) -> SafeString:
    """A sentence; each number leads to what it means and its list."""
    pieces = [
        format_html('<a class="counted" href="{}">{}</a>', readable.link(run.mark), run.words)
        if run.mark
        else format_html("{}", run.words)
        for run in readable.runs(text)
    ]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.filter
def link_of(readable: ReadableReport, mark: str) -> str:
    """Where a number is explained."""
    return readable.link(mark)


@register.filter
def of(known: Mapping[Key, Value], key: Key) -> Value | str:
    """What is known under a key; nothing for what is not."""
    return known.get(key, "")


@register.filter
def template_of(element: Element) -> str:
    """The template of an element."""
    return f"report/elements/{element.kind}.html"


@register.simple_tag
def number_of(readable: ReadableReport, mark: str) -> SafeString:
    """One number with its link; a question mark for what is not known."""
    return said(readable, f"{{{mark}}}") if mark else SafeString("?")


@register.simple_tag
def change(readable: ReadableReport, figure: FigureMarks) -> SafeString:
    """What changed since the day before the period; each number leads to its list."""
    return said(readable, describe.change_of(readable, figure))


@register.simple_tag
def told_of(readable: ReadableReport, mark: str) -> NumberFacts:
    """What is told about a number: title, unit, day and more."""
    return readable.numbers[mark]


@register.simple_tag
def drawing(readable: ReadableReport, picture: Picture | Series) -> str:
    """The address of a picture; a draft carries its own, because it is not kept anywhere."""
    edition = readable.edition
    if edition is None:
        return "data:image/svg+xml;base64," + base64.b64encode(picture.svg.encode()).decode()
    name = series_name(picture.key) if isinstance(picture, Series) else picture.key
    return reverse("report:picture", args=[edition.report.slug, edition.number, name])


@register.simple_tag
def day_in(text: str) -> str:
    """A day of the document in words."""
    return date_format(date.fromisoformat(text), "j F Y")


@register.simple_tag
def stories_of(readable: ReadableReport, element: Stories) -> list[Story]:
    """The stories of an element that may still be told."""
    return [readable.stories[row.id] for row in element.stories if row.id in readable.stories]


@register.simple_tag
def gone_from(readable: ReadableReport) -> str:
    """That stories were taken back, if they were."""
    return describe.withdrawn_note(readable)


@register.simple_tag
def mended_in(readable: ReadableReport) -> list[str]:
    """Why there is a next edition."""
    return describe.editor_note(readable)
