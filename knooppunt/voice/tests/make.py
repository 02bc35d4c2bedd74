"""Builders for the tests of the voice: one of each thing with only what the test is about."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Organisation
from knooppunt.voice.actions import agreements, commitments, cuts, dossiers, points, signals
from knooppunt.voice.models import (
    Agreement,
    Amendment,
    Clause,
    Commitment,
    Cut,
    Document,
    Dossier,
    Point,
    Signal,
)

SOURCE = "https://raad.example/stuk"


def point(title: str = "Een bankje bij de tuin", is_shared: bool = True, **values: Any) -> Point:
    """A point, shared unless said otherwise."""
    made = points.save_point(
        SYSTEM, Point(), {"title": title, "ask": "Zet er een bankje.", **values}
    )
    if is_shared:
        points.share(SYSTEM, made)
    return made


def step(one: Point, stage: str = "submitted", **values: Any) -> Any:
    """A step today, with a source."""
    return points.take_step(
        SYSTEM, one, {"stage": stage, "on": timezone.localdate(), "source_url": SOURCE, **values}
    )


def commitment(text: str = "We zetten er een bankje.", **values: Any) -> Commitment:
    """A commitment of today by an office."""
    given = {
        "text": text,
        "office": "wethouder Groen",
        "said_on": timezone.localdate(),
        "source_url": SOURCE,
        **values,
    }
    return commitments.save_commitment(SYSTEM, Commitment(), given)


def agreement(title: str = "Wijkakkoord Noord", **values: Any) -> Agreement:
    """An agreement that is still being written unless said otherwise."""
    return agreements.save_agreement(
        SYSTEM, Agreement(), {"title": title, "kind": "wijkakkoord", **values}
    )


def clause(deal: Agreement, text: str = "Er komt een bankje.", **values: Any) -> Clause:
    """A clause of an agreement."""
    number = str(deal.clauses.count() + 1)
    return agreements.save_clause(
        SYSTEM,
        Clause(agreement=deal),
        {"number": number, "title": "Zitten", "text": text, **values},
    )


def amendment(one: Clause, text: str = "Er komen twee bankjes.") -> Amendment:
    """Another text for a clause."""
    return agreements.propose(SYSTEM, one.agreement, {"title": one.title, "text": text}, one)


def cut(one: Point, hits: list[Organisation] | None = None, **values: Any) -> Cut:
    """A threat to a point's organisations."""
    given = {
        "kind": "cut",
        "source": "Voorjaarsnota",
        "announced_on": timezone.localdate(),
        **values,
    }
    made = cuts.save_cut(SYSTEM, Cut(point=one), given)
    cuts.add_hits(SYSTEM, made, hits or [])
    return made


def dossier(title: str = "De aanbesteding", **values: Any) -> Dossier:
    """A dossier."""
    return dossiers.save_dossier(SYSTEM, Dossier(), {"title": title, **values})


def document(title: str = "Een artikel", **values: Any) -> Document:
    """A piece that stands on another site."""
    return dossiers.save_document(
        SYSTEM, Document(), {"title": title, "kind": "article", "source_url": SOURCE, **values}
    )


def signal(text: str = "Er is geen plek om te zitten.", **values: Any) -> Signal:
    """A signal whose sender need not hear anything."""
    return signals.take_in(SYSTEM, {"text": text, "channel": "talk", "reply_via": "none", **values})
