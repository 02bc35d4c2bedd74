"""Turns a sentence about when into signs: ``D1`` a Tuesday, ``#2`` second, ``M3`` March."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from knooppunt.kit import recurrence_vocabulary as vocabulary
from knooppunt.kit.dates import parse_day
from knooppunt.kit.recurrence_vocabulary import KINDS, SILENT, TOKEN, WORDS
from knooppunt.kit.text import clean, fold

LONGEST_TEXT = 400
Span = tuple[date, date]
Holidays = Mapping[str, tuple[Span, ...]]


@dataclass
class Reading:
    """A sentence being read: the signs that are left, where each stands in the text, and what
    was strange.
    """

    text: str
    today: date
    holidays: Holidays = field(default_factory=dict)
    known_until: date | None = None
    line: str = "_"
    places: list[tuple[int, int]] = field(default_factory=lambda: [(0, 0)])
    strange: dict[int, str] = field(default_factory=dict)
    doubts: set[str] = field(default_factory=set)
    # Periods that begin and end on the same weekday: perhaps only that day of each week is meant.
    same_weekday: list[re.Match[str]] = field(default_factory=list)

    def take(self, pattern: str) -> list[re.Match[str]]:
        """Every stretch of signs that fits, struck from the line; one behind a lost ``niet`` is
        not understood.
        """
        whole = re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")
        found = list(whole.finditer(self.line))
        denied = [
            one
            for one in found
            if re.search(r" NOT(?: (?:\?|EVERY|MONTH))? $", one.string[: one.start()])
        ]
        self.line = whole.sub(lambda one: re.sub(r"\S+", "_", one[0]), self.line)
        for one in denied:
            self.refuse(one)
        return [one for one in found if one not in denied]

    def refuse(self, found: re.Match[str], group: int | str = 0) -> None:
        """Keeps the words behind a stretch of signs, to tell that they were not understood."""
        first = found.string[: found.start(group)].count(" ")
        start, end = self.places[first][0], self.places[first + found[group].count(" ")][1]
        self.strange[start] = self.text[start:end]

    def spans(self, sign: str) -> tuple[Span, ...]:
        """The coming periods of a holiday, by its sign; none when they are not known."""
        name = list(self.holidays)[int(sign[1:])] if sign[0] == "H" else sign
        spans = tuple(span for span in self.holidays.get(name, ()) if span[1] >= self.today)
        if spans:
            last = max(span[1] for span in spans)
            self.known_until = min(self.known_until or last, last)
        return spans

    def unknown(self) -> tuple[str, ...]:
        """All that was not understood, in the order of the sentence."""
        for sign, (start, end) in zip(self.line.split(" "), self.places, strict=True):
            if not SILENT.fullmatch(sign):
                self.strange.setdefault(start, self.text[start:end])
        return tuple(words for _start, words in sorted(self.strange.items()))


def signs(text: str, today: date, holidays: Holidays) -> Reading:
    """The sentence as a line of signs, each with its place in the text; words without meaning
    are left out.
    """
    typed = unicodedata.normalize("NFKC", clean(text[:LONGEST_TEXT]))[:LONGEST_TEXT]
    plain = "".join(flat if len(flat := fold(sign)) == 1 else sign for sign in typed)
    reading = Reading(typed, today, holidays)
    named = {name: f"H{number}" for number, name in enumerate(holidays)}
    for found in TOKEN.finditer(plain):
        before = reading.line.rsplit(" ", 1)[-1]
        kind, word = KINDS[(found.lastindex or 1) - 1], found[0].lower()
        is_named = kind == "word" and word in named and word not in WORDS
        sign = named[word] if is_named else _sign(kind, found[0], before)
        doubtful = vocabulary.DOUBTFUL_BEFORE.get(word)
        if (
            doubtful
            and doubtful.match(plain, found.end())
            and (word != "of" or before[0] in "D#M@")
        ):
            sign = "?"
            if word in vocabulary.UNTIL_WORDS:
                reading.doubts.add("last_month")
        # «10-12 in maart» are hours and a month, no days of March.
        if word == "in" and before.isdigit() and vocabulary.MONTH_NEXT.match(plain, found.end()):
            sign = ","
        for part in sign.split():
            reading.line += f" {part}"
            reading.places.append(found.span())
    reading.line = re.sub(r"BETWEEN ([^,]*) ,", r"FROM \1 TO", reading.line)
    return reading


def _sign(kind: str, word: str, before: str) -> str:
    match kind:
        case "word" if (
            word == "morgen"
        ):  # both tomorrow and the morning: "morgen om 10 uur", "dinsdag morgen"
            return "Pm" if re.match(r"D\d|EVERY$", before) else "@+1"
        case "word":
            return WORDS[word] if word in WORDS else vocabulary.weekday_sign(word[:30])
        case "date":
            plain = re.split("[ t]", word)[0]
            day = parse_day(re.sub(r"^(\d{1,2}[-/]\d{1,2}[-/])(\d\d)$", r"\g<1>20\2", plain))
            return f"@{day}" if day else "?"
        case "short date":
            return "{} M{}".format(*(int(part) for part in re.split("[-/]", word)))
        case "clock":
            return re.sub(r"[.uh]", ":", word)
        case "rank":
            return f"#{int(re.sub('[a-z]', '', word))}"
        case "number" if len(word) > 2:
            return f"Y{word}" if re.fullmatch(r"(?:19|20|21)\d\d", word) else "?"
    return word if kind == "number" else kind
