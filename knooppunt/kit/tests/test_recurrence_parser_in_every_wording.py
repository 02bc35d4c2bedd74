"""Whatever somebody writes about when, in any order and wording, is read alike or not at all."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.kit.recurrence_parser import Said, parse_when

SUNDAY = date(2026, 11, 22)
RANKS = {
    1: "1e eerste",
    2: "2e tweede",
    3: "3e derde",
    4: "4e vierde",
    5: "5e vijfde",
    -1: "laatste",
    -2: "voorlaatste",
}
WEEKDAYS = {
    "MO": "maandag ma",
    "TU": "dinsdag di",
    "WE": "woensdag wo",
    "TH": "donderdag do",
    "FR": "vrijdag vr",
    "SA": "zaterdag za",
    "SU": "zondag zo",
}
KNOWN = (
    "elke om de 2e 1e laatste dinsdag werkdag zondagavond week weken maand kwartaal jaar 2 10 12 "
    "31 van tot t/m - , en "
    "niet behalve schoolvakantie feestdagen vanaf maart februari 2027 14-3-2027 10.30 uur half 's "
    "avonds morgen komende "
    "volgende tussen every other to 🎉"
).split()
HOURS = st.integers(min_value=0, max_value=23)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2099, 12, 31))


@given(st.text(max_size=500), DAYS)
def test_no_text_stops_the_reading(text: str, today: date) -> None:
    assert parse_when(text, today) is None or isinstance(parse_when(text, today), Said)


@given(st.lists(st.sampled_from(KNOWN), max_size=25).map(" ".join), DAYS)
def test_known_words_in_any_order_give_a_rule_that_a_calendar_accepts_or_nothing(
    text: str, today: date
) -> None:
    said = parse_when(text, today)
    assert said is None or bool(said.rule) != bool(said.days)
    if said and said.rule:
        assert rrulestr(said.rule, dtstart=datetime(2026, 1, 1))
    if said and said.closes:
        assert said.opens is not None and (said.opens < said.closes or said.closes <= time(6))
    if said and said.since and said.until:
        assert said.since <= said.until


@given(
    st.sampled_from(sorted(RANKS)),
    st.sampled_from(sorted(WEEKDAYS)),
    st.integers(1, 12),
    HOURS,
    HOURS,
)
def test_an_ordinal_weekday_is_one_in_every_wording(
    rank: int, code: str, months: int, opens: int, closes: int
) -> None:
    often = f"elke {months} maanden" if months > 1 else "van de maand"
    clock = f"van {opens} tot {closes} uur"
    variants = {
        parse_when(f"{every}{word} {day}{dot} {often} {clock}", SUNDAY)
        for every in ("", "elke ", "iedere ", "de ")
        for word in RANKS[rank].split()
        for day, dot in zip(WEEKDAYS[code].split(), ("", "."), strict=True)
    }
    assert len(variants) == 1
    said = variants.pop()
    interval = f"INTERVAL={months};" if months > 1 else ""
    assert said is not None and said.rule == f"FREQ=MONTHLY;{interval}BYDAY={rank}{code}"
    assert rrulestr(said.rule, dtstart=datetime(2026, 1, 1))
    until = time(closes) if closes else time(23, 59)
    is_night = opens >= 18 and 0 < closes <= 6
    assert (said.opens, said.closes) == (
        (time(opens), until) if time(opens) < until or is_night else (None, None)
    )
    assert bool(said.unknown) == (said.opens is None)


@given(st.sets(st.sampled_from(sorted(WEEKDAYS)), min_size=1), st.integers(1, 20), HOURS)
def test_weekdays_with_an_interval_are_the_same_in_every_wording(
    codes: set[str], weeks: int, hour: int
) -> None:
    names = [WEEKDAYS[code].split() for code in sorted(codes)]
    often = f"{weeks} weken" if weeks > 1 else "week"
    variants = {
        parse_when(
            f"{every} {often} {glue.join(name[number] for name in names)}, {hour}{uur}", SUNDAY
        )
        for every in ("elke", "iedere", "eens per", "Per")
        for number, glue in ((0, ", "), (0, " en "), (1, "/"))
        for uur in (" uur", "u", ":00")
    }
    in_order = ",".join(code for code in WEEKDAYS if code in codes)
    interval = f"INTERVAL={weeks};" if weeks > 1 else ""
    assert variants == {Said(f"FREQ=WEEKLY;{interval}BYDAY={in_order}", opens=time(hour))}
    assert rrulestr(f"FREQ=WEEKLY;{interval}BYDAY={in_order}", dtstart=datetime(2026, 1, 1))


@given(DAYS, DAYS)
def test_a_day_that_is_written_out_is_that_day(day: date, today: date) -> None:
    expected = Said(days=(day,))
    assert parse_when(f"{day.day}-{day.month}-{day.year}", today) == expected
    assert parse_when(day.isoformat(), today) == expected
    month = (
        "januari februari maart april mei juni juli augustus september oktober november december"
    ).split()[day.month - 1]
    assert parse_when(f"{day.day} {month} {day.year}", today) == expected
    without_year = parse_when(f"{day.day} {month}", today)
    assert without_year is not None and today <= without_year.days[0] <= today + timedelta(
        days=8 * 366
    )
