"""The words by which people say when something takes place, in Dutch and English, each with the
sign it stands for.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import DamerauLevenshtein

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
UNITS = {
    "DAY": ("DAILY", 1),
    "WEEK": ("WEEKLY", 1),
    "MONTH": ("MONTHLY", 1),
    "QUARTER": ("MONTHLY", 3),
    "HALFYEAR": ("MONTHLY", 6),
    "YEAR": ("YEARLY", 1),
}
LISTS = {  # a sign, the number of its first entry, and the words of every entry
    "D": (
        0,
        "maandag monday ma mon|dinsdag tuesday di tue tues|woensdag wednesday wo wed|donderdag "
        "thursday do thu "
        "thur|vrijdag friday vr vrij fri|zaterdag saturday za zat sat|zondag sunday zo zon sun",
    ),
    "M": (
        1,
        "januari january jan|februari febuari february feb|maart march mrt mar|april apr|mei "
        "may|juni june jun|"
        "juli july jul|augustus august aug|september sept sep|oktober october okt oct|november "
        "nov|december dec",
    ),
    "": (
        2,
        "twee two|drie three|vier four|vijf five|zes six|zeven seven|acht eight|negen nine|tien "
        "ten|elf eleven|"
        "twaalf twelve",
    ),
    "#": (
        1,
        "eerste first|tweede second|derde third|vierde fourth|vijfde fifth|zesde "
        "sixth|zevende|achtste|negende",
    ),
}
SIGNS = {
    "": "op de het een van in is er a an the of on are s t dan vindt plaats takes place tijdens "
    "gedurende during met",
    "EVERY": "elke elk ieder iedere alle per every each all steeds altijd telkens always",
    "AT": "om at aanvang",
    "TO": "tot till until til through thru to",
    "SINCE": "vanaf sinds ingaande since start startend starting begint beginnend",
    "FROM": "from",
    "NOT": "niet behalve uitgezonderd geen buiten gesloten dicht not no excluding outside closed",
    "BETWEEN": "tussen between",
    ",": "en and plus",
    "HOUR": "u uur uren h hr hrs hour hours oclock",
    "HALF": "half",
    "ONLY": "alleen only",
    "ALSO": "ook also",
    "COMING": "aanstaande komende eerstkomende eerstvolgende deze this coming upcoming",
    "NEXT": "volgende next",
    "DAY": "dag dagen day days",
    "WEEK": "week weken weeks",
    "MONTH": "maand maanden month months",
    "QUARTER": "kwartaal kwartalen quarter quarters",
    "YEAR": "jaar jaren year years",
    "2 WEEK": "fortnight",
    "EVERY DAY": "dagelijks dagelijkse daily",
    "EVERY WEEK": "wekelijks wekelijkse weekly",
    "EVERY 2 WEEK": "tweewekelijks tweewekelijkse veertiendaags biweekly fortnightly",
    "EVERY 3 WEEK": "driewekelijks",
    "EVERY 4 WEEK": "vierwekelijks",
    "EVERY MONTH": "maandelijks maandelijkse monthly",
    "EVERY QUARTER": "quarterly",
    "EVERY 2 MONTH": "tweemaandelijks",
    "EVERY 3 MONTH": "driemaandelijks",
    "EVERY HALFYEAR": "halfjaarlijks",
    "EVERY YEAR": "jaarlijks jaarlijkse yearly annually",
    "12:00": "noon midday",
    "24:00": "middernacht midnight",
    "Pm": "ochtend ochtends morgens sochtends smorgens voormiddag morning mornings",
    "Pam": "am",
    "Ppm": "pm",
    "Pa": "middag middags smiddags namiddag afternoon afternoons",
    "Pe": "avond avonds savonds evening evenings",
    "D01234": "werkdag werkdagen doordeweeks weekday weekdays",
    "D56": "weekend weekends weekenden weekeinde",
    "@+0": "vandaag today",
    "@+0 Pe": "vanavond tonight",
    "@+0 Pa": "vanmiddag",
    "@+0 Pm": "vanochtend vanmorgen",
    "@+1": "tomorrow",
    "@+1 Pe": "morgenavond",
    "@+1 Pa": "morgenmiddag",
    "@+1 Pm": "morgenochtend",
    "25 , 26 M12": "kerst kerstmis kerstdagen christmas",
    "24 M12": "kerstavond",
    "31 M12": "oudejaarsavond oudjaar",
    "1 M1": "nieuwjaar nieuwjaarsdag",
    "5 M5": "bevrijdingsdag",
    "@+2": "overmorgen",
    "#-1": "laatste last",
    "#-2": "voorlaatste penultimate",
}
WORDS = {word: sign for sign, words in SIGNS.items() for word in words.split()} | {
    word: f"{sign}{number}"
    for sign, (first, entries) in LISTS.items()
    for number, words in enumerate(entries.split("|"), first)
    for word in words.split()
}
PHRASES = (
    # "3 uur per week" says how long, not when.
    (
        "?",
        r"\w+ (?:u|uur|uren|hours?) (?:per|in de|a|an)(?= (?:dag|week|maand|jaar|day|month|year))",
    ),
    ("ALT", r"om de(?: andere)?|every other|(?:elke|iedere) andere"),
    (
        "EVERY",
        r"(?:eens|eenmaal|een keer|1 ?x|1 keer|1 maal|once)"
        r"(?: per| in de| in| every| elke| iedere| an?)(?= )",
    ),
    (
        "EVERY",
        r"(?:van|of|v\.?d\.?|v/d)(?: de| het| the)?(?= (?:maand|month|kwartaal|quarter|jaar|year))",
    ),
    ("EVERY 2 WEEK", r"(?:2|twee)-wekelijkse?"),
    ("#-1", r"(?:laatste dag|last day)(?= (?:van|of|vd))"),
    ("TO", r"tot (?:en met|aan)|t/?m|up to"),
    ("COMING", r"a\.s\.?"),
    ("HALFYEAR", r"half ?jaar|half[ -]year"),
    ("SINCE", r"met ingang van|m\.?i\.?v\.?|as of|starting(?: from| on)?"),
    ("31 M12 , 1 M1", r"oud (?:en|&) nieuw"),
    ("NOT", r"met uitzondering van|m\.?u\.?v\.?|except(?: for)?"),
    (
        "SCHOOL",
        r"(?:school ?)?vakantie(?:s|perioden?|periodes|tijd|weken)?|school[ "
        r"-]?(?:holiday|break|vacation)s?",
    ),
    (
        "PUBLIC",
        r"(?:(?:officiele|nationale|erkende) )?feestdag(?:en)?|(?:public|bank|national) holidays?",
    ),
    ("#-2", r"op een na laatste|second[ -]to[ -]last"),
    ("D01234", r"door de week|doordeweekse dagen"),
    ("QTO", r"kwart voor|quarter to"),
    ("QPAST", r"kwart over|quarter past"),
    ("HPAST", r"half past"),
    ("Pam", r"a\.m\.?"),
    ("Ppm", r"p\.m\.?"),
    ("HOUR", r"o['’]clock"),
    (
        "1",
        r"(?:(?<=om )|(?<=tot )|(?<=van )|(?<=voor )|(?<=over ))een(?= uur)|(?<=half )een|one(?= "
        r"o['’]clock)",
    ),
)
# Midnight behind a date is how a spreadsheet writes a day without an hour.
NO_HOUR = r"(?:[ t]0?0:00(?::00)?(?![0-9])(?! ?(?:-|–|tot|uur|u\b)))?"
FIGURES = (
    ("?", r"€ ?[0-9]+(?:[.,][0-9]{2})?|[0-9]+[.,][0-9]{2} ?euro|\+/[-–−]|[±~≈<>?]"),
    (
        "date",
        rf"(?:[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}|[0-9]{{1,2}}\.[0-9]{{1,"
        rf"2}}\.[0-9]{{4}})(?![0-9]){NO_HOUR}",
    ),
    (
        "date",
        rf"[0-9]{{1,2}}(?:-[0-9]{{1,2}}-|/[0-9]{{1,2}}/)(?:[0-9]{{2}}){{1,2}}(?![0-9]){NO_HOUR}",
    ),
    (
        "short date",
        r"(?!24/7)[0-9]{1,2}/(?:0?[1-9]|1[0-2])(?![0-9/])|(?:(?<=\bop )|(?<=\bon )|(?<=vanaf "
        r")|(?<=t/m )|"
        r"(?<=behalve ))[0-9]{1,2}-(?:0?[1-9]|1[0-2])(?![0-9.:/-]| ?u)",
    ),
    ("clock", r"[0-9]{1,2}[.:uh][0-9]{2}(?![0-9])"),
    ("rank", r"[0-9]{1,2}(?:ste|de|e|st|nd|rd|th)(?!\w)"),
    ("number", r"[0-9]+"),
    ("word", r"[^\W\d_]+"),
    (",", r"[,;&+/\n]"),
    ("-", r"[-–—−]"),
    ("", r"\S"),
)
KINDS = [kind for kind, _pattern in (*PHRASES, *FIGURES)]
TOKEN = re.compile(
    "|".join(
        [
            *(rf"((?<![^\W\d_])(?:{phrase})(?!\w))" for _sign, phrase in PHRASES),
            *(f"({figure})" for _kind, figure in FIGURES),
        ]
    )
)
SILENT = re.compile(r"_|,|-|EVERY|ONLY|AT|FROM|HOUR|P[a-z]+")
# What stands behind a word can change what it means.
OTHER_DAY = re.compile(
    r" (?:de |op "
    r")?(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:ma|di|wo|do|vr|za|zo)\b|[0-9])"
)


# «Tot april» may leave April out or not; «tot en met april» and «tot 1 april» are clear.
_MONTH = rf" (?:{'|'.join(LISTS['M'][1].replace('|', ' ').split())})\b"
MONTH_NEXT = re.compile(_MONTH)
BARE_MONTH = re.compile(rf"{_MONTH}(?!\.? [0-9]{{1,2}}(?:st|nd|rd|th)?(?![0-9.:–-]))")
UNTIL_WORDS = {"tot", "till", "until", "til"}
# «Dinsdag of donderdag» is a choice that somebody still has to make.
DOUBTFUL_BEFORE = {"of": OTHER_DAY} | dict.fromkeys(UNTIL_WORDS, BARE_MONTH)
# Days that are the same feast every year: up to three days with one of them are closed each year, a
# longer period once.
FEASTS = {(12, 24), (12, 25), (12, 26), (12, 31), (1, 1), (5, 5)}


def weekday_sign(word: str) -> str:
    """The sign of a weekday with a part of the day, an s or one wrong letter: ``dinsdagavond``,
    ``dindag``; else ``?``.
    """
    found = re.fullmatch(r"(.+?)(ochtend|morgen|voormiddag|middag|namiddag|avond)?(?:s|en)?", word)
    stem, part = (found[1], found[2]) if found else (word, None)
    near = {
        number
        for number, names in enumerate(LISTS["D"][1].split("|"))
        for name in names.split()[:2]
        if DamerauLevenshtein.distance(stem, name, score_cutoff=1) <= 1
    }
    return f"D{near.pop()}{WORDS.get(part, 'Pm')[1] if part else ''}" if len(near) == 1 else "?"
