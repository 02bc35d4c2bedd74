"""The kinds and themes that every coalition begins with; it adds its own in coalition.toml."""

from __future__ import annotations

from dataclasses import dataclass, field

Words = dict[str, str]


@dataclass(frozen=True)
class Term:
    """A kind or a theme: its words per language, and what people call it in spreadsheets."""

    slug: str
    name: Words
    plural: Words = field(default_factory=dict)
    icon: str = "house"
    synonyms: tuple[str, ...] = ()
    role: str = "initiative"
    is_place: bool = False
    is_base: bool = False


@dataclass(frozen=True)
class NeedTile:
    """What people most often come for: its word on the front door, the question it asks of the
    search, and the drawing in ``core/pictures``.
    """

    slug: str
    name: Words
    question: Words
    picture: str


BASE_NEEDS = (
    NeedTile(
        "eten", {"nl": "Eten", "en": "Food"}, {"nl": "samen eten", "en": "samen eten"}, "need-eten"
    ),
    NeedTile(
        "praten",
        {"nl": "Praten", "en": "Talking"},
        {"nl": "koffie en ontmoeten", "en": "koffie en ontmoeten"},
        "need-praten",
    ),
    NeedTile(
        "geld",
        {"nl": "Hulp met geld en brieven", "en": "Help with money and letters"},
        {"nl": "hulp met geld en brieven", "en": "help with money and letters"},
        "need-geld",
    ),
    NeedTile(
        "taal",
        {"nl": "Taal leren", "en": "Learning Dutch"},
        {"nl": "taalles", "en": "language lessons"},
        "need-taal",
    ),
    NeedTile(
        "kinderen",
        {"nl": "Kinderen", "en": "Children"},
        {"nl": "kinderen", "en": "children"},
        "need-kinderen",
    ),
    NeedTile(
        "bewegen",
        {"nl": "Bewegen", "en": "Moving"},
        {"nl": "sporten en bewegen", "en": "sports"},
        "need-bewegen",
    ),
)

BASE_KINDS = (
    Term(
        "groenplek",
        {"nl": "Groenplek", "en": "Green spot"},
        {"nl": "Groenplekken", "en": "Green spots"},
        "garden",
        ("tuin", "buurttuin", "moestuin", "park", "garden", "green spot", "groen"),
        is_place=True,
        is_base=True,
    ),
    Term(
        "kunstatelier",
        {"nl": "Kunstatelier", "en": "Art studio"},
        {"nl": "Kunstateliers", "en": "Art studios"},
        "palette",
        ("atelier", "werkplaats", "art studio", "studio"),
        is_place=True,
        is_base=True,
    ),
    Term(
        "speeltuin",
        {"nl": "Speeltuin", "en": "Playground"},
        {"nl": "Speeltuinen", "en": "Playgrounds"},
        "swing",
        ("speelplek", "speeltuinvereniging", "playground"),
        is_place=True,
        is_base=True,
    ),
    Term(
        "inloophuis",
        {"nl": "Inloophuis", "en": "Drop-in centre"},
        {"nl": "Inloophuizen", "en": "Drop-in centres"},
        "door",
        ("inloop", "drop-in", "drop-in centre", "walk-in"),
        is_place=True,
        is_base=True,
    ),
    Term(
        "buurthuiskamer",
        {"nl": "Buurthuiskamer", "en": "Community living room"},
        {"nl": "Buurthuiskamers", "en": "Community living rooms"},
        "sofa",
        (
            "huiskamer",
            "wijkhuiskamer",
            "living room",
            "community living room",
            "buurthuis",
            "buurtcentrum",
            "wijkcentrum",
            "wijkhuis",
            "dorpshuis",
            "huis van de wijk",
            "huis van de buurt",
            "ontmoetingscentrum",
            "community centre",
        ),
        is_place=True,
        is_base=True,
    ),
    Term(
        "etnische-groep",
        {"nl": "Etnische groep / zelforganisatie", "en": "Self-organisation"},
        {"nl": "Etnische groepen en zelforganisaties", "en": "Self-organisations"},
        "people",
        (
            "etnische groep",
            "zelforganisatie",
            "migrantenorganisatie",
            "self-organisation",
            "ethnic group",
        ),
        is_base=True,
    ),
    Term(
        "sportclub",
        {"nl": "Sportclub", "en": "Sports club"},
        {"nl": "Sportclubs", "en": "Sports clubs"},
        "ball",
        ("sportvereniging", "sport", "sports club", "voetbalclub"),
        is_base=True,
    ),
    Term(
        "straatvereniging",
        {"nl": "Straatvereniging", "en": "Street association"},
        {"nl": "Straatverenigingen", "en": "Street associations"},
        "street",
        ("straat", "bewonersvereniging", "street association"),
        is_base=True,
    ),
)
BASE_ACTIVITY_KINDS = (
    Term(
        "eten",
        {"nl": "Samen eten", "en": "Eating together"},
        icon="meal",
        synonyms=("maaltijd", "eten", "lunch", "ontbijt", "diner", "eettafel", "meal", "food"),
        is_base=True,
    ),
    Term(
        "inloop",
        {"nl": "Koffie en inloop", "en": "Coffee and drop-in"},
        icon="cup",
        synonyms=("inloop", "koffie", "ontmoeting", "drop-in", "coffee"),
        is_base=True,
    ),
    Term(
        "leren",
        {"nl": "Taal en leren", "en": "Language and learning"},
        icon="book",
        synonyms=("taalles", "taal", "cursus", "workshop", "huiswerk", "les", "language", "lesson"),
        is_base=True,
    ),
    Term(
        "bewegen",
        {"nl": "Sport en bewegen", "en": "Sport and moving"},
        icon="ball",
        synonyms=("sport", "yoga", "wandelen", "dans", "gym", "bewegen", "walking"),
        is_base=True,
    ),
    Term(
        "maken",
        {"nl": "Maken en muziek", "en": "Making and music"},
        icon="palette",
        synonyms=(
            "creatief",
            "kunst",
            "muziek",
            "zingen",
            "koor",
            "naaien",
            "repair",
            "schilderen",
            "art",
        ),
        is_base=True,
    ),
    Term(
        "groen",
        {"nl": "Tuin en groen", "en": "Garden and green"},
        icon="garden",
        synonyms=("tuinieren", "tuin", "groen", "natuur", "gardening"),
        is_base=True,
    ),
    Term(
        "kinderen",
        {"nl": "Kinderen en jongeren", "en": "Children and youth"},
        icon="swing",
        synonyms=("kinderen", "jongeren", "jeugd", "spelen", "kids", "children", "youth"),
        is_base=True,
    ),
    Term(
        "hulp",
        {"nl": "Hulp en spreekuur", "en": "Help and advice"},
        icon="hand",
        synonyms=("spreekuur", "hulp", "advies", "formulieren", "help", "advice"),
        is_base=True,
    ),
    Term(
        "feest",
        {"nl": "Feest en cultuur", "en": "Party and culture"},
        icon="party",
        synonyms=("feest", "festival", "cultuur", "film", "party"),
        is_base=True,
    ),
    Term(
        "overleg",
        {"nl": "Overleg en meedenken", "en": "Meeting and deciding"},
        icon="talk",
        synonyms=("overleg", "vergadering", "bijeenkomst", "meeting"),
        is_base=True,
    ),
)
BASE_THEMES = (
    Term("armoede", {"nl": "Armoede", "en": "Poverty"}, synonyms=("geld", "poverty"), is_base=True),
    Term(
        "eenzaamheid",
        {"nl": "Eenzaamheid", "en": "Loneliness"},
        synonyms=("eenzaam", "loneliness"),
        is_base=True,
    ),
    Term(
        "kansenongelijkheid",
        {"nl": "Kansenongelijkheid", "en": "Unequal chances"},
        synonyms=("gelijke kansen", "unequal opportunities"),
        is_base=True,
    ),
)
