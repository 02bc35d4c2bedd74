"""The words of the house with those that coordinators added; and how a coordinator adds one."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.find import process_cache
from knooppunt.find.models import OwnWord
from knooppunt.kit.language import concepts
from knooppunt.kit.language.concepts import LONGEST_PHRASE, Vocabulary, lightened
from knooppunt.kit.language.stems import STOP

_made: dict[tuple[tuple[str, str], ...], Vocabulary] = {}


def vocabulary(version: int | None = None) -> Vocabulary:
    """The vocabulary at a version of the index, else as it is now; made anew only when the
    coalition's own words changed.
    """
    now = process_cache.version() if version is None else version
    own = process_cache.hold(
        "own words",
        now,
        lambda: tuple(OwnWord.objects.order_by("pk").values_list("concept", "word")),
    )
    if own not in _made:
        _made.clear()
        _made[own] = Vocabulary(concepts.base(), own) if own else concepts.plain()
    return _made[own]


def name_of(slug: str) -> str:
    """The name of a concept in the reader's language."""
    return next(
        (one.name(get_language() or "nl") for one in concepts.base() if one.slug == slug), slug
    )


def choices() -> list[tuple[str, str]]:
    """Every concept with its name in the reader's language, in the order of those names."""
    return sorted(
        ((one.slug, one.name(get_language() or "nl")) for one in concepts.base()),
        key=lambda pair: pair[1],
    )


def add_word(actor: Actor, word: str, concept: str) -> OwnWord:
    """Teach the search a word; what is in the index is looked at again soon.

    Raises ValidationError.
    """
    parts = lightened(word)
    if not parts or len(parts) > LONGEST_PHRASE:
        raise ValidationError(_("Schrijf een woord, of hooguit zes woorden."))
    if all(part in STOP for part in parts):
        raise ValidationError(_("Dit woord zegt te weinig: het zou overal bij passen."))
    word = word.lower()
    with transaction.atomic():
        one, is_new = OwnWord.objects.get_or_create(
            word=word[:60], concept=concept, defaults={"added_by": actor.account}
        )
        if not is_new:
            raise ValidationError(_("Dit woord kennen we al zo."))
        trail.record(actor, "add", one, {"concept": ("", concept)})
        process_cache.next_version()
    return one


def remove_word(actor: Actor, one: OwnWord) -> None:
    """Let the search forget a word."""
    with transaction.atomic():
        trail.record(actor, "remove", one, {"concept": (one.concept, "")})
        one.delete()
        process_cache.next_version()
