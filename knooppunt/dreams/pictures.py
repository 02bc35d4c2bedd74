"""Which of our drawings stands for a dream without a photo: by what its words are about."""

from __future__ import annotations

from knooppunt.kit.language.concepts import plain

# The drawing of a dream whose words say nothing that we have a drawing of.
SCENE = "dream"
OF_CONCEPT: dict[str, str] = {
    **dict.fromkeys(
        ("gratis-eten", "samen-eten", "koken", "gezond-eten", "voedselbank"), "together"
    ),
    **dict.fromkeys(("koffie", "inloop", "ontmoeten", "praten", "eenzaam"), "coffee"),
    **dict.fromkeys(("buurthuiskamer", "wijkhuis", "spelletjes", "ouderen"), "living-room"),
    **dict.fromkeys(
        ("taalles", "lezen-schrijven", "school", "huiswerk", "cursus", "boeken"), "lesson"
    ),
    **dict.fromkeys(("kinderen", "kinderclub", "speeltuin", "kindervakantie"), "playground"),
    **dict.fromkeys(("sport", "voetbal", "hockey", "vechtsport", "jongeren"), "sports"),
    **dict.fromkeys(("wandelen", "fietsen", "bewegen", "park", "huisdieren"), "walk"),
    **dict.fromkeys(("groen", "tuin", "moestuin", "duurzaam", "water"), "garden"),
    **dict.fromkeys(("kunst", "schilderen"), "studio"),
    **dict.fromkeys(("zingen", "muziek", "theater", "cultuur"), "choir"),
    **dict.fromkeys(("feest", "dansen", "film"), "party"),
    **dict.fromkeys(
        ("maakplaats", "reparatie", "fietsreparatie", "naaien", "weggeven"), "workshop"
    ),
    **dict.fromkeys(
        (
            "formulieren",
            "spreekuur",
            "digitale-hulp",
            "schulden",
            "armoede",
            "burenhulp",
            "zorg-dichtbij",
        ),
        "help",
    ),
    **dict.fromkeys(("zwerfvuil", "veiligheid", "overlast", "buren"), "street"),
    **dict.fromkeys(("meepraten", "wijkraad", "gemeente", "subsidie", "fonds"), "meeting"),
}


def scene_of(text: str) -> str:
    """The drawing for a text: that of the first thing it is about."""
    return next(
        (OF_CONCEPT[slug] for slug in plain().concepts_in(text) if slug in OF_CONCEPT), SCENE
    )
