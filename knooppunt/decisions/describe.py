"""Says in plain words how a proposal is decided, what one can choose, and how it ended."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from knooppunt.core.labels import Label
from knooppunt.decisions import counting
from knooppunt.decisions.models import Proposal

WORDS: dict[str, Label] = {
    "consent": gettext_lazy("Akkoord: ik kan ermee leven"),
    "objection": gettext_lazy("Bezwaar: zo kan het niet"),
    "for": gettext_lazy("Voor"),
    "against": gettext_lazy("Tegen"),
    "abstain": gettext_lazy("Onthouden"),
    "1": gettext_lazy("1: koud"),
    "2": gettext_lazy("2: fris"),
    "3": gettext_lazy("3: lauw"),
    "4": gettext_lazy("4: warm"),
    "5": gettext_lazy("5: heet"),
}


def names(proposal: Proposal) -> dict[str, str]:
    """What each word of a ballot is called."""
    return {
        **{key: str(word) for key, word in WORDS.items()},
        **{option.key: option.text for option in proposal.options.all()},
    }


def choices(proposal: Proposal) -> list[tuple[str, str]]:
    """What one can choose from, abstaining last."""
    named = names(proposal)
    keys = (
        [option.key for option in proposal.options.all()]
        if proposal.has_options
        else counting.FIXED[proposal.method]
    )
    return [(key, named[key]) for key in (*keys, counting.ABSTAIN)]


def rules(proposal: Proposal) -> list[str]:
    """How this proposal is decided, in sentences; they stand before the first vote."""
    told = [str(RULES[proposal.method])]
    if proposal.method == Proposal.Method.MAJORITY:
        told.append(
            _("Het gaat door als %(share)s van de stemmen voor en tegen voor is.")
            % {"share": proposal.get_share_display()}
        )
    if proposal.quorum:
        told.append(
            _(
                "Ten minste %(percent)s%% van de leden doet mee; anders geldt de uitslag niet. "
                "Onthouden telt als meedoen."
            )
            % {"percent": proposal.quorum}
        )
    told.append(
        _(
            "Elke organisatie heeft één stem. Haar vertegenwoordiger stemt, en kan dat "
            "wijzigen tot de stemming sluit."
        )
    )
    if proposal.is_secret:
        told.append(
            _(
                "Geheim: wie meedeed blijft te zien, wat iemand stemde niet. Na het sluiten is er "
                "geen verband meer tussen stem en organisatie."
            )
        )
        if proposal.method == "consent":
            told.append(
                _(
                    "Een bezwaar is pas na het sluiten te lezen, zonder wie het had. Daarna kan "
                    "er een nieuw voorstel komen."
                )
            )
    else:
        told.append(
            _(
                "Open: na het sluiten is te zien wat elke organisatie stemde. Tot die tijd ziet "
                "alleen die organisatie zelf haar stem."
            )
        )
    told.append(
        _("Iedereen kan de uitslag lezen.")
        if proposal.is_public
        else _("Alleen beheerders kunnen de uitslag lezen.")
    )
    return told


RULES = {
    "consent": gettext_lazy(
        "Consent: het gaat door, tenzij iemand een bezwaar met een reden heeft. Elk bezwaar wordt "
        "apart behandeld tot het is opgelost."
    ),
    "majority": gettext_lazy("Stemmen: voor, tegen of onthouden."),
    "approval": gettext_lazy(
        "Kiezen: kruis alles aan waar je achter staat. Wat de meeste kruisjes krijgt, wint."
    ),
    "ranked": gettext_lazy(
        "Kiezen op volgorde: wie bovenaan het minst staat valt af, en die stemmen gaan naar de "
        "volgende op elk briefje, tot er één meer dan de helft heeft."
    ),
    "temperature": gettext_lazy(
        "Temperatuur meten: hoe warm loop je hiervoor, van 1 tot 5? Dit beslist niets."
    ),
}


def outcome(proposal: Proposal) -> str:
    """How it ended, in one sentence."""
    result: dict[str, Any] = proposal.result
    if not result:
        return ""
    named = names(proposal)
    winners = ", ".join(named.get(key, key) for key in result["winners"])
    if result["outcome"] == counting.INVALID:
        if result["is_quorate"]:
            return _("Er is geen uitslag: niemand maakte een keuze.")
        return (
            _(
                "De uitslag geldt niet: %(cast)s van de %(voters)s deden mee, en er waren er "
                "%(needed)s nodig."
            )
            % result
        )
    if result["outcome"] == counting.TIED:
        return (
            _("Gelijk: %(winners)s.") % {"winners": winners}
            if winners
            else _("Gelijk: evenveel voor als tegen. Het voorstel gaat niet door.")
        )
    if result["outcome"] == counting.CHOSEN:
        return _("Gekozen: %(winners)s.") % {"winners": winners}
    if result["outcome"] == counting.MEASURED:
        return _("Gemiddeld %(average)s; de middelste is %(median)s.") % {
            "average": decimal(result["average"]),
            "median": decimal(result["median"]),
        }
    return _adopted(result)


def _adopted(result: dict[str, Any]) -> str:
    numbers = dict(result["counts"])
    if "consent" in numbers:
        left = numbers["objection"] - result["settled"]
        if left:
            return ngettext(
                "Niet aangenomen: er staat nog een bezwaar.",
                "Niet aangenomen: er staan nog %(left)s bezwaren.",
                left,
            ) % {"left": left}
        if result["settled"]:
            return ngettext(
                "Aangenomen. Er was een bezwaar, en dat is opgelost.",
                "Aangenomen. Er waren %(number)s bezwaren, en die zijn opgelost.",
                result["settled"],
            ) % {"number": result["settled"]}
        return _("Aangenomen: niemand had bezwaar.")
    verdict = _("Aangenomen") if result["outcome"] == counting.ADOPTED else _("Verworpen")
    return _("%(verdict)s: %(yes)s voor, %(no)s tegen.") % {
        "verdict": verdict,
        "yes": numbers["for"],
        "no": numbers["against"],
    }


def decimal(exact: str) -> str:
    """A fraction as people read it, with at most one digit behind the comma."""
    value = Fraction(exact)
    tenths = round(value * 10)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10}"


def chosen(proposal: Proposal, choice: list[str] | None) -> str:
    """A ballot in words."""
    named = names(proposal)
    return (
        " > ".join(named.get(key, key) for key in choice)
        if proposal.method == "ranked" and choice
        else ", ".join(named.get(key, key) for key in choice or [])
    )
