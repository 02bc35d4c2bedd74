"""Shows the drawing of a dream."""

from __future__ import annotations

from django import template

from knooppunt.dreams.models import Dream
from knooppunt.dreams.pictures import scene_of

register = template.Library()


@register.filter
def scene_name(dream: Dream) -> str:
    """The name of the drawing that stands for a dream without a photo."""
    return scene_of(dream.text)
