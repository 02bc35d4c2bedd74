"""What volunteers write about when something takes place is read as they mean it, and never
guessed.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from knooppunt.kit.recurrence_parser import Said, parse_when

SUNDAY = date(2026, 11, 22)
EIGHT, TEN, NOON, EVENING = time(8), time(10), time(12), time(20)
TEN_TO_TWELVE: dict[str, Any] = {"opens": TEN, "closes": NOON}
SEVEN_TO_NINE: dict[str, Any] = {"opens": time(19), "closes": time(21)}
TUESDAYS = "FREQ=WEEKLY;BYDAY=TU"
WORKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
FORTNIGHTLY = "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"
SECOND_TUESDAY = "FREQ=MONTHLY;BYDAY=2TU"
MARCH_3, MARCH_10, MARCH_14, MARCH_17 = (date(2027, 3, day) for day in (3, 10, 14, 17))
FEB_3, JUNE_30, BOXING_DAY = date(2027, 2, 3), date(2027, 6, 30), date(2026, 12, 26)
BOXING_DAYS = ((12, 26),)

DUTCH: list[tuple[str, Said]] = [
    # every week
    ("elke dinsdag van 10 tot 12", Said(TUESDAYS, **TEN_TO_TWELVE)),
    ("Iedere dinsdag, 10 tot 12 uur.", Said(TUESDAYS, **TEN_TO_TWELVE)),
    ("elke dinsdag 10-12", Said(TUESDAYS, **TEN_TO_TWELVE)),
    ("dinsdag 10.00 - 12.00 uur", Said(TUESDAYS, **TEN_TO_TWELVE)),
    ("dinsdag van 10:00 uur tot 12:00 uur", Said(TUESDAYS, **TEN_TO_TWELVE)),
    ("di. 10 - 12u", Said(TUESDAYS, **TEN_TO_TWELVE)),
    ("DINSDAGS TUSSEN 10 EN 12 UUR", Said(TUESDAYS, **TEN_TO_TWELVE)),
    ("op dinsdag", Said(TUESDAYS)),
    ("dinsdagochtend", Said(TUESDAYS)),
    ("elke dindag", Said(TUESDAYS)),
    ("woensdg 10-12", Said("FREQ=WEEKLY;BYDAY=WE", **TEN_TO_TWELVE)),
    ("woendsagmiddag", Said("FREQ=WEEKLY;BYDAY=WE")),
    ("donderdagmiddag", Said("FREQ=WEEKLY;BYDAY=TH")),
    ("di en do 13:30-15u", Said("FREQ=WEEKLY;BYDAY=TU,TH", opens=time(13, 30), closes=time(15))),
    ("ma/wo/vr 9:00–12:00", Said("FREQ=WEEKLY;BYDAY=MO,WE,FR", opens=time(9), closes=NOON)),
    ("zo, za en di", Said("FREQ=WEEKLY;BYDAY=TU,SA,SU")),
    ("maandag t/m vrijdag 9-17", Said(WORKDAYS, opens=time(9), closes=time(17))),
    (
        "van maandag tot en met vrijdag van 9 tot 17 uur",
        Said(WORKDAYS, opens=time(9), closes=time(17)),
    ),
    ("za t/m ma", Said("FREQ=WEEKLY;BYDAY=MO,SA,SU")),
    ("elke werkdag", Said(WORKDAYS)),
    ("elk weekend", Said("FREQ=WEEKLY;BYDAY=SA,SU")),
    ("elke dag", Said("FREQ=DAILY")),
    ("dagelijks van 10 tot 12", Said("FREQ=DAILY", **TEN_TO_TWELVE)),
    ("elke dag behalve zondag", Said("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA")),
    ("wekelijks", Said("FREQ=WEEKLY")),
    ("elke week op dinsdag", Said(TUESDAYS)),
    # every so many weeks
    ("om de week woensdag", Said(FORTNIGHTLY)),
    ("om de andere week op woensdag", Said(FORTNIGHTLY)),
    ("tweewekelijks woensdag", Said(FORTNIGHTLY)),
    ("elke twee weken op woensdag", Said(FORTNIGHTLY)),
    ("eens in de 2 weken woensdag", Said(FORTNIGHTLY)),
    ("elke 14 dagen op woensdag", Said(FORTNIGHTLY)),
    ("woensdag om de twee weken", Said(FORTNIGHTLY)),
    ("1x per 2 weken", Said("FREQ=WEEKLY;INTERVAL=2")),
    ("iedere 3 weken", Said("FREQ=WEEKLY;INTERVAL=3")),
    ("om de dag", Said("FREQ=DAILY;INTERVAL=2")),
    # every month
    ("elke 2e dinsdag", Said(SECOND_TUESDAY)),
    ("elke tweede dinsdag van de maand", Said(SECOND_TUESDAY)),
    ("2e dinsdag vd maand", Said(SECOND_TUESDAY)),
    ("2de di. v.d. maand", Said(SECOND_TUESDAY)),
    ("1e en 3e zondag", Said("FREQ=MONTHLY;BYDAY=1SU,3SU")),
    ("de eerste zondag van de maand", Said("FREQ=MONTHLY;BYDAY=1SU")),
    ("elke 1ste zondag", Said("FREQ=MONTHLY;BYDAY=1SU")),
    ("laatste vrijdag van de maand", Said("FREQ=MONTHLY;BYDAY=-1FR")),
    ("eerste, voorlaatste en laatste vrijdag", Said("FREQ=MONTHLY;BYDAY=1FR,-2FR,-1FR")),
    ("2e dinsdag en 4e donderdag van de maand", Said("FREQ=MONTHLY;BYDAY=2TU,4TH")),
    ("laatste werkdag van de maand", Said("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")),
    ("laatste dag van de maand", Said("FREQ=MONTHLY;BYMONTHDAY=-1")),
    ("elke maand op de 15e", Said("FREQ=MONTHLY;BYMONTHDAY=15")),
    ("elke 15e van de maand", Said("FREQ=MONTHLY;BYMONTHDAY=15")),
    ("maandelijks op de 1e en 15e", Said("FREQ=MONTHLY;BYMONTHDAY=1,15")),
    ("maandelijks", Said("FREQ=MONTHLY")),
    ("elk kwartaal de eerste maandag", Said("FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO")),
    ("eens per kwartaal op de 1e maandag van de maand", Said("FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO")),
    ("elke 3 maanden de laatste vrijdag", Said("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR")),
    ("om de maand op de 2e dinsdag", Said("FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU")),
    ("elk half jaar de 1e zaterdag", Said("FREQ=MONTHLY;INTERVAL=6;BYDAY=1SA")),
    # every year
    ("elk jaar op 27 april", Said("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=27")),
    ("jaarlijks op 5 mei", Said("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=5")),
    ("jaarlijks de laatste zaterdag van mei", Said("FREQ=YEARLY;BYMONTH=5;BYDAY=-1SA")),
    # part of the year
    ("elke dinsdag in juli en augustus", Said("FREQ=WEEKLY;BYMONTH=7,8;BYDAY=TU")),
    (
        "elke dinsdag van september t/m mei",
        Said("FREQ=WEEKLY;BYMONTH=1,2,3,4,5,9,10,11,12;BYDAY=TU"),
    ),
    (
        "elke dinsdag, niet in juli en augustus",
        Said("FREQ=WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=TU"),
    ),
    # once, or on listed days
    ("zondag 14 maart 2027 van 10 tot 12 uur", Said(days=(MARCH_14,), **TEN_TO_TWELVE)),
    ("14-3-2027 10:00", Said(days=(MARCH_14,), opens=TEN)),
    ("14/3 om 10 uur", Said(days=(MARCH_14,), opens=TEN)),
    ("op 14-3 10u30-12u", Said(days=(MARCH_14,), opens=time(10, 30), closes=NOON)),
    ("2027-03-14T10:00", Said(days=(MARCH_14,), opens=TEN)),
    ("3 maart om 10 uur", Said(days=(MARCH_3,), opens=TEN)),
    ("3 mrt. 10.00", Said(days=(MARCH_3,), opens=TEN)),
    ("morgen om 15 uur", Said(days=(date(2026, 11, 23),), opens=time(15))),
    ("vandaag 20.00", Said(days=(SUNDAY,), opens=EVENING)),
    ("overmorgen", Said(days=(date(2026, 11, 24),))),
    ("vanavond 8 uur", Said(days=(SUNDAY,), opens=EVENING)),
    ("a.s. zondag", Said(days=(date(2026, 11, 29),))),
    ("3, 10 en 17 maart van 10 tot 12", Said(days=(MARCH_3, MARCH_10, MARCH_17), **TEN_TO_TWELVE)),
    ("3 maart 2027, 10 maart 2027", Said(days=(MARCH_3, MARCH_10))),
    ("do 26 november en 3 december", Said(days=(date(2026, 11, 26), date(2026, 12, 3)))),
    ("12 t/m 14 december", Said(days=(date(2026, 12, 12), date(2026, 12, 13), date(2026, 12, 14)))),
    ("29 februari", Said(days=(date(2028, 2, 29),))),
    # times
    ("dinsdag half 8", Said(TUESDAYS, opens=time(7, 30))),
    ("dinsdag om half acht", Said(TUESDAYS, opens=time(7, 30))),
    ("dinsdag half acht 's avonds", Said(TUESDAYS, opens=time(19, 30))),
    ("dinsdagavond half acht", Said(TUESDAYS, opens=time(19, 30))),
    ("dinsdag kwart voor 8", Said(TUESDAYS, opens=time(7, 45))),
    ("dinsdag kwart over 8", Said(TUESDAYS, opens=time(8, 15))),
    ("dinsdag 8 uur 's avonds", Said(TUESDAYS, opens=EVENING)),
    ("’s avonds op dinsdag om acht uur", Said(TUESDAYS, opens=EVENING)),
    ("dinsdagochtend om 8 uur", Said(TUESDAYS, opens=EIGHT)),
    ("dinsdag van 7 tot 9 's avonds", Said(TUESDAYS, **SEVEN_TO_NINE)),
    ("dinsdagavond 7-9", Said(TUESDAYS, **SEVEN_TO_NINE)),
    ("dinsdagavond 19-21 uur", Said(TUESDAYS, **SEVEN_TO_NINE)),
    ("dinsdag van 10 tot 8 's avonds", Said(TUESDAYS, opens=TEN, closes=EVENING)),
    (
        "dinsdag van 9 uur 's ochtends tot 8 uur 's avonds",
        Said(TUESDAYS, opens=time(9), closes=EVENING),
    ),
    ("dinsdagmiddag van half 2 tot 4", Said(TUESDAYS, opens=time(13, 30), closes=time(16))),
    ("dinsdag om één uur 's middags", Said(TUESDAYS, opens=time(13))),
    ("dinsdag van tien tot twaalf", Said(TUESDAYS, **TEN_TO_TWELVE)),
    ("dinsdag 12 tot 14 uur", Said(TUESDAYS, opens=NOON, closes=time(14))),
    ("dinsdag 20 tot 24 uur", Said(TUESDAYS, opens=EVENING, closes=time(23, 59))),
    ("dinsdag 20.00-0.00", Said(TUESDAYS, opens=EVENING, closes=time(23, 59))),
    ("dinsdag vanaf 10 uur", Said(TUESDAYS, opens=TEN)),
    ("dinsdagmiddag half 3", Said(TUESDAYS, opens=time(14, 30))),
    ("dinsdag van 2 tot 4 's middags", Said(TUESDAYS, opens=time(14), closes=time(16))),
    ("dinsdag om 2.30 uur", Said(TUESDAYS, opens=time(2, 30))),
    ("dinsdag 02.30", Said(TUESDAYS, opens=time(2, 30))),
    ("dinsdag 6-22 uur", Said(TUESDAYS, opens=time(6), closes=time(22))),
    (
        "elke dinsdag 10-12 in mrt, apr en mei",
        Said("FREQ=WEEKLY;BYMONTH=3,4,5;BYDAY=TU", **TEN_TO_TWELVE),
    ),
    # exceptions and periods
    (
        "elke 2e dinsdag van 10 tot 12, niet in de schoolvakantie, vanaf 3 februari t/m 30 juni, "
        "behalve 26 december",
        Said(
            SECOND_TUESDAY, (), FEB_3, JUNE_30, TEN, NOON, True, False, except_each_year=BOXING_DAYS
        ),
    ),
    (
        "behalve 26 december vanaf 3 februari elke dinsdag niet op feestdagen 10-12 t/m 30 juni",
        Said(TUESDAYS, (), FEB_3, JUNE_30, TEN, NOON, False, True, except_each_year=BOXING_DAYS),
    ),
    ("elke dinsdag tot en met 30 juni", Said(TUESDAYS, until=JUNE_30)),
    ("elke dinsdag met ingang van 3 feb", Said(TUESDAYS, since=FEB_3)),
    ("elke dinsdag vanaf september", Said(TUESDAYS, since=date(2027, 9, 1))),
    ("elke dinsdag t/m juni", Said(TUESDAYS, until=JUNE_30)),
    ("elke dinsdag van 3 t/m 17 maart", Said(TUESDAYS, since=MARCH_3, until=MARCH_17)),
    (
        "elke dinsdag van 1 september t/m 30 juni 2027",
        Said(TUESDAYS, since=date(2026, 9, 1), until=JUNE_30),
    ),
    (
        "elke dinsdag vanaf 3 februari t/m 1 januari",
        Said(TUESDAYS, since=FEB_3, until=date(2028, 1, 1)),
    ),
    ("elke dinsdag behalve 26 december 2026", Said(TUESDAYS, except_days=(BOXING_DAY,))),
    ("elke dinsdag niet met kerst", Said(TUESDAYS, except_each_year=((12, 25), (12, 26)))),
    ("elke dinsdag niet met oud en nieuw", Said(TUESDAYS, except_each_year=((1, 1), (12, 31)))),
    ("elke dinsdag, ook in de schoolvakanties", Said(TUESDAYS)),
    ("elke dinsdag behalve in de vakanties", Said(TUESDAYS, skips_school_holidays=True)),
    (
        "elke dinsdag (niet in schoolvakanties en op feestdagen)",
        Said(TUESDAYS, (), None, None, None, None, True, True),
    ),
    ("in de schoolvakantie niet, elke dinsdag", Said(TUESDAYS, skips_school_holidays=True)),
    (
        "elke dinsdag behalve 26 december en 2 januari",
        Said(TUESDAYS, except_days=(date(2027, 1, 2),), except_each_year=BOXING_DAYS),
    ),
    (
        "elke dinsdag niet op 3, 10 en 17 maart",
        Said(TUESDAYS, except_days=(MARCH_3, MARCH_10, MARCH_17)),
    ),
    (
        "elke dinsdag behalve 26 t/m 27 december",
        Said(TUESDAYS, except_each_year=((12, 26), (12, 27))),
    ),
    (
        "elke dinsdag behalve 24, 25, 26 en 31 december",
        Said(TUESDAYS, except_each_year=((12, 24), (12, 25), (12, 26), (12, 31))),
    ),
    (
        "elke dinsdag behalve van 24 t/m 28 december",
        Said(TUESDAYS, except_days=tuple(date(2026, 12, day) for day in range(24, 29))),
    ),
    # what is left is told
    ("dinsdag 2-4", Said(TUESDAYS, unknown=("2-4",))),
    ("dinsdag 1-12", Said(TUESDAYS, unknown=("1-12",))),  # the first of December as well
    ("dinsdag half 3 tot half 5", Said(TUESDAYS, unknown=("half 3 tot half 5",))),
    ("dinsdag om kwart over 2", Said(TUESDAYS, unknown=("om kwart over 2",))),
    ("3 uur per week op dinsdag", Said(TUESDAYS, unknown=("3 uur per", "week"))),
    ("elke dinsdag +/- 10 uur", Said(TUESDAYS, opens=TEN, unknown=("+/-",))),
    ("elke dinsdag ±10 uur", Said(TUESDAYS, opens=TEN, unknown=("±",))),
    ("elke dinsdag 10-12?", Said(TUESDAYS, **TEN_TO_TWELVE, unknown=("?",))),
    (
        "elke dinsdag 10-12 tot april",
        Said("FREQ=WEEKLY;BYMONTH=4;BYDAY=TU", **TEN_TO_TWELVE, unknown=("tot",)),
    ),
    ("elke dinsdag tot april 2027", Said(TUESDAYS, unknown=("tot", "april", "2027"))),
    (
        "dinsdag 2 februari t/m dinsdag 16 februari",
        Said(
            days=tuple(date(2027, 2, day) for day in range(2, 17)),
            unknown=("dinsdag 2 februari t/m dinsdag 16 februari",),
        ),
    ),
    (
        "elke dinsdag 10-12 in de Grote zaal",
        Said(TUESDAYS, **TEN_TO_TWELVE, unknown=("Grote", "zaal")),
    ),
    ("dinsdag van 12 tot 10", Said(TUESDAYS, unknown=("12 tot 10",))),
    ("dinsdag van 10 tot 10", Said(TUESDAYS, unknown=("10 tot 10",))),
    ("dinsdag 25-26 uur", Said(TUESDAYS, unknown=("25-26 uur",))),
    ("dinsdag om 10.75", Said(TUESDAYS, unknown=("om 10.75",))),
    ("dinsdag tot 12 uur", Said(TUESDAYS, unknown=("tot 12 uur",))),
    ("dinsdag 10-12 en 14-16", Said(TUESDAYS, **TEN_TO_TWELVE, unknown=("14-16",))),
    (
        "dinsdag 10-12 voor kinderen van 4-12 jaar",
        Said(TUESDAYS, **TEN_TO_TWELVE, unknown=("voor", "kinderen", "4", "12", "jaar")),
    ),
    ("elke dinsdag, € 2.50", Said(TUESDAYS, unknown=("€ 2.50",))),
    ("elke dinsdag vanaf 32 maart", Said(TUESDAYS, unknown=("vanaf 32 maart",))),
    ("elke dinsdag behalve 30 februari", Said(TUESDAYS, unknown=("30 februari",))),
    ("elke dinsdag niet in de zomer", Said(TUESDAYS, unknown=("niet", "zomer"))),
    (
        "elke dinsdag behalve in de zomer (juli en augustus)",
        Said(TUESDAYS, unknown=("behalve", "zomer", "juli en augustus")),
    ),
    ("elke dag, niet op de eerste zondag", Said("FREQ=DAILY", unknown=("niet", "eerste zondag"))),
    ("zaterdag 14 maart 2027", Said(days=(MARCH_14,), unknown=("zaterdag",))),
    ("elke dinsdag, 3 maart ook", Said(TUESDAYS, unknown=("3 maart", "ook"))),
    ("maandelijks op dinsdag", Said("FREQ=MONTHLY", unknown=("dinsdag",))),
    ("jaarlijks op 30 februari", Said("FREQ=YEARLY", unknown=("30 februari",))),
]

SUMMER, NEXT_SUMMER, EASTER = (
    (date(2027, 7, 17), date(2027, 8, 29)),
    (date(2028, 7, 8), date(2028, 8, 20)),
    (date(2026, 4, 5), date(2026, 4, 6)),
)
HOLIDAYS = {
    "zomervakantie": (SUMMER, NEXT_SUMMER),
    "pasen": (EASTER,),
    "SCHOOL": (SUMMER, NEXT_SUMMER),
    "PUBLIC": (EASTER,),
}


@pytest.mark.parametrize(
    ("sentence", "spans"),
    [
        ("elke dinsdag in de zomervakantie", (SUMMER, NEXT_SUMMER)),
        ("in de Zomervakantie elke dinsdag", (SUMMER, NEXT_SUMMER)),
        ("alleen in schoolvakanties, elke dinsdag", (SUMMER, NEXT_SUMMER)),
    ],
)
def test_a_rule_holds_only_in_the_holidays_that_it_names(
    sentence: str, spans: tuple[tuple[date, date], ...]
) -> None:
    meant = Said(TUESDAYS, within=spans, known_until=NEXT_SUMMER[1])
    assert parse_when(sentence, SUNDAY, HOLIDAYS) == meant


def test_a_rule_skips_the_holidays_that_it_names() -> None:
    said = parse_when("elke dinsdag behalve in de zomervakantie", SUNDAY, HOLIDAYS)
    assert said and said.unknown == () and said.known_until == NEXT_SUMMER[1]
    assert said.except_within == (SUMMER, NEXT_SUMMER) and said.except_days == ()


@pytest.mark.parametrize(
    ("sentence", "unknown"),
    [
        ("elke dinsdag met pasen", ("pasen",)),  # its days are known of a past year only
        ("elke dinsdag behalve met pasen", ("pasen",)),
        ("elke dinsdag tot de zomervakantie", ("tot", "zomervakantie")),
        ("elke dinsdag vanaf de zomervakantie", ("vanaf", "zomervakantie")),
        ("elke dinsdag na de zomervakantie", ("na",)),
        ("om de week dinsdag in de zomervakantie", ("zomervakantie",)),
        ("3 maart in de zomervakantie", ("zomervakantie",)),
        ("elke dinsdag in de kerstvakantie", ("kerstvakantie",)),
    ],
)
def test_a_holiday_that_cannot_be_placed_is_told(sentence: str, unknown: tuple[str, ...]) -> None:
    said = parse_when(sentence, SUNDAY, HOLIDAYS)
    assert said and said.unknown == unknown


ENGLISH: list[tuple[str, Said]] = [
    ("every Tuesday from 10 to 12", Said(TUESDAYS, **TEN_TO_TWELVE)),
    ("Tuesdays 10:00-12:00", Said(TUESDAYS, **TEN_TO_TWELVE)),
    ("Tue 10am until noon", Said(TUESDAYS, **TEN_TO_TWELVE)),
    ("Tuseday morning", Said(TUESDAYS)),
    ("every Tuesday at 3pm", Said(TUESDAYS, opens=time(15))),
    ("every Tuesday, 7 to 9 p.m.", Said(TUESDAYS, **SEVEN_TO_NINE)),
    ("Tuesday evening from 7 to 9", Said(TUESDAYS, **SEVEN_TO_NINE)),
    ("Tuesday at half past 7 in the evening", Said(TUESDAYS, opens=time(19, 30))),
    ("Tuesday between 10 and 12 o'clock", Said(TUESDAYS, **TEN_TO_TWELVE)),
    ("Monday to Friday 9am - 5pm", Said(WORKDAYS, opens=time(9), closes=time(17))),
    ("every weekday", Said(WORKDAYS)),
    ("every weekday except Friday", Said("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH")),
    ("Tue & Thu", Said("FREQ=WEEKLY;BYDAY=TU,TH")),
    ("daily", Said("FREQ=DAILY")),
    ("every other Wednesday", Said(FORTNIGHTLY)),
    ("every two weeks on Wednesday", Said(FORTNIGHTLY)),
    ("fortnightly on Wednesday", Said(FORTNIGHTLY)),
    ("every 2nd Tuesday", Said(SECOND_TUESDAY)),
    ("second Tuesday of the month", Said(SECOND_TUESDAY)),
    ("once a month on the second Tuesday", Said(SECOND_TUESDAY)),
    ("the first and third Sunday of each month", Said("FREQ=MONTHLY;BYDAY=1SU,3SU")),
    ("last Friday of the month", Said("FREQ=MONTHLY;BYDAY=-1FR")),
    ("the 15th of every month", Said("FREQ=MONTHLY;BYMONTHDAY=15")),
    ("monthly on the 1st and 15th", Said("FREQ=MONTHLY;BYMONTHDAY=1,15")),
    ("quarterly on the first Monday", Said("FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO")),
    ("every three months on the last Friday", Said("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR")),
    ("every year on April 27", Said("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=27")),
    ("the last Saturday of May", Said("FREQ=YEARLY;BYMONTH=5;BYDAY=-1SA")),
    ("Sunday, March 14th, 2027 at 10am", Said(days=(MARCH_14,), opens=TEN)),
    ("March 3, 10 and 17 from 10 to 12", Said(days=(MARCH_3, MARCH_10, MARCH_17), **TEN_TO_TWELVE)),
    ("tomorrow at 3 pm", Said(days=(date(2026, 11, 23),), opens=time(15))),
    ("tonight at 8", Said(days=(SUNDAY,), opens=EVENING)),
    ("this Friday at noon", Said(days=(date(2026, 11, 27),), opens=NOON)),
    (
        "every Tuesday 10-12 from 3 February until 30 June, not in school holidays, not on public "
        "holidays",
        Said(TUESDAYS, (), FEB_3, JUNE_30, TEN, NOON, True, True),
    ),
    ("weekly on Tuesday, except for 26 December", Said(TUESDAYS, except_each_year=BOXING_DAYS)),
    ("Tuesdays 2-4", Said(TUESDAYS, unknown=("2-4",))),
    ("Tuesdays until June", Said("FREQ=WEEKLY;BYMONTH=6;BYDAY=TU", unknown=("until",))),
    ("every Tuesday at the library", Said(TUESDAYS, unknown=("library",))),
]


@pytest.mark.parametrize(("sentence", "meant"), DUTCH, ids=[sentence for sentence, _meant in DUTCH])
def test_a_dutch_sentence_is_read_as_it_is_meant(sentence: str, meant: Said) -> None:
    assert parse_when(sentence, SUNDAY) == meant


@pytest.mark.parametrize(
    ("sentence", "meant"), ENGLISH, ids=[sentence for sentence, _meant in ENGLISH]
)
def test_an_english_sentence_is_read_as_it_is_meant(sentence: str, meant: Said) -> None:
    assert parse_when(sentence, SUNDAY) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        ".",
        "🎉🎉",
        "שלום עולם",
        "\u202eelke\u202c",
        "12345",
        "0",
        "10-12",
        "1" * 10_000,
        "a" * 10_000,
        "op afspraak",
        "32 maart",
        "0 maart",
        "30 februari",
        "elke 9e dinsdag",
        "elke 0e dinsdag",
        "elke 0 weken",
        "mei",
        "in juli en augustus",
        "op de 15e",
        "eerste kerstdag",
        "volgende dinsdag",
        "volgende week dinsdag",
        "24/7",
        "dinsdag niet",
        "niet elke dinsdag",
        "1 maart 2027 t/m 30 juni 2028",
        "vanaf 3 maart",
        "99-99-2027",
        "\x00",
        "€",
    ],
)
def test_what_names_no_rule_and_no_day_is_not_guessed(text: str) -> None:
    assert parse_when(text, SUNDAY) is None


def test_signs_and_other_scripts_beside_a_rule_do_no_harm() -> None:
    assert parse_when("🎉 elke dinsdag! שלום", SUNDAY) == Said(TUESDAYS, unknown=("שלום",))


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    assert parse_when("elke dinsdag" + " " * 10_000 + "10-12", SUNDAY) == Said(TUESDAYS)
    assert parse_when("elke dinsdag van 10 tot 12" + ", 1e" * 3_000, SUNDAY) is not None


def test_a_day_without_a_year_may_be_today_and_else_is_the_next() -> None:
    assert parse_when("22 november", SUNDAY) == Said(days=(SUNDAY,))
    assert parse_when("21 november", SUNDAY) == Said(days=(date(2027, 11, 21),))
