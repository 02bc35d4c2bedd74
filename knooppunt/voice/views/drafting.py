"""The pages on which a text is written together: another text proposed, old and new side by
side, taken over or not.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import Question, form_view
from knooppunt.core.web.guards import editor_required
from knooppunt.kit.text_diff import Piece, compare
from knooppunt.voice import rules
from knooppunt.voice.actions import agreements as actions
from knooppunt.voice.forms.promises import AmendmentAnswerForm, AmendmentForm
from knooppunt.voice.models import Agreement, Amendment, Clause
from knooppunt.voice.views.agreements import found, get_visible_agreement

amending = editor_required(get_visible_agreement, rules.may_amend)


def _ask(request: HttpRequest, one: Agreement, clause: Clause | None) -> HttpResponse:
    start: dict[str, Any] = {"organisation": rules.represented(request.user).first()}
    if clause:
        start |= {"title": clause.title, "text": clause.text}
    form = AmendmentForm(
        request.POST or None, organisations=rules.represented(request.user), initial=start
    )
    question = Question(
        _("Hoe zou jij het schrijven?"),
        str(clause or one),
        _("Stel dit voor"),
        one.get_absolute_url(),
        _("Voorgesteld. Anderen zien oud en nieuw naast elkaar."),
    )

    def do(got: dict[str, Any]) -> Amendment:
        return actions.propose(Actor(request.user), one, got, clause)

    return form_view(request, form, do, question)


@amending
def propose(request: HttpRequest, one: Agreement, clause: int) -> HttpResponse:
    """Propose another text for a clause."""
    return _ask(request, one, found(one, clause))


@amending
def propose_new(request: HttpRequest, one: Agreement) -> HttpResponse:
    """Propose a new clause."""
    return _ask(request, one, None)


def amendment(request: HttpRequest, key: str, amendment: int) -> HttpResponse:
    """Old and new side by side, and for who keeps the agreement whether it is taken over."""
    one = get_visible_agreement(request, key)
    row = get_object_or_404(
        one.amendments.select_related("clause", "organisation", "agreement"), pk=amendment
    )
    can_decide = rules.may_keep(request.user, one) and row.state == Amendment.State.OPEN
    form = AmendmentAnswerForm(request.POST or None) if can_decide else None
    if request.method == "POST" and form is not None:
        question = Question(row.title, back=row.get_absolute_url())
        return form_view(
            request,
            form,
            lambda got: actions.decide(Actor(request.user), row, got["is_accepted"], got["answer"]),
            question,
        )
    return render(
        request,
        "voice/amendment.html",
        {
            "one": one,
            "row": row,
            "pieces": _difference(row),
            "form": form,
            "before": _before(row),
            "can_correct": rules.may_keep(request.user, one),
        },
    )


def _before(row: Amendment) -> str:
    """The text that the amendment was about: the version before it when it was taken over, else
    the text as it is.
    """
    if row.clause is None:
        return ""
    taken = getattr(row, "version", None)
    earlier = row.clause.versions.filter(number__lt=taken.number).last() if taken else None
    if taken:
        return earlier.text if earlier else ""
    return row.clause.text


def _difference(row: Amendment) -> list[Piece]:
    return compare(_before(row), row.text)


def versions(request: HttpRequest, key: str, clause: int) -> HttpResponse:
    """All texts a clause ever had, each compared with the one before."""
    one = get_visible_agreement(request, key)
    row = found(one, clause)
    texts = list(row.versions.select_related("amendment__organisation"))
    pairs = [
        (now, compare(before.text if before else "", now.text))
        for before, now in zip([None, *texts], texts, strict=False)
    ]
    return render(
        request, "voice/versions.html", {"one": one, "clause": row, "pairs": list(reversed(pairs))}
    )
