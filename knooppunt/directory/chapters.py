"""What the register tells in a report: how many there are, what came and went, where it is, and
who belongs to which network.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from knooppunt.core.registry.chapters import Chapter, Picture, Table
from knooppunt.core.reporting.charts import comparison_chart
from knooppunt.core.reporting.facts import Facts, joined
from knooppunt.directory.models import Area
from knooppunt.kit import drawing, geo
from knooppunt.kit.frames import Frame

COUNTED = (
    (gettext_lazy("Organisaties"), "organisations"),
    (gettext_lazy("Initiatieven"), "initiatives"),
    (gettext_lazy("Netwerken"), "networks"),
    (gettext_lazy("Bevestigde organisaties"), "confirmed"),
)
MOST_ROWS, MAP_WIDTH = 14, 400


def sentences(facts: Facts) -> list[str]:
    """The first draft: what there is, what came and went, and how fresh it is."""
    if not facts.has("organisations"):
        return []
    told = [
        _(
            "Op %(day)s telden we %(organisations)s organisaties die samen de wijk dragen: "
            "%(initiatives)s initiatieven, en %(networks)s netwerken die ze verbinden."
        )
        % {"day": facts.say("until"), **_said(facts, "organisations", "initiatives", "networks")}
    ]
    told += _change(facts)
    if facts.number("confirmed"):
        told.append(
            _(
                "Van %(confirmed)s van de %(organisations)s zei iemand kort geleden nog dat de "
                "gegevens kloppen."
            )
            % _said(facts, "confirmed", "organisations")
        )
    else:
        told.append(
            _(
                "Van geen van de %(organisations)s zei iemand de laatste tijd dat de gegevens "
                "kloppen. Dat is werk voor het komende half jaar."
            )
            % _said(facts, "organisations")
        )
    return told


def _said(facts: Facts, *marks: str) -> dict[str, str]:
    return {mark: facts.say(mark) for mark in marks}


def _change(facts: Facts) -> list[str]:
    """What came and went, where the day before the period is known."""
    if not facts.has("organisations.new", "organisations.gone"):
        return []
    new, gone = facts.number("organisations.new"), facts.number("organisations.gone")
    said = {"new": facts.say("organisations.new"), "gone": facts.say("organisations.gone")}
    if new and gone:
        return [_("In deze tijd kwamen er %(new)s bij en gingen er %(gone)s weg.") % said]
    if new:
        return [
            ngettext(
                "In deze tijd kwam er %(new)s bij.", "In deze tijd kwamen er %(new)s bij.", new
            )
            % said
        ]
    if gone:
        return [
            ngettext(
                "In deze tijd ging er %(gone)s weg.", "In deze tijd gingen er %(gone)s weg.", gone
            )
            % said
        ]
    return [_("In deze tijd kwam er niets bij en ging er niets weg.")]


def growth_picture(facts: Facts) -> list[Picture]:
    """The organisations of each wijk then and now; where there is only one wijk, the figures of
    the chapter.
    """
    wijken = [(area.name, f"organisations~{area.slug}") for area in facts.areas.values()]
    told = _(
        "Voor en aan het eind van deze tijd: het aantal organisaties, per wijk als er meer wijken "
        "zijn."
    )
    return comparison_chart(
        facts, "growth", _("Voor en na"), told, wijken[:MOST_ROWS] or COUNTED, gettext_lazy("Waar")
    )


def place_sentences(facts: Facts) -> list[str]:
    """Where one can walk in, and who helps there."""
    if not facts.number("places"):
        return []
    told = [
        ngettext(
            "Er is %(places)s plek waar je naartoe kunt.",
            "Er zijn %(places)s plekken waar je naartoe kunt.",
            facts.number("places"),
        )
        % _said(facts, "places")
    ]
    if facts.number("places.new"):
        new = facts.number("places.new")
        told.append(
            ngettext(
                "Daarvan kwam er in deze tijd %(new)s bij.",
                "Daarvan kwamen er in deze tijd %(new)s bij.",
                new,
            )
            % {"new": facts.say("places.new")}
        )
    told += _busiest(facts)
    if facts.number("volunteers"):
        stated = facts.number("volunteers.lines")
        told.append(
            ngettext(
                "Van %(stated)s organisatie weten we hoeveel vrijwilligers zij heeft: "
                "%(volunteers)s.",
                "Van %(stated)s organisaties weten we hoeveel vrijwilligers zij hebben: samen "
                "%(volunteers)s.",
                stated,
            )
            % {"stated": facts.say("volunteers.lines"), "volunteers": facts.say("volunteers")}
        )
    return told


def _busiest(facts: Facts) -> list[str]:
    """The wijk with most organisations; all of them when several have as many."""
    names = {f"organisations~{area.slug}": area.name for area in facts.areas.values()}
    leaders = facts.highest(names)
    if not leaders:
        return []
    text = (
        _("De meeste organisaties zijn er in %(area)s: %(number)s.")
        if len(leaders) == 1
        else _("De meeste organisaties zijn er in %(area)s, elk %(number)s.")
    )
    area = joined(names[mark] for mark in leaders)
    return [text % {"area": area, "number": facts.say(leaders[0])}]


def network_sentences(facts: Facts) -> list[str]:
    """How many links there are, and which network is the largest and which grew most."""
    if not facts.number("members"):
        return []
    told = [
        _(
            "Organisaties doen samen %(members)s keer mee in een netwerk; wie in twee netwerken "
            "meedoet, telt bij allebei."
        )
        % _said(facts, "members")
    ]
    names = _networks(facts)
    largest = facts.highest(names)
    if largest:
        text = (
            _("Het grootste netwerk is %(network)s, met %(number)s leden.")
            if len(largest) == 1
            else _("De grootste netwerken zijn %(network)s, elk met %(number)s leden.")
        )
        network = joined(names[key] for key in largest)
        told.append(text % {"network": network, "number": facts.say(largest[0])})
    return told + _grown(facts, names)


def _grown(facts: Facts, names: dict[str, str]) -> list[str]:
    """The network that grew most; all of them when several did as much."""
    grown = facts.highest(f"{key}.new" for key in names)
    if not grown:
        return []
    number = facts.number(grown[0])
    text = ngettext(
        "Het meest groeide %(network)s: er kwam %(new)s lid bij.",
        "Het meest groeide %(network)s: er kwamen %(new)s leden bij.",
        number,
    )
    if len(grown) > 1:
        text = ngettext(
            "Het meest groeiden %(network)s: bij elk kwam er %(new)s lid bij.",
            "Het meest groeiden %(network)s: bij elk kwamen er %(new)s leden bij.",
            number,
        )
    network = joined(names[mark.removesuffix(".new")] for mark in grown)
    return [text % {"network": network, "new": facts.say(grown[0])}]


def _networks(facts: Facts) -> dict[str, str]:
    """The networks that have members on the last day, by key of their figure, in the order of
    their names.
    """
    return dict(
        sorted(
            {item.group: item.note for item in facts.items("members")}.items(),
            key=lambda pair: pair[1].lower(),
        )
    )


def networks_picture(facts: Facts) -> list[Picture]:
    """The networks with their members then and now, the largest ones."""
    names = _networks(facts)
    most = sorted(names, key=lambda key: (-facts.number(key), names[key]))[:MOST_ROWS]
    told = _("Per netwerk het aantal leden voor en aan het eind van deze tijd.")
    return comparison_chart(
        facts,
        "networks",
        _("Netwerken en hun leden"),
        told,
        [(names[key], key) for key in most],
        gettext_lazy("Netwerk"),
    )


def map_picture(facts: Facts) -> list[Picture]:
    """The wijken with in each its number of organisations."""
    areas = [
        area for area in Area.objects.filter(level="wijk", slug__in=facts.areas) if area.outline
    ]
    around = geo.around(geo.box(area.outline) for area in areas if area.outline)
    if around is None or not facts.has("organisations"):
        return []
    margin = (around[2] - around[0]) * 0.03
    frame = Frame(
        (around[0] - margin, around[1] - margin, around[2] + margin, around[3] + margin), MAP_WIDTH
    )
    patches, rows = [], []
    most = max(facts.number(f"organisations~{area.slug}") for area in areas)
    for area in areas:
        mark = f"organisations~{area.slug}"
        x, y = frame.at(geo.middle(area.outline or {}))
        patches.append(
            drawing.Patch(
                frame.path(area.outline or {}),
                x,
                y,
                area.name,
                str(facts.number(mark)),
                facts.number(mark) == most > 0,
            )
        )
        rows.append((area.name, facts.say(mark)))
    told = _(
        "Kaart van de wijken met in elke wijk het aantal organisaties dat er werkt. Wie in twee "
        "wijken werkt, telt in allebei."
    )
    svg = drawing.ground(told, patches, frame.height, MAP_WIDTH)
    return [
        Picture(
            "map",
            _("Waar het is"),
            told,
            svg,
            Table((_("Wijk"), _("Organisaties")), tuple(rows)),
            is_wide=True,
        )
    ]


CHAPTERS = (
    Chapter(
        "register",
        gettext_lazy("Wie we zijn"),
        gettext_lazy("Wat er is aan het eind van deze tijd, en wat erbij kwam en wegging."),
        tuple(key for _name, key in COUNTED),
        sentences,
        growth_picture,
        order=10,
    ),
    Chapter(
        "places",
        gettext_lazy("Waar je naartoe kunt"),
        gettext_lazy("De plekken, de wijken en de mensen die er helpen."),
        ("places", "volunteers"),
        place_sentences,
        map_picture,
        order=20,
    ),
    Chapter(
        "networks",
        gettext_lazy("De netwerken"),
        gettext_lazy("Wie bij welk netwerk hoort, voor en na."),
        ("members",),
        network_sentences,
        networks_picture,
        order=30,
    ),
)
