"""Reads how people say when something takes place (``elke 2e dinsdag van 10 tot 12``) and writes it as a calendar rule.

First every word becomes a sign (``D1`` a Tuesday, ``#2`` second, ``M3`` March, ``NOT`` niet or behalve), so that Dutch,
English and abbreviations look alike. Then patterns take from that line what they know, the surest first. What stays
behind is told to the reader instead of guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from knooppunt.kit.dates import parse_day
from knooppunt.kit.text import clean, fold

LONGEST = 400
LONGEST_STAY = 100
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = ("maandag monday", "dinsdag tuesday", "woensdag wednesday", "donderdag thursday", "vrijdag friday",
         "zaterdag saturday", "zondag sunday")  # fmt: skip
_LISTS = {  # a sign, the number of the first entry, and the words of every entry
    "D": (0, "ma mon|di tue tues|wo wed|do thu thur thurs|vr vrij fri|za zat sat|zo zon sun"),
    "M": (1, "januari january jan|februari february feb|maart march mrt mar|april apr|mei may|juni june jun|"
             "juli july jul|augustus august aug|september sept sep|oktober october okt oct|november nov|december dec"),
    "": (2, "twee two|drie three|vier four|vijf five|zes six|zeven seven|acht eight|negen nine|tien ten|elf eleven|"
            "twaalf twelve"),
    "#": (1, "eerste first|tweede second|derde third|vierde fourth|vijfde fifth|zesde sixth|zevende seventh|"
             "achtste eighth|negende ninth|tiende tenth"),
}  # fmt: skip
_SIGNS = {
    "": "op de het een van in is er a an the of on are s t dan vindt plaats takes place tijdens gedurende during",
    "EVERY": "elke elk ieder iedere alle per every each all steeds altijd telkens always",
    "AT": "om at", "TO": "tot till until til through thru to", "SINCE": "vanaf sinds ingaande since", "FROM": "from",
    "NOT": "niet behalve uitgezonderd geen buiten gesloten dicht not no excluding outside closed",
    "BETWEEN": "tussen between", ",": "en and plus", "HOUR": "u uur uren h hr hrs hour hours oclock", "HALF": "half",
    "COMING": "aanstaande komende eerstkomende eerstvolgende deze this coming upcoming", "NEXT": "volgende next",
    "DAY": "dag dagen day days", "WEEK": "week weken weeks", "MONTH": "maand maanden month months",
    "QUARTER": "kwartaal kwartalen quarter quarters", "YEAR": "jaar jaren year years", "2 WEEK": "fortnight",
    "EVERY DAY": "daily", "EVERY WEEK": "weekly", "EVERY 2 WEEK": "biweekly fortnightly veertiendaags",
    "EVERY MONTH": "monthly", "EVERY QUARTER": "quarterly", "EVERY YEAR": "yearly annually",
    "Pm": "ochtend ochtends morgens sochtends smorgens voormiddag morning mornings", "Pam": "am", "Ppm": "pm",
    "Pa": "middag middags smiddags namiddag afternoon afternoons", "Pe": "avond avonds savonds evening evenings",
    "12:00": "noon midday", "24:00": "middernacht midnight", "#-1": "laatste last", "#-2": "voorlaatste penultimate",
    "D01234": "werkdag werkdagen doordeweeks weekday weekdays", "D56": "weekend weekends weekenden weekeinde",
    "@+0": "vandaag today", "@+0 Pe": "vanavond tonight", "@+0 Pa": "vanmiddag", "@+0 Pm": "vanochtend vanmorgen",
    "@+1": "tomorrow", "@+1 Pe": "morgenavond", "@+1 Pa": "morgenmiddag", "@+1 Pm": "morgenochtend", "@+2": "overmorgen",
}  # fmt: skip
_WORDS = {word: sign for sign, words in _SIGNS.items() for word in words.split()} | {
    word: f"{sign}{number}"
    for sign, (first, entries) in _LISTS.items()
    for number, words in enumerate(entries.split("|"), first)
    for word in words.split()
}
_PHRASES = (
    ("ALT", r"om de(?: andere)?|every other|(?:elke|iedere) andere"),
    ("EVERY", r"(?:eens|eenmaal|een keer|1 ?x|1 keer|1 maal|once)(?: per| in de| in| every| elke| iedere| an?)?"),
    ("EVERY", r"(?:van|of|v\.?d\.?|v/d)(?: de| het| the)?(?= (?:maand|month|kwartaal|quarter|jaar|year))"),
    ("TO", r"tot (?:en met|aan)|t/?m|up to"),
    ("SINCE", r"met ingang van|m\.?i\.?v\.?|as of|starting(?: from| on)?"),
    ("NOT", r"met uitzondering van|m\.?u\.?v\.?|except(?: for)?"),
    ("SCHOOL", r"(?:school ?)?vakantie(?:s|perioden?|periodes|tijd|weken)?|school[ -]?(?:holiday|break|vacation)s?"),
    ("PUBLIC", r"(?:(?:officiele|nationale|erkende) )?feestdag(?:en)?|(?:public|bank|national) holidays?"),
    ("#-2", r"op een na laatste|second[ -]to[ -]last"), ("D01234", r"door de week|doordeweekse dagen"),
    ("QTO", r"kwart voor|quarter to"), ("QPAST", r"kwart over|quarter past"), ("HPAST", r"half past"),
    ("Pam", r"a\.m\.?"), ("Ppm", r"p\.m\.?"), ("HOUR", r"o['’]clock"), ("COMING", r"a\.s\.?"),
    ("HALFYEAR", r"half ?jaar|half[ -]year"), ("EVERY HALFYEAR", r"halfjaarlijkse?"),
    ("1", r"(?:(?<=om )|(?<=tot )|(?<=van )|(?<=voor )|(?<=over ))een(?= uur)|(?<=half )een|one(?= o['’]clock)"),
    ("often", r"[0-9a-z]{1,6}-(?:dage|weke|maande|jaar)lijkse?"),
)  # fmt: skip
_FIGURES = (
    ("?", r"€ ?[0-9]+(?:[.,][0-9]{2})?|[0-9]+[.,][0-9]{2} ?euro"),
    ("date", r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9])|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9])"),
    ("date", r"[0-9]{1,2}(?:-[0-9]{1,2}-|/[0-9]{1,2}/)(?:[0-9]{2}){1,2}(?![0-9])"),
    ("short date", r"(?!24/7)[0-9]{1,2}/(?:0?[1-9]|1[0-2])(?![0-9/])|(?:(?<=\bop )|(?<=\bon )|(?<=vanaf )|(?<=t/m )|"
                   r"(?<=behalve ))[0-9]{1,2}-(?:0?[1-9]|1[0-2])(?![0-9.:/-]| ?u)"),
    ("clock", r"[0-9]{1,2}[.:uh][0-9]{2}(?![0-9])"), ("rank", r"[0-9]{1,2}(?:ste|de|e|st|nd|rd|th)(?!\w)"),
    ("number", r"[0-9]+"), ("word", r"[^\W\d_]+"), (",", r"[,;&+/\n]"), ("-", r"[-–—−]"), ("", r"\S"),
)  # fmt: skip
_TOKEN = re.compile(
    "|".join([*(rf"((?<![^\W\d_])(?:{p})(?!\w))" for _sign, p in _PHRASES), *(f"({p})" for _sign, p in _FIGURES)])
)
_KINDS = [sign for sign, _pattern in (*_PHRASES, *_FIGURES)]
_SILENT = re.compile(r"_|,|-|EVERY|AT|FROM|HOUR|P[a-z]+")

# The grammar, over the line of signs. Every repetition begins with a sign of its own, so that reading stays linear.
_HOUR = r"(?:(HALF|QTO|QPAST|HPAST) )?(\d{1,2}:\d\d|\d{1,2}(?! (?:%sM\d|DAY|WEEK|MONTH|YEAR)))(?: HOUR)?(?: (P[a-z]+))?"
_CLOCK = _HOUR % ""
_STRETCH = rf"(?:(?:AT|SINCE|FROM) )?{_CLOCK} (?:TO|-) (?:AT )?{_CLOCK}"
_BETWEEN = rf"BETWEEN {_CLOCK} , {_CLOCK}"
_BEGIN = rf"(?:(?:AT|SINCE|FROM) |(?=[HQ]|\d+:|\d+ (?:HOUR|P[a-z]))){_HOUR % '(?:TO|-) |'}"
_WD = r"(?:(?<!EVERY )D\d[a-z]?(?: P[a-z]+)?(?: ,)? )?"
_N = r"#?\d{1,2}"
_Y = r"(?:(?: ,)? Y\d{4})?"
_ONE = rf"{_WD}(?:@\S+|{_N} M\d+{_Y}|M\d+ {_N}(?! [DM]\d){_Y})"
_DATES = rf"(?:{_WD}{_N}(?:(?: ,)+ {_WD}{_N}){{1,30}} M\d+{_Y}|M\d+ {_N}(?:(?: ,)+ {_N}){{1,30}}(?! [DM]\d){_Y}|{_ONE})"
_SPAN = rf"(?:{_ONE}|{_WD}{_N})(?: ,)? (?:TO|-) {_ONE}"
_MONTHS = rf"M\d+(?:(?: (?:,|TO|-))+ M\d+)*(?! (?:{_N}|Y\d+)(?!\S))"
_SEASON = rf"FROM M\d+ TO M\d+|(?<!SINCE )(?<!FROM )(?<!TO )(?<![ #]\d )(?<![ #]\d\d ){_MONTHS}"
_DAYS = r"D\d+[a-z]?(?: P[a-z]+)?(?:(?:(?: ,)+| (?:TO|-)) D\d+[a-z]?(?: P[a-z]+)?)*"
_ITEM = rf"(?:SCHOOL|PUBLIC|{_SPAN}|{_DATES}|{_MONTHS})"
_SKIP = rf"NOT {_ITEM}(?:(?: ,)+ (?:NOT )?{_ITEM}){{0,20}}"
_SKIP_BEHIND = rf"(?:SCHOOL|PUBLIC)(?:(?: ,)+ (?:SCHOOL|PUBLIC))* NOT|{_DATES} NOT"


@dataclass(frozen=True)
class Said:
    """What a sentence says about when.

    ``rule`` is an RRULE without DTSTART and UNTIL, empty for something on the listed ``days`` only; ``until`` belongs to the
    period. ``unknown`` holds, in order, what was not understood.
    """

    rule: str = ""
    days: tuple[date, ...] = ()
    since: date | None = None
    until: date | None = None
    opens: time | None = None
    closes: time | None = None
    skips_school_holidays: bool = False
    skips_public_holidays: bool = False
    except_days: tuple[date, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass
class _Reading:
    """A sentence being read: the line of signs that are left, and what was found to be strange in it."""

    text: str
    today: date
    line: str = "_"
    places: list[tuple[int, int]] = field(default_factory=lambda: [(0, 0)])
    strange: dict[int, str] = field(default_factory=dict)
    skips: set[str] = field(default_factory=set)
    days_off: set[date] = field(default_factory=set)
    months_off: set[int] = field(default_factory=set)

    def take(self, pattern: str) -> re.Match[str] | None:
        """The first stretch of signs that fits; it is struck from the line."""
        found = re.search(rf"(?<!\S)(?:{pattern})(?!\S)", self.line)
        if found:
            struck = re.sub(r"\S+", "_", found[0])
            self.line = f"{self.line[: found.start()]}{struck}{self.line[found.end() :]}"
        return found

    def all(self, pattern: str) -> Iterator[re.Match[str]]:
        """Every stretch of signs that fits, each struck from the line."""
        while found := self.take(pattern):
            yield found

    def refuse(self, found: re.Match[str], group: int | str = 0) -> None:
        """Keeps the words behind a stretch of signs, to tell that they were not understood."""
        first = found.string[: found.start(group)].count(" ")
        last = first + found[group].count(" ")
        self.strange[self.places[first][0]] = self.text[self.places[first][0] : self.places[last][1]]

    def unknown(self) -> tuple[str, ...]:
        """All that was not understood, in the order of the sentence."""
        for sign, (start, end) in zip(self.line.split(" "), self.places, strict=True):
            if not _SILENT.fullmatch(sign):
                self.strange.setdefault(start, self.text[start:end])
        return tuple(words for _start, words in sorted(self.strange.items()))


def parse_when(text: str, today: date) -> Said | None:
    """What a sentence says about when; None when neither a rule nor a day is understood.

    Days without a year are the next such day on or after ``today``.
    """
    reading = _signs(text, today)
    opens, closes = _times(reading)
    _exceptions(reading)
    months = list(reading.all(_SEASON))
    since, until = _period(reading)
    rule, days = _rule_or_days(reading, {month for found in months for month in _ranged(found[0], "M", 12, 1)})
    if not rule:
        for found in months:
            reading.refuse(found)
        if not days and since and until and (until - since).days < LONGEST_STAY:
            days, since, until = _stay(since, until), None, None
    if not rule and not days:
        return None
    return Said(rule, tuple(sorted(set(days))), since, until, opens, closes, "SCHOOL" in reading.skips,
                "PUBLIC" in reading.skips, tuple(sorted(reading.days_off)), reading.unknown())  # fmt: skip


def _signs(text: str, today: date) -> _Reading:
    """The sentence as a line of signs, each with its place in the text; words without meaning are left out."""
    typed = unicodedata.normalize("NFKC", clean(text[:LONGEST]))[:LONGEST]
    folded = ((sign, fold(sign)) for sign in typed)
    plain = "".join(flat if len(flat) == 1 else sign for sign, flat in folded)
    reading = _Reading(typed, today)
    for found in _TOKEN.finditer(plain):
        for sign in _sign(_KINDS[(found.lastindex or 1) - 1], found[0], reading.line.rsplit(" ", 1)[-1]).split():
            reading.line += f" {sign}"
            reading.places.append(found.span())
    return reading


def _sign(kind: str, word: str, before: str) -> str:
    match kind:
        case "word" if word == "morgen":  # both tomorrow and the morning: "morgen om 10 uur", "dinsdag morgen"
            return "Pm" if re.match(r"D\d|EVERY$", before) else "@+1"
        case "word" | "often":
            return _word(word)
        case "date":
            day = parse_day(re.sub(r"^(\d{1,2}[-/]\d{1,2}[-/])(\d\d)$", r"\g<1>20\2", word))
            return f"@{day}" if day else "?"
        case "short date":
            return "{} M{}".format(*(int(part) for part in re.split("[-/]", word)))
        case "clock":
            return re.sub(r"[.uh]", ":", word)
        case "rank":
            return f"#{int(re.sub(r'[a-z]', '', word))}"
        case "number" if len(word) > 2:
            return f"Y{word}" if re.fullmatch(r"(?:19|20|21)\d\d", word) else "?"
    return word if kind == "number" else kind


@lru_cache(maxsize=4096)
def _word(word: str) -> str:
    if word in _WORDS:
        return _WORDS[word]
    often = re.fullmatch(r"(.*?)-?(dage|weke|maande|jaar)lijkse?", word)
    if often:
        number = _WORDS.get(often[1], often[1])
        unit = {"d": "DAY", "w": "WEEK", "m": "MONTH", "j": "YEAR"}[often[2][0]]
        return f"EVERY {number} {unit}" if re.fullmatch(r"\d{0,2}", number) else "?"
    found = re.fullmatch(r"(.+?)(ochtend|morgen|voormiddag|middag|namiddag|avond)?(?:s|en)?", word[:30])
    stem, part = (found[1], found[2]) if found else (word, None)
    day = _meant(stem, _WEEK, 6)
    if day is not None:
        return f"D{day}{_WORDS.get(part, 'Pm')[1] if part else ''}"
    month = _meant(word, _LISTS["M"][1].split("|"), 7)
    return "?" if month is None else f"M{month + 1}"


def _meant(word: str, entries: Sequence[str], shortest: int) -> int | None:
    """The number of the only entry with a name at most one letter away; names that are too short are not guessed at."""
    near = {
        number
        for number, names in enumerate(entries)
        for name in names.split()
        if len(name) >= shortest and DamerauLevenshtein.distance(word, name, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None


def _times(reading: _Reading) -> tuple[time | None, time | None]:
    """Begin and end; of several times the first counts and the others are not understood."""
    stretches = [*reading.all(_STRETCH), *reading.all(_BETWEEN)]
    for found in reading.all(rf"TO {_CLOCK}"):
        reading.refuse(found)  # an end without a begin
    begins = list(reading.all(_BEGIN))
    parts = set(re.findall(r"(?<!\S)(?:D\d+|P)([mae])(?!\S)", reading.line))
    part = f"P{parts.pop()}" if len(parts) == 1 else ""
    for found in [*stretches, *begins][1:]:
        reading.refuse(found)
    if stretches:
        both = _stretch(stretches[0], part)
        if both is None:
            reading.refuse(stretches[0])
        return both or (None, None)
    begin = _minutes(begins[0][1], begins[0][2], begins[0][3] or part) if begins else None
    if begins and begin is None:
        reading.refuse(begins[0])
    return (None if begin is None else _clock(begin % 1440)), None


def _stretch(found: re.Match[str], part: str) -> tuple[time, time] | None:
    """Both ends of ``van 7 tot 9 's avonds``: a part of the day behind the end holds for the begin too, if that can be."""
    begin = _minutes(found[1], found[2], found[3] or found[6] or part)
    end = _minutes(found[4], found[5], found[6] or found[3] or part)
    if begin is None or end is None:
        return None
    end = end or 1440
    if begin >= end and found[6] and not found[3]:
        begin = _minutes(found[1], found[2], "") or 0
    return (_clock(begin), _clock(end)) if begin < end else None


def _minutes(fraction: str | None, clock: str, part: str) -> int | None:
    """Minutes since midnight, 0 to 1440; ``8 's avonds`` is 20:00, but 19 and 07 stay what they are."""
    hour, _, minute = clock.partition(":")
    if int(hour) > 24 or int(minute or 0) > 59:
        return None
    total = (
        int(hour) * 60 + int(minute or 0) + {"HALF": -30, "QTO": -15, "QPAST": 15, "HPAST": 30}.get(fraction or "", 0)
    )
    if part == "Pam" and total >= 720:
        total -= 720
    elif (part == "Ppm" and total < 720) or (not clock.startswith("0") and (
        (part == "Pe" and (300 <= total < 720 or clock == "12")) or (part == "Pa" and total < 420)
    )):
        total += 720
    return total if 0 <= total <= 1440 else None


def _clock(minutes: int) -> time:
    return time(23, 59) if minutes == 1440 else time(*divmod(minutes, 60))


def _exceptions(reading: _Reading) -> None:
    """Takes every ``niet in de schoolvakantie`` and ``behalve 26 december en 2 januari`` from the line."""
    for found in [*reading.all(_SKIP), *reading.all(_SKIP_BEHIND)]:
        for item in re.compile(rf"(?<!\S){_ITEM}(?!\S)").finditer(found.string, found.start(), found.end()):
            span = _span(reading, item) if re.fullmatch(_SPAN, item[0]) else None
            if item[0] in ("SCHOOL", "PUBLIC"):
                reading.skips.add(item[0])
            elif re.fullmatch(_MONTHS, item[0]):
                reading.months_off |= _ranged(item[0], "M", 12, 1)
            elif days := set(_stay(*span)) if span else set(_dates(reading, item, reading.today)):
                reading.days_off |= days
            else:
                reading.refuse(item)


def _period(reading: _Reading) -> tuple[date | None, date | None]:
    """The first and the last day of a period, as far as they are said."""
    found = reading.take(rf"(?:(?:SINCE|FROM) )?{_SPAN}")
    if found:
        span = _span(reading, found)
        if span is None:
            reading.refuse(found)
        return span or (None, None)
    ends: list[date | None] = [None, None]
    for at, pattern in enumerate((rf"(?:SINCE|FROM) (?:{_ONE}|M\d+{_Y})", rf"TO (?:{_ONE}|M\d+{_Y})")):
        if found := reading.take(pattern):
            base = ends[0] or reading.today
            named = _month(found[0], base)[at:] or _dates(reading, found, base)
            if named and (ends[0] is None or named[0] >= ends[0]):
                ends[at] = named[0]
            else:
                reading.refuse(found)
    return ends[0], ends[1]


def _span(reading: _Reading, found: re.Match[str]) -> tuple[date, date] | None:
    """Both ends of ``3 februari t/m 30 juni``; a month or year that only the second has holds for the first too."""
    first, last = re.compile(rf"(?<!\S)(?:{_ONE}|{_WD}{_N})(?!\S)").finditer(found.string, found.start(), found.end())
    since = _dates(reading, first, reading.today, f" {last[0]}")
    until = _dates(reading, last, since[0]) if since else ()
    if until and since[0] > until[0] and "Y" not in first[0]:  # "1 september t/m 30 juni 2027" began a year before
        since = _dates(reading, first, date(max(1, since[0].year - 1), 1, 1), re.sub(r" Y\d+", "", f" {last[0]}"))
    return (since[0], until[0]) if until and since[0] <= until[0] else None


def _stay(since: date, until: date) -> tuple[date, ...]:
    """Every day of a short period; nothing for one that is too long to be meant day by day."""
    length = (until - since).days
    return tuple(since + timedelta(number) for number in range(length + 1)) if length < LONGEST_STAY else ()


def _dates(reading: _Reading, found: re.Match[str], base: date, like: str = "") -> tuple[date, ...]:
    """The days in a stretch of signs, from ``base`` on; empty when one does not exist. ``like`` lends a month and year."""
    month, year = (re.search(rf" {letter}(\d+)", f" {found[0]}{like}") for letter in "MY")
    days = []
    named = re.compile(r"(?<!\S)(?:(?P<word>D(\d)[a-z]?)(?: P[a-z]+)?(?: ,)? )?(?:#?(\d{1,2})|@(\S+))(?!\S)")
    for part in named.finditer(found.string, found.start(), found.end()):
        if part[4]:
            day = reading.today + timedelta(int(part[4])) if part[4][0] == "+" else date.fromisoformat(part[4])
        else:
            day = _next(int(part[3]), int(month[1]) if month else 0, int(year[1]) if year else 0, base)
        if day is None:
            return ()
        if part["word"] and int(part[2]) != day.weekday():
            reading.refuse(part, "word")
        days.append(day)
    return tuple(days)


def _next(number: int, month: int, year: int, base: date) -> date | None:
    """The next such day on or after ``base``, or the one of that year; None when there is none."""
    for chosen in (year,) if year else range(base.year, base.year + 9):
        try:
            day = date(chosen, month, number)
        except ValueError:
            continue
        if year or day >= base:
            return day
    return None


def _month(signs: str, base: date) -> tuple[date, ...]:
    """The first and last day of a month that has not ended on ``base``."""
    found = re.fullmatch(r"\w+ M(\d+)(?:(?: ,)? Y(\d+))?", signs)
    if not found:
        return ()
    number = int(found[1])
    year = int(found[2]) if found[2] else base.year + (number < base.month)
    following = date(year + number // 12, number % 12 + 1, 1)
    return date(year, number, 1), following - timedelta(1)


def _ranged(signs: str, letter: str, size: int, first: int = 0) -> set[int]:
    """The weekdays or months in a list of signs; ``TO`` and ``-`` fill what lies between, past the end if need be."""
    found: list[int] = []
    is_range = False
    for sign in signs.split():
        digits = re.sub(r"\D", "", sign) if sign.startswith(letter) else ""
        values = [int(digits)] if digits and letter == "M" else [int(digit) for digit in digits]
        if is_range and values and found:
            start = found[-1]
            found += [(start - first + step) % size + first for step in range((values[0] - start) % size)]
        found += values
        is_range = sign in ("TO", "-") or (is_range and not values)
    return set(found)


def _rule_or_days(reading: _Reading, months: set[int]) -> tuple[str, list[date]]:
    """The rule, or else the days named one by one; with a rule such days are not understood."""
    fixed = _ordinal_days(reading)
    freq, interval = _frequency(reading, bool(fixed))
    fixed = fixed or _month_days(reading, freq) or (_year_day(reading) if freq == "YEARLY" else {})
    listed = _listed(reading)
    if fixed:
        freq = freq or ("YEARLY" if len(months) == 1 else "MONTHLY")
    elif freq in ("", "WEEKLY") or (freq, interval) == ("DAILY", 1):
        week = _weekdays(reading, freq == "DAILY")
        fixed = {"BYDAY": ",".join(_CODES[day] for day in sorted(week))} if week else {}
        freq = "WEEKLY" if week else freq
    if not freq:
        return "", [day for days in listed.values() for day in days]
    for found in listed:
        reading.refuse(found)
    chosen = (months or set(range(1, 13))) - reading.months_off
    by_month = {"BYMONTH": ",".join(map(str, sorted(chosen)))} if 0 < len(chosen) < 12 else {}
    parts = {"FREQ": freq, **({"INTERVAL": str(interval)} if interval > 1 else {}), **by_month, **fixed}
    order = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS")
    return ";".join(f"{key}={parts[key]}" for key in order if key in parts), []


def _ordinal_days(reading: _Reading) -> dict[str, str]:
    """The parts of a rule for ``2e dinsdag``, ``1e en 3e zondag``, ``laatste werkdag`` and ``laatste dag van de maand``."""
    day = r"D\d+[a-z]?(?: P[a-z]+)?"
    named: set[tuple[int, int]] = set()
    parts: dict[str, str] = {}
    for found in reading.all(
        rf"(#-?\d+(?:(?: ,)+ (?:EVERY )?#-?\d+){{0,9}}) (DAY(?= EVERY MONTH)|{day}(?:(?: ,)+ {day})*)"
    ):
        numbers = [int(number) for number in re.findall(r"-?\d+", found[1])]
        weekdays = re.findall(r"D(\d+)", found[2])
        if found[2] == "DAY" and not (parts or named or numbers != [-1]):
            parts = {"BYMONTHDAY": "-1"}
        elif weekdays == ["01234"] and not (parts or named) and numbers in ([1], [2], [3], [4], [5], [-1], [-2]):
            parts = {"BYDAY": ",".join(_CODES[:5]), "BYSETPOS": str(numbers[0])}
        elif (
            all(number in (1, 2, 3, 4, 5, -1, -2) for number in numbers)
            and all(len(one) == 1 for one in weekdays)
            and weekdays
            and not parts
        ):
            named |= {(number, int(one)) for number in numbers for one in weekdays}
        else:
            reading.refuse(found)
    in_order = sorted(named, key=lambda pair: (pair[0] % 10, pair[1]))  # the last ones behind the first ones
    return parts or ({"BYDAY": ",".join(f"{number}{_CODES[one]}" for number, one in in_order)} if named else {})


def _frequency(reading: _Reading, is_fixed: bool) -> tuple[str, int]:
    """How often, from ``om de week`` or ``elk kwartaal``; ``van de maand`` next to something longer adds nothing."""
    units = {"DAY": ("DAILY", 1), "WEEK": ("WEEKLY", 1), "MONTH": ("MONTHLY", 1), "QUARTER": ("MONTHLY", 3),
             "HALFYEAR": ("MONTHLY", 6), "YEAR": ("YEARLY", 1)}  # fmt: skip
    freq, interval = "", 1
    pattern = (
        r"(EVERY|ALT)(?: #?(\d{1,2}))? (DAY(?! EVERY MONTH)|WEEK(?! EVERY MONTH)|MONTH|QUARTER|HALFYEAR|YEAR|P[mae])"
    )
    for found in reading.all(rf"{pattern}|(ALT)(?= D\d)"):
        name, times = units.get(found[3], ("DAILY", 1)) if found[3] else ("WEEKLY", 1)
        count = int(found[2] or (1 if found[1] == "EVERY" else 2)) * times
        if name == "DAILY" and count and count % 7 == 0:
            name, count = "WEEKLY", count // 7
        is_plain = (name, count) == ("MONTHLY", 1)
        is_strange = not count or (is_fixed and name in ("DAILY", "WEEKLY"))
        if is_strange or (freq and not is_plain and (freq, interval) != ("MONTHLY", 1)):
            reading.refuse(found)
        elif not (freq and is_plain):
            freq, interval = name, count
    return freq, interval


def _month_days(reading: _Reading, freq: str) -> dict[str, str]:
    """The parts of a rule for ``maandelijks op de 1e en 15e`` and ``elke 15e``."""
    every = "(?:EVERY )?" if freq == "MONTHLY" else "EVERY "
    found = (
        reading.take(rf"{every}#\d+(?:(?: ,)+ #\d+)*(?! (?:M\d|D\d|DAY|WEEK|MONTH))")
        if freq in ("", "MONTHLY")
        else None
    )
    numbers = {int(number) for number in re.findall(r"\d+", found[0])} if found else set()
    if found and not all(1 <= number <= 31 for number in numbers):
        reading.refuse(found)
        return {}
    return {"BYMONTHDAY": ",".join(map(str, sorted(numbers)))} if numbers else {}


def _year_day(reading: _Reading) -> dict[str, str]:
    """The parts of a rule for ``jaarlijks op 5 mei``; a day with a year does not come back."""
    found = reading.take(_DATES)
    days = _dates(reading, found, reading.today) if found else ()
    if found and (not days or re.search(r"[@Y]", found[0])):
        reading.refuse(found)
        return {}
    numbers = ",".join(map(str, sorted(day.day for day in days)))
    return {"BYMONTH": str(days[0].month), "BYMONTHDAY": numbers} if days else {}


def _listed(reading: _Reading) -> dict[re.Match[str], tuple[date, ...]]:
    """The days named one by one, each with its place in the sentence."""
    listed = {}
    for found in reading.all(rf"(?:COMING|NEXT) D\d[a-z]?|{_DATES}"):
        days = _dates(reading, found, reading.today)
        if found[0].startswith("COMING"):
            ahead = (int(re.sub(r"\D", "", found[0])) - reading.today.weekday() - 1) % 7 + 1
            days = (reading.today + timedelta(ahead),)
        if days:
            listed[found] = days
        else:  # "volgende dinsdag" means another day to different people
            reading.refuse(found)
    return listed


def _weekdays(reading: _Reading, is_daily: bool) -> set[int]:
    """The weekdays of a weekly rule, less those that are excepted; ``elke dag behalve zondag`` is six of them."""
    without = [*reading.all(rf"NOT {_DAYS}"), *reading.all(rf"{_DAYS} NOT(?=$| ,)")]
    off = {day for found in without for day in _ranged(found[0], "D", 7)}
    days = {day for found in reading.all(_DAYS) for day in _ranged(found[0], "D", 7)}
    left = (days or (set(range(7)) if is_daily and off else set())) - off
    if not left:
        for found in without:
            reading.refuse(found)
    return left
