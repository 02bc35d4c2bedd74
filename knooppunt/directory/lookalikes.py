"""Which records of the register may be the same as what somebody is typing: by name, site,
address, number or mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knooppunt.directory import rules
from knooppunt.directory.importing.matching import address_key, website_key
from knooppunt.directory.models import Organisation, Place
from knooppunt.kit.text import normalise, similarity

MOST_SHOWN, MOST_READ, SHORTEST = 6, 400, 3
ALIKE = 80.0
SAME_NAME, LIKE_NAME = _("heeft deze naam"), _("lijkt op deze naam")
SAME_SITE, SAME_ADDRESS = _("heeft deze website"), _("staat op dit adres")
SAME_CONTACT = _("heeft dit nummer of mailadres")
# Words that say what sort of body it is, and so tell no two of them apart.
FORMS = {"stichting", "vereniging", "st", "ver", "de", "het", "een", "the"}


@dataclass(frozen=True)
class Typed:
    """What was typed about a new record, each part empty when it was not."""

    name: str = ""
    website: str = ""
    street: str = ""
    postcode: str = ""
    contact: str = ""


@dataclass(frozen=True)
class LookAlike:
    """A record that may be the same, and why."""

    record: Any
    reason: str | Promise


def bare_name(key: str) -> str:
    """A normalised name without the words that tell nothing apart, and without spaces."""
    words = [word for word in key.split() if word not in FORMS]
    return "".join(words or key.split())


def find_lookalikes(user: Any, model: type[Organisation] | type[Place], typed: Typed) -> list[Any]:
    """At most six records of this model that the user may see, the surest first, each with the
    reason.
    """
    rows = _visible(user, model)
    reasons: dict[int, LookAlike] = {}
    for record, reason in (
        *_by_name(rows, typed),
        *_by_site(rows, typed),
        *_by_address(rows, typed),
        *_by_contact(rows, typed),
    ):
        if record.pk not in reasons or reasons[record.pk].reason == LIKE_NAME:
            reasons[record.pk] = LookAlike(record, reason)
    found = sorted(reasons.values(), key=lambda alike: alike.reason == LIKE_NAME)
    return found[:MOST_SHOWN]


def _visible(user: Any, model: Any) -> Any:
    """What this person may see: what is public, and what she may change."""
    keep: Any = rules.changeable_places if model is Place else rules.changeable_organisations
    public = Q(state="public")
    if user.is_authenticated:
        public |= Q(pk__in=keep(user).exclude(state="merged").values("pk"))
    return model.objects.filter(public).prefetch_related("areas")


def _by_name(rows: Any, typed: Typed) -> list[tuple[Any, Any]]:
    key = normalise(typed.name)[:200]
    if len(key.replace(" ", "")) < SHORTEST:
        return []
    words = [word for word in key.split() if word not in FORMS] or key.split()
    near = Q(name_key=key)
    for word in words[:6]:
        near |= Q(name_key__contains=word[:4])
    same, like = [], []
    for record in rows.filter(near)[:MOST_READ]:
        if bare_name(record.name_key) == bare_name(key):
            same.append((record, SAME_NAME))
        elif record.name_key.startswith(key) or similarity(record.name_key, key) >= ALIKE:
            like.append((record, LIKE_NAME))
    return same + like


def _by_site(rows: Any, typed: Typed) -> list[tuple[Any, Any]]:
    key = website_key(typed.website)
    if not key:
        return []
    host = key.split("/")[0]
    near = rows.filter(website__icontains=host)[:MOST_READ]
    return [(record, SAME_SITE) for record in near if website_key(record.website) == key]


def _by_address(rows: Any, typed: Typed) -> list[tuple[Any, Any]]:
    street, postcode = _squeezed(typed.street), _squeezed(typed.postcode)
    if not any(sign.isdigit() for sign in street):  # a street without a number is no address
        return []
    if rows.model is Organisation:
        near = rows.filter(place_roles__place__street__istartswith=typed.street.strip()[:3])
        spots = [
            (record, role.place)
            for record in near.distinct()[:MOST_READ]
            for role in record.place_roles.select_related("place")
        ]
    else:
        near = rows.filter(street__istartswith=typed.street.strip()[:3])[:MOST_READ]
        spots = [(place, place) for place in near]
    return [
        (record, SAME_ADDRESS)
        for record, place in spots
        if _squeezed(place.street) == street
        and (not postcode or not place.postcode or _squeezed(place.postcode) == postcode)
    ]


def _squeezed(text: str) -> str:
    """An address part without spaces and signs, in small letters."""
    return address_key(text, "").replace(" ", "")


def _by_contact(rows: Any, typed: Typed) -> list[tuple[Any, Any]]:
    if not typed.contact:
        return []
    near = rows.filter(
        contact_points__value__iexact=typed.contact, contact_points__visibility="public"
    )
    return [(record, SAME_CONTACT) for record in near.distinct()[:MOST_SHOWN]]
