"""Who is written to about an organisation: who speaks for it, else its own mail address.

Example people get no mail.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from knooppunt.core.database.valid_time import valid_on
from knooppunt.directory.models import ContactPoint, Organisation, Representation


def by_address(
    organisations: Mapping[int, Organisation], day: date
) -> dict[str, list[Organisation]]:
    """The organisations (by number) under each mail address that is written to about them."""
    found: dict[str, list[Organisation]] = defaultdict(list)
    speaking = Representation.objects.filter(
        valid_on(day), Q(user__is_active=True, user__is_example=False)
    )
    reached: set[int] = set()
    for number, address in speaking.order_by("pk").values_list("organisation", "user__email"):
        if number in organisations:
            found[address.lower()].append(organisations[number])
            reached.add(number)
    own = ContactPoint.objects.filter(type="email", organisation__isnull=False).order_by("pk")
    for number, address in own.values_list("organisation", "value"):
        if number in organisations and number not in reached:
            found[address.lower()].append(organisations[number])
            reached.add(number)
    return found
