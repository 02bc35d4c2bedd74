"""Loads the example's points, commitments, agreements, threats, dossier and library; facts have
their source, the rest is marked as invented.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from knooppunt.core.registry import figure_registry
from knooppunt.decisions.demo import BY_EXAMPLE, areas, day, load_rows, one_of, organisations, read
from knooppunt.decisions.models import Body, Delegate, Matter, Meeting, Term
from knooppunt.directory.models import Area, Organisation, Theme
from knooppunt.voice.actions import (
    agreements,
    commitments,
    cuts,
    dossiers,
    points,
    signals,
    support,
)
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

FILE = "voice.toml"


def load_example() -> None:
    """Read it all, in the order in which things need each other."""
    load_rows(
        read(FILE),
        {
            "documents": _document,
            "points": _point,
            "commitments": _commitment,
            "agreements": _agreement,
            "dossiers": _dossier,
        },
    )


def _texts(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """The texts with these names, empty when they are not there."""
    return {name: row.get(name, "") for name in names}


def _sources(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "source_url": row.get("url", ""),
        "document": one_of(Document, title=row.get("document")),
    }


def _themes(row: dict[str, Any]) -> list[Theme]:
    return list(Theme.objects.filter(slug__in=row.get("themes", [])))


def _document(row: dict[str, Any]) -> None:
    values = {
        **_texts(row, "title", "kind", "author", "text"),
        "published_on": day(row["on"]),
        "source_url": row["url"],
        "themes": _themes(row),
    }
    dossiers.save_document(BY_EXAMPLE, Document(), values)


def _point(row: dict[str, Any]) -> None:
    values = {
        **_texts(row, "title", "why", "ask", "addressee"),
        "body": one_of(Body, name=row.get("body")),
        "areas": areas(row["areas"]),
        "themes": _themes(row),
        "organisation": one_of(Organisation, name=row.get("organisation")),
        "listed_on": day(row["listed_on"]),
        "is_public": True,
    }
    point = Point(listed_on=day(row["listed_on"]) or timezone.localdate())
    points.save_point(BY_EXAMPLE, point, values, row["source"])
    for said in row.get("signals", []):
        who = one_of(Organisation, name=said.get("organisation"))
        area = one_of(Area, slug=said["area"])
        one = signals.take_in(
            BY_EXAMPLE,
            {
                "text": said["text"],
                "channel": said["channel"],
                "area": area,
                "organisation": who,
                "received_on": day(said["received_on"]),
                "reply_via": Signal.ReplyVia.NONE,
            },
        )
        signals.join(BY_EXAMPLE, one, point)
    for step in row["steps"]:
        taken = {
            **_texts(step, "stage", "text", "by", "source"),
            **_sources(step),
            "on": day(step["on"]),
            "due_on": day(step.get("due_on")),
            "meeting": one_of(Meeting, title=step.get("meeting")),
        }
        points.take_step(BY_EXAMPLE, point, taken)
    _behind(point, row)
    if "cut" in row:
        _cut(point, row["cut"])


def _behind(point: Point, row: dict[str, Any]) -> None:
    """Who stands behind a point, and what bears it out."""
    for one in organisations(row.get("signed", [])):
        support.sign_on_paper(
            BY_EXAMPLE,
            point,
            one,
            day(row["signed_on"]) or timezone.localdate(),
            row["signed_source"],
        )
    for paper in row.get("paper", []):
        support.add_paper(
            BY_EXAMPLE,
            point,
            {"number": paper["number"], "on": day(paper["on"]), "source": paper["source"]},
        )
    for figure in row.get("figures", []):
        area = one_of(Area, slug=figure["area"])
        if figure_registry.get_figure(figure["key"], timezone.localdate(), area):
            points.add_figure(BY_EXAMPLE, point, figure["key"], timezone.localdate(), area)
    for story in row.get("stories", []):
        points.add_story(
            BY_EXAMPLE,
            point,
            {
                "text": story["text"],
                "told_by": story["told_by"],
                "consent_on": day(story["consent_on"]),
            },
        )
    meeting = (
        Meeting.objects.coming(timezone.now()).filter(title=row["hearing"]).first()
        if "hearing" in row
        else None
    )
    if meeting:
        points.bring_in(
            BY_EXAMPLE,
            point,
            {"meeting": meeting, "speaker": one_of(Delegate, name=row.get("speaker"))},
        )


def _cut(point: Point, row: dict[str, Any]) -> None:
    values = {
        **_texts(row, "kind", "source", "page", "quote", "visitors_source"),
        **_sources(row),
        "announced_on": day(row["announced_on"]),
        "since": day(row.get("since")),
        "visitors": row.get("visitors"),
    }
    cut = cuts.save_cut(BY_EXAMPLE, Cut(point=point), values)
    cuts.add_hits(BY_EXAMPLE, cut, organisations(row.get("hits", [])))
    if "hit_note" in row:
        cut.hits.update(note=row["hit_note"])
    for line in row.get("lines", []):
        kept = {
            **_texts(line, "kind", "what", "motion", "pot", "source"),
            "amount": line.get("amount"),
            "percent": line.get("percent"),
            "on": day(line["on"]),
            "source_url": line.get("url", ""),
        }
        cuts.add_line(BY_EXAMPLE, cut, kept)
    for moment in row.get("moments", []):
        cuts.add_moment(BY_EXAMPLE, cut, {"on": day(moment["on"]), "text": moment["text"]})


def _commitment(row: dict[str, Any]) -> None:
    values = {
        **_texts(row, "text", "office"),
        **_sources(row),
        "term": one_of(Term, post__label=row.get("post")),
        "body": one_of(Body, name=row.get("body")),
        "point": one_of(Point, title=row.get("point")),
        "meeting": one_of(Meeting, title=row.get("meeting")),
        "said_on": day(row["said_on"]),
        "due_on": day(row.get("due_on")),
        "areas": areas(row.get("areas", [])),
    }
    one = commitments.save_commitment(BY_EXAMPLE, Commitment(), values)
    for status in row.get("statuses", []):
        commitments.say_status(
            BY_EXAMPLE,
            one,
            {**_texts(status, "status", "text"), **_sources(status), "on": day(status["on"])},
        )
    for response in row.get("responses", []):
        commitments.respond(BY_EXAMPLE, one, response)


def _agreement(row: dict[str, Any]) -> None:
    values = {
        **_texts(row, "title", "kind", "text"),
        **_sources(row),
        "areas": areas(row.get("areas", [])),
        "organisations": organisations(row.get("organisations", [])),
        "bodies": list(Body.objects.filter(name__in=row.get("bodies", []))),
        **{name: day(row.get(name)) for name in ("signed_on", "since", "until", "review_on")},
    }
    agreement = agreements.save_agreement(BY_EXAMPLE, Agreement(), values)
    clauses = {clause["number"]: _clause(agreement, clause) for clause in row.get("clauses", [])}
    for plan in row.get("plans", []):
        made = agreements.plan(
            BY_EXAMPLE,
            agreement,
            {
                "year": plan["year"],
                "text": plan["text"],
                "clause": clauses.get(plan["clause"]),
                "owner": plan["owner"],
            },
        )
        agreements.note_plan(BY_EXAMPLE, made, plan["state"], plan["result"])
    for other in row.get("amendments", []):
        values = {
            **_texts(other, "title", "text", "why"),
            "organisation": one_of(Organisation, name=other.get("organisation")),
        }
        amendment: Amendment = agreements.propose(
            BY_EXAMPLE, agreement, values, clauses[other["clause"]]
        )
        if "answer" in other:
            agreements.decide(BY_EXAMPLE, amendment, other["accepted"], other["answer"])


def _clause(agreement: Agreement, row: dict[str, Any]) -> Clause:
    values = {
        **_texts(row, "number", "title", "text", "page", "owner"),
        "review_on": day(row.get("review_on")),
    }
    clause = agreements.save_clause(BY_EXAMPLE, Clause(agreement=agreement), values)
    for state in row.get("states", []):
        agreements.say_state(
            BY_EXAMPLE,
            clause,
            {**_texts(state, "state", "text"), **_sources(state), "on": day(state["on"])},
        )
    for landing in row.get("landings", []):
        point = one_of(Point, title=landing["point"])
        if point:
            agreements.land(
                BY_EXAMPLE,
                clause,
                {"point": point, "extent": landing["extent"], "quote": landing["quote"]},
            )
    return clause


def _dossier(row: dict[str, Any]) -> None:
    values = {
        **_texts(row, "title", "text", "lessons"),
        "since": day(row.get("since")),
        "until": day(row.get("until")),
        "matter": one_of(Matter, name=row.get("matter")),
    }
    dossier = dossiers.save_dossier(BY_EXAMPLE, Dossier(), values)
    for entry in row.get("entries", []):
        kept = {
            **_texts(entry, "kind", "title", "text", "source"),
            **_sources(entry),
            "on": day(entry["on"]),
            "meeting": one_of(Meeting, title=entry.get("meeting")),
        }
        dossiers.add_entry(BY_EXAMPLE, dossier, kept)
