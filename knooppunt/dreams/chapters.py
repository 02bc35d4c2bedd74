"""What dreams tell in a report: what people dreamt of, and whether they got an answer."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from knooppunt.core.registry.chapters import Chapter, Picture
from knooppunt.core.reporting.charts import comparison_chart
from knooppunt.core.reporting.facts import Facts

NUMBERS = (
    (gettext_lazy("Dromen gezegd"), "dreams"),
    (gettext_lazy("Buren die meedromen"), "dream_people"),
    (gettext_lazy("Keer hulp"), "dream_helps"),
    (gettext_lazy("Wachten te lang"), "dreams_late"),
)


def sentences(facts: Facts) -> list[str]:
    """How many dreams there are, how they were answered, and who helps."""
    number = facts.number("dreams")
    if not number:
        return []
    lines = [
        ngettext(
            "Buren vertelden tot nu toe %(number)s droom voor de buurt.",
            "Buren vertelden tot nu toe %(number)s dromen voor de buurt.",
            number,
        )
        % {"number": facts.say("dreams")}
    ]
    if facts.has("dreams_answered"):
        lines.append(
            _("Op tijd antwoord kreeg %(share)s daarvan.") % {"share": facts.say("dreams_answered")}
        )
    if facts.number("dream_helps"):
        lines.append(
            _("Er is %(number)s keer hulp toegezegd.") % {"number": facts.say("dream_helps")}
        )
    if facts.number("dream_organisations"):
        organisations = facts.number("dream_organisations")
        text = ngettext(
            "%(number)s organisatie droomt mee.",
            "%(number)s organisaties dromen mee.",
            organisations,
        )
        lines.append(text % {"number": facts.say("dream_organisations")})
    return lines


def picture(facts: Facts) -> list[Picture]:
    """Dreams, people and help before and after, as bars."""
    words = _("Hoeveel dromen, meedromers en keer hulp er waren aan het begin en aan het eind.")
    return comparison_chart(
        facts, "dreams", _("Waar de buurt van droomt"), words, NUMBERS, gettext_lazy("Dromen")
    )


CHAPTERS = (
    Chapter(
        "dreams",
        gettext_lazy("Waar de buurt van droomt"),
        gettext_lazy("Dromen, wie meehelpt, en of er antwoord kwam."),
        ("dreams", "dreams_answered", "dream_people", "dream_helps"),
        sentences,
        picture,
        order=55,
    ),
)
