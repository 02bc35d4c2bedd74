"""Turns one row of cells into a draft of an organisation and its place, and says what was odd
about it.
"""

from __future__ import annotations

import re

from knooppunt.core.models import ImportWord
from knooppunt.directory.geography import AreaMap
from knooppunt.directory.importing import cells as read_cells
from knooppunt.directory.importing.codes import message_meant
from knooppunt.directory.importing.draft import Draft
from knooppunt.directory.importing.linked import take_link
from knooppunt.directory.importing.slides import slid
from knooppunt.directory.importing.words import Words
from knooppunt.kit import dates, geo, hours, text, web
from knooppunt.kit.cell_words import is_ditto, is_error, says_nothing, whole_number

NAME_LENGTH, TEXT_LENGTH, CELL_LENGTH = 200, 20_000, 200
# Words and plain signs with single spaces between: such a cell needs no cleaning.
_SIMPLE = re.compile(r"\w[\w,.:;/()&'-]*(?: [\w,.:;/()&'-]+)*")
HOURS_CODES = {
    "unread": "unread_hours",
    "backwards": "hours_backwards",
    "unsure": "hours_unsure",
    "appointment": "hours_by_appointment",
}
# Where "geen" is an answer by itself, or words are kept as they stand.
MAY_SAY_GEEN = {"wheelchair", "toilet", "kitchen", "is_place", "volunteers", "name"}
FREE_TEXT = {"note", "source"}
IN_DIGITS = {"identifier", "kvk", "house_number", "volunteers"}


class Reader:
    """Reads rows of one spreadsheet with the areas, kinds and themes of this coalition."""

    def __init__(
        self, fields: list[str], header: list[str], areas: AreaMap, words: Words, width: int = 0
    ) -> None:
        self.fields, self.header, self.areas, self.words = fields, header, areas, words
        self.width = width or len(header)

    def read(self, line: int, cells: list[str]) -> Draft:
        """The draft of one row."""
        draft = Draft(line, {})
        self._gather(draft, cells)
        return self.understand(draft)

    def understand(self, draft: Draft) -> Draft:
        """Fill a draft from its cells by field."""
        for name in _ORDER:
            value = draft.raw.get(name, "")
            if value:
                getattr(self, f"_{name}")(draft, value)
        self._point_of(draft)
        self._forward(draft)
        return draft

    def _gather(self, draft: Draft, cells: list[str]) -> None:
        """Sort the cells by field; join columns that mean the same; keep what no field takes."""
        filled = [number for number, cell in enumerate(cells) if cell]
        if len(cells) < len(self.header):
            draft.find("short_row", "")
        if filled and filled[-1] >= len(self.header):
            draft.find("long_row", "")
            draft.keep(
                "+", " | ".join(text.clean(cell) for cell in cells[len(self.header) :] if cell)
            )
        elif len(cells) > max(self.width, len(self.header)) and len(filled) < len(self.header):
            draft.find("slid_row", "")
        elif column := slid(self.fields, cells):
            draft.find("slid_row", column)
        for number, (name, cell) in enumerate(zip(self.fields, cells, strict=False)):
            column = self.header[number] or f"kolom {number + 1}"
            if not cell:
                continue
            value = self._tidy(draft, name or column, cell)
            value = take_link(draft, name or column, cell, value)
            if not name:
                draft.keep(column, value)
            elif not self._is_empty(draft, name, value, text.refused(cell) != cell):
                joiner = "\n" if name in ("description", "note") else "; "
                value = whole_number(value) if name in IN_DIGITS else value
                draft.raw[name] = (
                    f"{draft.raw[name]}{joiner}{value}" if name in draft.raw else value
                )
        for name in self.fields:
            if name:
                draft.raw.setdefault(name, "")

    @staticmethod
    def _is_empty(draft: Draft, name: str, value: str, is_quoted: bool) -> bool:
        """True for a cell that says nothing; one that says "idem", or that a spreadsheet could
        not work out, is named. What looks like a formula is text where it was quoted as text.
        """
        is_text = is_quoted or name in FREE_TEXT or name.startswith("description")
        is_broken = is_error(value) and not (is_text and value.startswith("="))
        code = "ditto_cell" if is_ditto(value) else "broken_cell" if is_broken else ""
        if code:
            draft.keep(name, value)
            draft.find(code, name, value=value)
        is_word = name in MAY_SAY_GEEN and any(map(str.isalnum, value))
        return bool(code) or (name not in FREE_TEXT and not is_word and says_nothing(value))

    def _tidy(self, draft: Draft, column: str, cell: str) -> str:
        if _SIMPLE.fullmatch(cell) and len(cell) < 200 and "&" not in cell:
            return cell
        plain = text.refused(cell)
        if plain == cell and text.is_formula(cell):
            draft.find("formula_cell", column)
        if "\ufffd" in plain:
            draft.find("bad_characters", column)
        bare = text.without_markup(plain)
        if bare != plain:
            draft.find("markup_removed", column)
        tidy = text.clean(bare)
        if len(tidy) > TEXT_LENGTH:
            draft.find("long_text", column)
            tidy = tidy[:TEXT_LENGTH]
        return tidy

    # One method per field, in the order of _ORDER.

    def _name(self, draft: Draft, value: str) -> None:
        name = self._public(draft, "name", value)
        name = " ".join(re.sub(r"[(<]?\[…\][)>]?", " ", name).split()).strip(" -–,;:/")
        if says_nothing(name):
            return
        if len(name) > NAME_LENGTH:
            draft.find("long_name", "name")
            draft.kept["name"] = name
            name = _cut(name, NAME_LENGTH)
        draft.parts["name"] = {"name": name}

    def _identifier(self, draft: Draft, value: str) -> None:
        draft.identifiers.append(("own", value[:100]))

    def _slug(self, draft: Draft, value: str) -> None:
        draft.slug = value if text.slugify(value) == value else ""

    def _listed_on(self, draft: Draft, value: str) -> None:
        day = dates.parse_cell(value)
        if day is None:
            draft.find("bad_date", "listed_on", value=value)
        else:
            draft.parts["listed_on"] = {"listed_on": day}

    def _kvk(self, draft: Draft, value: str) -> None:
        read_cells.read_kvk(draft, value)

    def _kind(self, draft: Draft, value: str) -> None:
        kind, close = self.words.kind(value)
        if kind is None:
            role = self.words.role(value)
            if role and "role" not in draft.parts:
                draft.parts["kind"] = {"role": role}
            if role:
                draft.kept["kind"] = value
            else:
                self._unknown(draft, "unknown_kind", "kind", value, close)
            return
        draft.parts["kind"] = {"kind": kind, "role": kind.role}
        if kind.is_place:
            draft.wants_place = True

    def _role(self, draft: Draft, value: str) -> None:
        role = self.words.role(value)
        if role is None:
            self._unknown(draft, "unknown_role", "role", value)
        else:
            draft.parts["role"] = {"role": role}

    def _themes(self, draft: Draft, value: str) -> None:
        found = []
        for name in text.several(value):
            themes, unknown = self.words.themes(name)
            for word, close in unknown:
                self._unknown(draft, "unknown_theme", "themes", word, close)
            found += [theme for theme in themes if theme not in found]
        draft.parts["themes"] = {"themes": found}

    def _networks(self, draft: Draft, value: str) -> None:
        draft.networks = value
        for name in text.several(value):
            if self.words.answers.other("networks", name) == ImportWord.Answer.TEXT:
                draft.keep("networks", name)

    def _area(self, draft: Draft, value: str) -> None:
        stated = self.areas.stated(value)
        for name, close in stated.unknown:
            self._unknown(draft, "unknown_area", "area", name, close)
        if stated.areas or not stated.unknown:
            draft.parts["area"] = {"areas": stated.areas}
            draft.place_parts["area"] = {"areas": stated.areas}

    def _street(self, draft: Draft, value: str) -> None:
        parts = read_cells.read_address(draft, value, self.words.country)
        parts["street"] = self._public(draft, "street", parts["street"])[:CELL_LENGTH]
        if any(parts.values()):
            draft.place_parts["street"] = parts

    def _postcode(self, draft: Draft, value: str) -> None:
        read_cells.read_postcode(draft, value, self.words.country)

    def _city(self, draft: Draft, value: str) -> None:
        read_cells.read_city(draft, value, self._public(draft, "city", value))

    def _point_of(self, draft: Draft) -> None:
        """Read the point from one cell or two, whatever their order."""
        one, lat, lon = (draft.raw.get(name, "") for name in ("point", "latitude", "longitude"))
        numbers: tuple[float | None, float | None] | None
        if lat or lon:
            column, shown = "latitude", f"{lat} {lon}".strip()
            numbers = (geo.parse_degree(lat), geo.parse_degree(lon))
            if numbers[0] is None and numbers[1] is None:
                numbers = geo.parse_pair(lat) or geo.parse_pair(lon) or numbers
        elif one:
            column, shown, numbers = "point", one, geo.parse_pair(one)
        else:
            return
        pair = (
            (numbers[0], numbers[1])
            if numbers and numbers[0] is not None and numbers[1] is not None
            else None
        )
        point = (
            geo.ordered(pair[0], pair[1], self.areas.bounds) if pair and pair != (0, 0) else None
        )
        if point is None or pair is None:
            draft.kept["point"] = shown
            draft.find("bad_coordinates", column, value=shown)
            return
        if column == "latitude" and point == pair and pair[0] != pair[1]:
            draft.find("swapped_coordinates", column, f"{point[1]}, {point[0]}")
        draft.place_parts[column] = {"longitude": point[0], "latitude": point[1]}
        self._compare(draft, point)

    def _compare(self, draft: Draft, point: geo.Point) -> None:
        if self.areas.bounds is None:
            return
        derived = self.areas.at(point)
        stated = draft.parts.get("area", {}).get("areas", [])
        if derived is None:
            draft.find("outside_areas", "point", value=f"{point[1]}, {point[0]}")
        elif self.areas.conflicts(derived, stated):
            said = ", ".join(area.name for area in stated)
            draft.find("area_conflict", "area", derived.name, derived=derived.name, stated=said)

    def _website(self, draft: Draft, value: str) -> None:
        found, other = web.websites(value)
        if other:
            draft.kept["website"] = "; ".join(other)
            draft.find("bad_website", "website", value="; ".join(other))
        draft.parts["website"] = {"website": found[0] if found else ""}
        if found and found[0].rstrip("/").casefold() not in value.casefold():
            draft.find("repaired_website", "website", found[0])
        if len(found) > 1:
            draft.find("second_website", "website", "; ".join(found[1:]))
        draft.contacts["website"] = [("website", address, "", "public") for address in found[1:]]

    def _email(self, draft: Draft, value: str) -> None:
        read_cells.read_emails(draft, value, self.words.country)

    def _phone(self, draft: Draft, value: str) -> None:
        read_cells.read_phones(draft, value, self.words.country)

    def _person(self, draft: Draft, value: str) -> None:
        draft.find("personal_data", "person")
        draft.contacts["person"] = [("person", value[:300], "", "keepers")]

    def _description(self, draft: Draft, value: str, language: str = "nl") -> None:
        name = "description" if language == "nl" else f"description_{language}"
        draft.parts[name] = {f"description:{language}": self._public(draft, name, value)}

    def _public(self, draft: Draft, column: str, value: str) -> str:
        """The text without phone numbers and mail addresses, which are kept out of sight."""
        public, taken = web.without_personal(value, "[…]")
        if taken:
            draft.keep(f"{column}: personal", "; ".join(taken))
            draft.find("personal_data", column)
        return public

    def _description_en(self, draft: Draft, value: str) -> None:
        self._description(draft, value, "en")

    def _description_tr(self, draft: Draft, value: str) -> None:
        self._description(draft, value, "tr")

    def _description_ar(self, draft: Draft, value: str) -> None:
        self._description(draft, value, "ar")

    def _description_pt(self, draft: Draft, value: str) -> None:
        self._description(draft, value, "pt")

    def _note(self, draft: Draft, value: str) -> None:
        if web.without_personal(value, "")[1]:
            draft.find("personal_data", "note")
        draft.parts["note"] = {"note": value}

    def _languages(self, draft: Draft, value: str) -> None:
        found = []
        for name in text.several(value, r"[;\n|,/+&]+|\s+(?:en|and)\s+"):
            code = self.words.language(name)
            codes = [code] if code else self.words.languages(name)
            if not codes:
                self._unknown(draft, "unknown_language", "languages", name)
            found += [code for code in codes if code not in found]
        draft.parts["languages"] = {"languages": found}

    def _target_groups(self, draft: Draft, value: str) -> None:
        groups = text.several(self._public(draft, "target_groups", value))
        draft.parts["target_groups"] = {"target_groups": [group[:60] for group in groups]}

    def _hours(self, draft: Draft, value: str) -> None:
        reading = hours.read_hours(value)
        draft.hours = reading.stretches
        if reading.problem:
            code = HOURS_CODES[reading.problem]
            draft.find(code, "hours", self._meant(reading.meant), value=value)
        is_said = reading.stretches is None or reading.has_remark
        words = self._public(draft, "hours", value)[:300] if is_said else ""
        draft.place_parts["hours"] = {"access_note": words} if words else {}

    def _wheelchair(
        self,
        draft: Draft,
        value: str,
        field_name: str = "has_wheelchair_access",
        column: str = "wheelchair",
    ) -> None:
        answer = self.words.yes_no(value)
        if answer is None:
            draft.kept[column] = value
            draft.find("bad_yes_no", column, value=value)
        else:
            draft.place_parts[column] = {field_name: answer}

    def _toilet(self, draft: Draft, value: str) -> None:
        self._wheelchair(draft, value, "has_toilet", "toilet")

    def _kitchen(self, draft: Draft, value: str) -> None:
        self._wheelchair(draft, value, "has_kitchen", "kitchen")

    def _volunteers(self, draft: Draft, value: str) -> None:
        plain = re.sub(r"(?i)\s*(?:vrijwilligers?|volunteers?|personen|mensen)$", "", value.strip())
        plain = plain.replace(".", "").replace(" ", "")
        if not plain.isdecimal() or len(plain) > 7:
            draft.kept["volunteers"] = value
            draft.find("bad_number", "volunteers", value=value)
            return
        draft.volunteers = int(plain), dates.parse_cell(draft.raw.get("volunteers_on", ""))

    def _since(self, draft: Draft, value: str, name: str = "since") -> None:
        day = dates.parse_cell(value)
        if day is None:
            draft.kept[name] = value
            draft.find("bad_date", name, value=value)
        else:
            draft.parts[name] = {name: day}

    def _until(self, draft: Draft, value: str) -> None:
        self._since(draft, value, "until")

    def _forward(self, draft: Draft) -> None:
        since, until = draft.values.get("since"), draft.values.get("until")
        if since and until and until < since:
            draft.find("period_backwards", "until", value=draft.raw["until"])
            draft.kept["until"] = draft.raw["until"]
            del draft.parts["until"]

    def _is_place(self, draft: Draft, value: str) -> None:
        answer = self.words.yes_no(value)
        if answer is None:
            draft.find("bad_yes_no", "is_place", value=value)
        else:
            draft.wants_place = answer

    def _source(self, draft: Draft, value: str) -> None:
        draft.parts["source"] = {"source": value[:500]}

    def _confirmed_on(self, draft: Draft, value: str) -> None:
        read_cells.read_confirmation(draft, value)

    def _unknown(
        self, draft: Draft, code: str, column: str, word: str, close: str | None = None
    ) -> None:
        """Keep a word that is not known, and name it, unless somebody answered what to do with
        it.
        """
        answer = self.words.answers.other(column, word)
        if answer != ImportWord.Answer.SKIP:
            draft.keep(column, word)
        if not answer:
            draft.find(code, column, self._meant(close), value=word)

    @staticmethod
    def _meant(close: str | None) -> str:
        return message_meant(close) if close else ""


_ORDER = (
    "name",
    "slug",
    "listed_on",
    "identifier",
    "kvk",
    "kind",
    "role",
    "themes",
    "networks",
    "area",
    "street",
    "postcode",
    "city",
    "website",
    "email",
    "phone",
    "person",
    "description",
    "description_en",
    "description_tr",
    "description_ar",
    "description_pt",
    "note",
    "languages",
    "target_groups",
    "hours",
    "wheelchair",
    "toilet",
    "kitchen",
    "volunteers",
    "since",
    "until",
    "is_place",
    "source",
    "confirmed_on",
)


def _cut(name: str, longest: int) -> str:
    """The beginning of a long name, at a space when one is near."""
    start = name[: longest - 1]
    space = start.rfind(" ")
    return (start[:space] if space > longest - 40 else start).rstrip() + "…"
