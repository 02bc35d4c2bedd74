"""What the voice tells in a report: what was asked and how far it is, what was promised and
kept, what was cut and restored.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from knooppunt.core.registry.chapters import Chapter, Picture
from knooppunt.core.reporting.charts import comparison_chart
from knooppunt.core.reporting.facts import Facts

ASKED = (
    (gettext_lazy("Ingebracht"), "points_asked"),
    (gettext_lazy("Toegezegd of in een akkoord"), "points_agreed"),
    (gettext_lazy("Deels uitgevoerd"), "points_partly"),
    (gettext_lazy("Uitgevoerd"), "points_done"),
)
PROMISED = (
    (gettext_lazy("Toegezegd"), "commitments"),
    (gettext_lazy("Gehaald"), "commitments_kept"),
    (gettext_lazy("Deels gehaald"), "commitments_partly"),
    (gettext_lazy("Niet gehaald"), "commitments_broken"),
    (gettext_lazy("Over de afgesproken dag"), "commitments_late"),
)


def sentences(facts: Facts) -> list[str]:
    """What was asked, how far it is, and who stands behind it."""
    asked = facts.number("points_asked")
    if not facts.number("points") and not facts.number("signals"):
        return []
    told = []
    if facts.number("signals"):
        told.append(
            ngettext(
                "Bewoners en initiatieven lieten tot nu toe %(number)s keer weten wat er speelt.",
                "Bewoners en initiatieven lieten tot nu toe %(number)s keer weten wat er speelt.",
                facts.number("signals"),
            )
            % {"number": facts.say("signals")}
        )
    if asked:
        told.append(
            ngettext(
                "We brachten %(asked)s punt in bij een raad, het college of een instelling.",
                "We brachten %(asked)s punten in bij een raad, het college of een instelling.",
                asked,
            )
            % {"asked": facts.say("points_asked")}
        )
        told += _progress(facts)
    if facts.number("cosigners"):
        told.append(
            ngettext(
                "Onder de punten staat de handtekening van %(number)s organisatie.",
                "Onder de punten staan de handtekeningen van %(number)s organisaties.",
                facts.number("cosigners"),
            )
            % {"number": facts.say("cosigners")}
        )
    if facts.number("support_paper"):
        told.append(
            _("Op papier tekenden bewoners %(number)s keer.")
            % {"number": facts.say("support_paper")}
        )
    return told


def _progress(facts: Facts) -> list[str]:
    """What became of what was asked."""
    told = []
    if facts.number("points_agreed"):
        number = facts.number("points_agreed")
        text = ngettext(
            "Daarvan is er %(number)s toegezegd of in een akkoord gekomen.",
            "Daarvan zijn er %(number)s toegezegd of in een akkoord gekomen.",
            number,
        )
        told.append(text % {"number": facts.say("points_agreed")})
    if facts.has("points_done", "points_partly"):
        told.append(
            _("Stand aan het eind: uitgevoerd %(done)s, deels uitgevoerd %(partly)s.")
            % {"done": facts.say("points_done"), "partly": facts.say("points_partly")}
        )
    return told


def promise_sentences(facts: Facts) -> list[str]:
    """What was promised, and what came of it."""
    made = facts.number("commitments")
    if not made:
        return []
    told = [
        ngettext("Ons is %(made)s ding toegezegd.", "Ons zijn %(made)s dingen toegezegd.", made)
        % {"made": facts.say("commitments")}
    ]
    told.append(
        _(
            "Stand aan het eind: gehaald %(kept)s, deels gehaald %(partly)s, niet gehaald "
            "%(broken)s."
        )
        % {
            "kept": facts.say("commitments_kept"),
            "partly": facts.say("commitments_partly"),
            "broken": facts.say("commitments_broken"),
        }
    )
    late = facts.number("commitments_late")
    if late:
        text = ngettext(
            "Van %(late)s is de afgesproken dag voorbij zonder dat we weten of het is gehaald.",
            "Van %(late)s is de afgesproken dag voorbij zonder dat we weten of ze zijn gehaald.",
            late,
        )
        told.append(text % {"late": facts.say("commitments_late")})
    return told


def cut_sentences(facts: Facts) -> list[str]:
    """What was to be cut, and what was restored."""
    if not facts.number("cut_proposed"):
        return []
    told = [
        _(
            "Er is tot nu toe voorgesteld om %(proposed)s te schrappen, voor zover het bedrag "
            "bekend is."
        )
        % {"proposed": facts.say("cut_proposed")}
    ]
    if facts.number("cut_restored"):
        told.append(
            _("Daarvan is %(restored)s teruggedraaid.") % {"restored": facts.say("cut_restored")}
        )
    else:
        told.append(_("Daarvan is nog niets met een bedrag teruggedraaid."))
    return told


def points_picture(facts: Facts) -> list[Picture]:
    """How far the points were, then and now."""
    told = _("Hoeveel punten er voor en na deze tijd waren ingebracht, toegezegd en uitgevoerd.")
    return comparison_chart(
        facts, "points", _("Van vraag tot uitvoering"), told, ASKED, gettext_lazy("Hoe ver")
    )


def promises_picture(facts: Facts) -> list[Picture]:
    """How the promises stood, then and now."""
    told = _("Hoeveel toezeggingen er voor en na deze tijd waren gedaan, gehaald en niet gehaald.")
    return comparison_chart(
        facts, "promises", _("Hoe het ervoor staat"), told, PROMISED, gettext_lazy("Toezegging")
    )


def cuts_picture(facts: Facts) -> list[Picture]:
    """Proposed and restored, then and now."""
    rows = (
        (gettext_lazy("Voorgesteld te schrappen"), "cut_proposed"),
        (gettext_lazy("Teruggedraaid"), "cut_restored"),
    )
    told = _(
        "Hoeveel euro er voor en na deze tijd was voorgesteld te schrappen, en hoeveel daarvan "
        "was teruggedraaid."
    )
    return comparison_chart(
        facts, "cuts", _("Voorgesteld en teruggedraaid"), told, rows, gettext_lazy("Bedrag")
    )


CHAPTERS = (
    Chapter(
        "voice",
        gettext_lazy("Wat we vroegen"),
        gettext_lazy("Punten van de wijk, en hoe ver ze zijn."),
        ("points_asked", "points_agreed", "points_done", "cosigners"),
        sentences,
        points_picture,
        order=60,
    ),
    Chapter(
        "promises",
        gettext_lazy("Beloofd en gehaald"),
        gettext_lazy("Wat ons is toegezegd, en wat ervan kwam."),
        ("commitments", "commitments_kept", "commitments_late"),
        promise_sentences,
        promises_picture,
        order=70,
    ),
    Chapter(
        "cuts",
        gettext_lazy("Bezuinigingen"),
        gettext_lazy("Wat er dreigde, en wat is teruggedraaid."),
        ("cut_proposed", "cut_restored"),
        cut_sentences,
        cuts_picture,
        order=80,
    ),
)
