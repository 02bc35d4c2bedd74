"""Loads the example's bodies, meetings, mandates and a consent decision; facts have their
source, the rest is marked as invented.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.example_rows import inventing
from knooppunt.decisions.actions import mandates, meetings, outcomes, proposals, votes
from knooppunt.decisions.models import (
    Body,
    Delegate,
    Mandate,
    Matter,
    Meeting,
    Objection,
    Proposal,
    Term,
    Voter,
)
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.people.models import User

BY_EXAMPLE = Actor(None, "import")
FILE = "decisions.toml"


def read(name: str) -> dict[str, Any]:
    """A list that lies beside the example's register; empty when there is none."""
    register = settings.COALITION.example
    path = register.parent / name if register else None
    return tomllib.loads(path.read_text(encoding="utf-8")) if path and path.exists() else {}


def day(text: str | None) -> date | None:
    """A day written as 2026-05-20."""
    return date.fromisoformat(text) if text else None


def moment(text: str) -> datetime:
    """A local moment written as 2026-05-20 08:30."""
    return timezone.make_aware(datetime.fromisoformat(text))


def organisations(names: list[str]) -> list[Organisation]:
    """The public organisations with these names that the example has, in this order."""
    known = {one.name: one for one in Organisation.objects.public().filter(name__in=names)}
    return [known[name] for name in names if name in known]


def areas(slugs: list[str]) -> list[Area]:
    """The areas with these slugs."""
    return list(Area.objects.filter(slug__in=slugs).defer("outline"))


def one_of(model: Any, **lookup: Any) -> Any:
    """The first record that fits, or None."""
    return (
        model.objects.filter(**lookup).first()
        if all(value is not None for value in lookup.values())
        else None
    )


def load_example() -> None:
    """Read it all, in the order in which things need each other."""
    load_rows(
        read(FILE),
        {"bodies": _body, "meetings": _meeting, "matters": _matter, "proposals": _proposal},
    )


def load_rows(data: dict[str, Any], loaders: dict[str, Callable[[dict[str, Any]], None]]) -> None:
    """Make the rows of each kind, in this order; what is ``invented`` is marked."""
    for kind, load in loaders.items():
        for row in data.get(kind, []):
            with inventing(row.get("invented", False)):
                load(row)


def _body(row: dict[str, Any]) -> None:
    speak_at = time.fromisoformat(row["speak_at"]) if "speak_at" in row else None
    values = {name: row.get(name, "") for name in ("name", "kind", "website", "speak_how")}
    body = meetings.save_body(
        BY_EXAMPLE, Body(), {**values, "speak_at": speak_at, "areas": areas(row.get("areas", []))}
    )
    for post in row.get("posts", []):
        term = {
            "label": post["label"],
            "person": "",
            "since": day(post.get("since")),
            "until": None,
            "source": post.get("source", ""),
        }
        meetings.save_term(BY_EXAMPLE, body, term)


def _starts(row: dict[str, Any]) -> datetime:
    if "starts" in row:
        return moment(row["starts"])
    coming = timezone.localdate() + timedelta(days=row["in_days"])
    return timezone.make_aware(datetime.combine(coming, time.fromisoformat(row["at"])))


def _meeting(row: dict[str, Any]) -> None:
    values = {
        name: row.get(name, "")
        for name in ("kind", "title", "location", "website", "brief", "minutes")
    }
    values |= {
        "starts": _starts(row),
        "ends": moment(row["ends"]) if "ends" in row else None,
        "body": one_of(Body, name=row.get("body")),
        "place": one_of(Place, name=row.get("place")),
    }
    made = meetings.save_meeting(BY_EXAMPLE, Meeting(), values)
    for item in row.get("items", []):
        who = one_of(Organisation, name=item.get("organisation"))
        meetings.add_item(
            BY_EXAMPLE,
            made,
            {
                "organisation": who,
                **{name: item.get(name, "") for name in ("title", "kind", "text", "outcome")},
            },
        )
    for one in organisations(row.get("present", [])):
        meetings.note_attendance(BY_EXAMPLE, made, one, 2)
    for guest in row.get("guests", []):
        term = one_of(Term, post__label=guest["post"])
        if term:
            meetings.note_guest(BY_EXAMPLE, meetings.invite(BY_EXAMPLE, made, term), guest["came"])
    _outcomes(made, row)


def _outcomes(meeting: Meeting, row: dict[str, Any]) -> None:
    for one in row.get("decisions", []):
        values = {
            "title": one["title"],
            "text": one.get("text", ""),
            "decided_on": meeting.on,
            "review_on": day(one.get("review_on")),
        }
        outcomes.decide(BY_EXAMPLE, values, meeting=meeting)
    for one in row.get("actions", []):
        who = one_of(Organisation, name=one.get("organisation"))
        values = {
            "text": one["text"],
            "owner": one.get("owner", ""),
            "organisation": who,
            "due_on": day(one.get("due_on")),
            "listed_on": meeting.on,
        }
        if who or values["owner"]:
            outcomes.take_up(BY_EXAMPLE, values, meeting=meeting)


def _matter(row: dict[str, Any]) -> None:
    matter = mandates.save_matter(
        BY_EXAMPLE, Matter(), {"name": row["name"], "text": row.get("text", "")}
    )
    delegate = one_of(Delegate, name=row["delegate"]) or mandates.save_delegate(
        BY_EXAMPLE, Delegate(), row["delegate"]
    )
    for hat in row.get("hats", []):
        mandates.declare_hat(
            BY_EXAMPLE,
            delegate,
            {
                "text": hat["text"],
                "body": one_of(Body, name=hat.get("body")),
                "since": day(hat.get("since")),
            },
        )
    given = {
        "delegate": delegate,
        "matter": matter,
        "source": row["source"],
        "since": day(row["since"]),
        "until": day(row.get("until")),
    }
    mandates.give(BY_EXAMPLE, organisations(row["organisations"]), given)
    for late in row.get("later", []):
        mandates.give(
            BY_EXAMPLE,
            organisations([late["organisation"]]),
            {**given, "since": day(late["since"])},
        )
    for gone in row.get("withdrawn", []):
        on = day(gone["on"])
        for mandate in Mandate.objects.filter(
            matter=matter, organisation__name=gone["organisation"]
        ):
            mandates.withdraw(BY_EXAMPLE, mandate, on or timezone.localdate())


def _proposal(row: dict[str, Any]) -> None:
    """A proposal by consent: an objection that was met, and a decision in the log.

    Two example people read the papers.
    """
    network, readers = (
        one_of(Organisation, name=row["network"]),
        list(User.objects.filter(is_example=True).order_by("pk")[:2]),
    )
    if network is None or len(readers) < 2:
        return
    values = {
        "title": row["title"],
        "text": row["text"],
        "method": row["method"],
        "network": network,
        "quorum": row["quorum"],
    }
    one = proposals.save_proposal(BY_EXAMPLE, Proposal(), values, [])
    one = proposals.open_proposal(BY_EXAMPLE, one, timezone.now() + timedelta(days=1))
    objector = row["objection"]
    said = [(name, ["consent"], "") for name in row["consent"]] + [
        (objector["organisation"], ["objection"], objector["reason"])
    ]
    for name, choice, reason in said:
        voter = one_of(Voter, proposal=one, organisation__name=name)
        for reader in readers if voter else ():
            votes.read_paper(Actor(reader, "import"), voter, choice, reason, "room")
    for objection in Objection.objects.filter(ballot__voter__proposal=one):
        votes.answer_objection(BY_EXAMPLE, objection, objector["answer"])
        votes.settle_objection(BY_EXAMPLE, objection)
    closed = proposals.close_proposal(BY_EXAMPLE, one)
    review = timezone.localdate() + timedelta(days=row["review_after"])
    outcomes.decide(
        BY_EXAMPLE,
        {"title": row["decision"], "text": row["text"], "review_on": review},
        proposal=closed,
    )
