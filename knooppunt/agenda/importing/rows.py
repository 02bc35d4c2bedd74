"""Turns one row of a list into what is to be entered, and says what was odd about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings

from knooppunt.agenda.actions.activities import Organising
from knooppunt.agenda.importing.codes import ASKED, message
from knooppunt.agenda.importing.columns import ASKED_FIELDS, WHEN, WHERE, WHO
from knooppunt.agenda.importing.words import Lookup, percent
from knooppunt.agenda.schedule import Schedule, understand
from knooppunt.core.models import ImportWord
from knooppunt.directory.importing.codes import message_meant
from knooppunt.kit import dates, web
from knooppunt.kit.cell_links import link_of
from knooppunt.kit.findings import Finding
from knooppunt.kit.list_notes import is_note
from knooppunt.kit.recurrence import BadRule, Series, turns
from knooppunt.kit.tables import is_total
from knooppunt.kit.text import clean, normalise, refused, several, without_markup

NAME_LENGTH, TEXT_LENGTH = 200, 20_000
_RULE = re.compile(r"(?:RRULE:)?\b(FREQ=[A-Z0-9=;,+-]+)", re.I)


@dataclass
class Draft:
    """What a row says: per field the values that it sets, so that only fields that changed are
    taken over.
    """

    line: int
    raw: dict[str, str]
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    # The answered words that stand in a field of the row, each with its answer.
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    is_refused: bool = False
    cells: tuple[str, ...] = ()

    def find(self, code: str, column: str, close: str | None = None, **words: object) -> None:
        """Note something odd about a field; ``close`` is what a word of it probably means."""
        word = str(words.get("value", "")) if code in ASKED else ""
        hint = message_meant(close) if close else ""
        self.findings.append(
            Finding(
                self.line, "warning", column, code, message(code, **words), hint, word=word[:200]
            )
        )

    def keep(self, column: str, word: str) -> None:
        """Keep a word of a field with the activity, for keepers only."""
        known = self.kept.get(column)
        self.kept[column] = f"{known}; {word}" if known else word

    @property
    def remembered(self) -> dict[str, Any]:
        """What is remembered of the row, to see what a later list changes: its cells, and the
        answers that held.
        """
        return {**self.raw, "answers": self.answers} if self.answers else dict(self.raw)

    def refuse(self, code: str, column: str, **words: object) -> None:
        """Note why the row cannot be taken over."""
        self.findings.append(Finding(self.line, "error", column, code, message(code, **words)))
        self.is_refused = True

    @property
    def values(self) -> dict[str, Any]:
        """Everything that the row sets."""
        return {name: value for part in self.parts.values() for name, value in part.items()}


class RowReader:
    """Reads rows of one list. ``organiser`` and ``place`` hold for rows that name none."""

    def __init__(
        self,
        fields: list[str],
        header: list[str],
        lookup: Lookup,
        today: date,
        organiser: Any = None,
        place: Any = None,
    ) -> None:
        self.fields, self.header, self.lookup, self.today = fields, header, lookup, today
        self.organiser, self.place = organiser, place

    def read(self, line: int, cells: list[str]) -> Draft:
        """The draft of one row."""
        draft = Draft(line, {}, cells=tuple(cells))
        self._gather(draft, cells)
        for name in ASKED_FIELDS:
            if used := self.lookup.answers.used_in(name, draft.raw.get(name, "")):
                draft.answers[name] = used
        self._name(draft)
        if not draft.is_refused:
            self._when(draft)
        if not draft.is_refused:
            for step in (self._where, self._who, self._what, self._texts, self._dates):
                step(draft)
        return draft

    def _gather(self, draft: Draft, cells: list[str]) -> None:
        for number, (name, cell) in enumerate(zip(self.fields, cells, strict=False)):
            if not cell:
                continue
            plain = refused(cell)
            tidy = clean(without_markup(plain))[:TEXT_LENGTH]
            if without_markup(plain) != plain:
                draft.find("markup_removed", name or self.header[number])
            if link := link_of(cell):
                is_address = name == "online_url" and not web.repair(tidy)
                tidy = link if is_address else tidy
                if link.casefold() not in tidy.casefold():
                    draft.kept[f"{name or self.header[number]}: link"] = link
            if not name:
                draft.kept[self.header[number] or f"kolom {number + 1}"] = tidy
            else:
                draft.raw[name] = f"{draft.raw[name]}; {tidy}" if name in draft.raw else tidy
        for name in filter(None, self.fields):
            draft.raw.setdefault(name, "")

    def _ask(
        self, draft: Draft, code: str, column: str, word: str, close: str | None = None
    ) -> bool:
        """Ask about a word, unless that was answered; True when the word is kept."""
        answer = self.lookup.answers.other(column, word)
        if not answer:
            draft.find(code, column, close, value=word)
        return answer != ImportWord.Answer.SKIP

    def _public(self, draft: Draft, column: str, value: str) -> str:
        public, taken = web.without_personal(value, "[…]")
        if taken:
            draft.kept[f"{column}: personal"] = "; ".join(taken)
            draft.find("personal_data", column)
        return public

    def _name(self, draft: Draft) -> None:
        name = " ".join(self._public(draft, "name", draft.raw.get("name", "")).split())
        is_odd = is_total(draft.cells) or is_note(draft.cells)
        if not name or is_odd:
            code = "total_row" if is_total(draft.cells) else "note_row"
            draft.refuse(code if is_odd else "empty_name", "name")
            return
        if len(name) > NAME_LENGTH:
            draft.find("long_name", "name")
            draft.kept["name"] = name
        draft.parts["name"] = {"name": name[:NAME_LENGTH]}

    def _when(self, draft: Draft) -> None:
        """The rule in words, or a day with a begin and an end; a period beside it."""
        raw = draft.raw
        words = raw.get("when", "") or raw.get("day", "")
        if (
            raw.get("when")
            and raw.get("day")
            and normalise(raw["day"]) not in normalise(raw["when"])
        ):
            words = f"{raw['when']} {raw['day']}"
        hours = " ".join(
            part
            for part in (raw.get("begin", ""), f"tot {raw['end']}" if raw.get("end") else "")
            if part
        )
        text = f"{words} {hours}".strip()
        since, until = self._day(draft, "since"), self._day(draft, "until")
        found = (
            ruled(words, hours, since or self.today)
            or understand(text, max(since, self.today) if since else self.today)
            if text
            else None
        )
        if since and since < self.today and found and found.values["rules"]:
            found = understand(text, since) or found
        if found is None or not found.is_clear:
            # A part that is not understood may change all of it, so nothing is taken from such a
            # line.
            if found and found.unknown:
                draft.find("unread_words", "when", value=", ".join(found.unknown))
            draft.find("no_when", "when", value=text)
            values = unclear(text, self.today)
        else:
            if not found.has_time:
                draft.find("no_time", "when")
            if found.has_time and time(1) <= found.values["starts_at"] < time(6):
                draft.find("night_hour", "when", value=f"{found.values['starts_at']:%H.%M}")
            if "INTERVAL=" in "".join(found.values["rules"]) and not (
                since or found.values["since"]
            ):
                draft.find("begin_assumed", "when", value=found.values["starts_on"].isoformat())
            if found.known_until:
                draft.find("holidays_known", "when", value=found.known_until.isoformat())
            values = dict(found.values)
        values["since"], values["until"] = since or values["since"], until or values["until"]
        if values["since"] and values["until"] and values["until"] < values["since"]:
            draft.find("period_backwards", "until")
            values["until"] = None
        draft.parts["when"] = values

    def _day(self, draft: Draft, name: str) -> date | None:
        value = draft.raw.get(name, "")
        day = dates.parse_day(value) if value else None
        if value and day is None:
            draft.find("bad_date", name, value=value)
        return day

    def _where(self, draft: Draft) -> None:
        name, address = draft.raw.get("place", ""), draft.raw.get("address", "")
        place = self.lookup.place(name, address) if name else self.place
        said = ", ".join(part for part in (name, address) if part)
        # The words of the list stay, unless they are the name of the place and no more.
        is_named = place is not None and normalise(name) in ("", place.name_key, place.slug)
        words = "" if is_named else said
        if name and place is None and not self._ask(draft, "unknown_place", "place", name):
            place, words = self.place, address
        stated = (
            self.lookup.areas.stated(draft.raw.get("area", "")) if draft.raw.get("area") else None
        )
        for unknown, close in stated.unknown if stated else []:
            if self._ask(draft, "unknown_area", "area", unknown, close):
                draft.keep("area", unknown)
        areas = stated.areas if stated else []
        if place and place.area in areas:
            areas = [area for area in areas if area != place.area]
        location = self._public(draft, "place", words)[:300]
        draft.parts["where"] = {
            "places": [place] if place else [],
            "location": location,
            "areas": areas,
        }

    def _who(self, draft: Draft) -> None:
        """Who organises, with a class and a share for each; fewer classes than names hold for
        all.
        """
        names = several(draft.raw.get("organiser", "")) or [""]
        cells, shares = (
            several(draft.raw.get("group", ""), r"[;\n|]+"),
            several(draft.raw.get("share", ""), r"[;\n|]+"),
        )
        found = []
        for number, name in enumerate(names):
            group, share = self._group(draft, _nth(cells, number), _nth(shares, number))
            organisation = self.lookup.organisation(name) if name else self.organiser
            is_unknown = bool(name) and organisation is None
            if is_unknown and not self._ask(draft, "unknown_organiser", "organiser", name):
                organisation, name = self.organiser, ""
            if organisation or name or group:
                called = "" if organisation else (name or "onbekend")[:200]
                found.append(Organising(organisation, called, group, share))
        draft.parts["who"] = {"organisers": found}

    def _group(self, draft: Draft, cell: str, share_cell: str) -> tuple[str, int | None]:
        if not cell:
            return "", None
        group, share, is_known = self.lookup.group(cell)
        if not is_known:
            if self._ask(draft, "unknown_class", "group", cell):
                draft.keep("group", cell)
            return "", None
        if group != "mixed":
            return group, None
        share = percent(share_cell) if share_cell else share
        if share is None:
            draft.find("bad_share", "share", value=share_cell or cell)
            return "", None
        return group, share

    def _what(self, draft: Draft) -> None:
        kept_words, raw = [], draft.raw
        kind = None
        for word in several(raw.get("kind", "")):
            known, close = self.lookup.kind_or_nearest(word)
            kind = kind or known
            if known is None and self._ask(draft, "unknown_kind", "kind", word, close):
                kept_words.append(word[:60])
        themes = []
        for word in several(raw.get("themes", "")):
            theme, close = self.lookup.words.theme(word)
            if theme is None:
                if self._ask(draft, "unknown_theme", "themes", word, close):
                    kept_words.append(word[:60])
            elif theme not in themes:
                themes.append(theme)
        draft.parts["what"] = {"kind": kind, "themes": themes, "categories": kept_words}

    def _texts(self, draft: Draft) -> None:
        raw = draft.raw
        text = self._public(draft, "description", raw.get("description", ""))
        draft.parts["description"] = {
            "descriptions": {settings.LANGUAGE_CODE[:2]: text} if text else {}
        }
        groups = several(self._public(draft, "target_groups", raw.get("target_groups", "")))
        draft.parts["target_groups"] = {"target_groups": [group[:60] for group in groups]}
        codes = []
        for name in several(raw.get("languages", "")):
            code = self.lookup.words.language(name)
            if code is None:
                if self._ask(draft, "unknown_language", "languages", name):
                    draft.keep("languages", name)
            elif code not in codes:
                codes.append(code)
        draft.parts["languages"] = {"languages": codes}
        self._cost(draft)
        for name in ("website", "online_url"):
            draft.parts[name] = {name: self._address(draft, name)}
        draft.parts["source"] = {"source": raw.get("source", "")[:500]}
        draft.parts["note"] = {"note": raw.get("note", "")}

    def _cost(self, draft: Draft) -> None:
        cost, free = draft.raw.get("cost", ""), draft.raw.get("is_free", "")
        is_free = self.lookup.words.yes_no(free) if free else None
        if free and is_free is None:
            draft.find("bad_yes_no", "is_free", value=free)
        if normalise(cost) in ("gratis", "free", "0", "geen", "0 00", "0 euro", "eur 0"):
            is_free, cost = True, ""
        draft.parts["cost"] = {"cost": cost[:100], "is_free": is_free}

    def _address(self, draft: Draft, name: str) -> str:
        value = draft.raw.get(name, "")
        found = web.repair(value) if value else ""
        if value and not found:
            draft.find("bad_website", name, value=value)
            draft.kept[name] = value
        return found or ""

    def _dates(self, draft: Draft) -> None:
        day = self._day(draft, "confirmed_on")
        draft.parts["confirmed_on"] = (
            {"confirmed_on": day, "confirmed_via": "import"} if day else {}
        )


def unclear(text: str, today: date) -> dict[str, Any]:
    """The values of something of which nobody can say when it is; it has no times, and stands
    beside the share.
    """
    return {
        "starts_on": today,
        "is_all_day": True,
        "minutes": 1440,
        "rules": [],
        "additions": [],
        "exceptions": [],
        "is_unclear": True,
        "said": " ".join(text.split())[:300],
        "since": None,
        "until": None,
    }


def ruled(words: str, hours: str, first: date) -> Schedule | None:
    """The schedule of a rule as calendars write it (FREQ=WEEKLY;BYDAY=TU); None when it is none."""
    rule = _RULE.search(words)
    timed = understand(f"elke dag {hours}".strip(), first) if rule else None
    if not rule or timed is None:
        return None
    values = dict(timed.values)
    begin = datetime.combine(first, values["starts_at"])
    try:
        turn = next(
            turns(Series(begin, rules=(rule[1].upper(),)), begin + timedelta(days=366 * 8)), None
        )
    except BadRule:
        return None
    if turn is None:
        return None
    values |= {"rules": [rule[1].upper()], "starts_on": turn.starts.date(), "said": words[:300]}
    return Schedule(values, timed.has_time, ())


GROUPED = {
    "when": WHEN,
    "who": WHO,
    "where": WHERE,
    "what": ("kind", "themes"),
    "cost": ("cost", "is_free"),
}


def changed_parts(
    draft: Draft, before: dict[str, Any], changed_by_hand: Callable[[], set[str]] = set
) -> dict[str, Any]:
    """The values of the fields that the list says differently than the last time, or that were
    answered differently.

    ``changed_by_hand`` names the values that a person changed since; an answer leaves those alone.
    """
    moved = {name for name, cell in draft.raw.items() if before.get(name, "") != cell}
    old = before.get("answers", {})
    answered = {name for name in ASKED_FIELDS if draft.answers.get(name, {}) != old.get(name, {})}
    by_hand = changed_by_hand() if answered else set()
    values: dict[str, Any] = {}
    for part, own in draft.parts.items():
        columns = set(GROUPED.get(part, (part,)))
        if moved & columns or (answered & columns and not by_hand & own.keys()):
            values |= own
    return values


def _nth(cells: list[str], number: int) -> str:
    """The cell for the n-th organiser; one cell holds for all."""
    if len(cells) == 1:
        return cells[0]
    return cells[number] if number < len(cells) else ""
