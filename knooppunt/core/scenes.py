"""The drawings of the house: what happens in each, and which drawing a kind of thing has.

A drawing is a file in ``core/pictures``. Its title stands here too, so that it is translated.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).parent / "pictures"
STYLE = Path(__file__).parent / "static" / "core" / "site.css"
UNKNOWN = "street"

TITLES = {
    "choir": _("Buren van jong tot oud zingen samen, een meisje geeft de maat aan"),
    "coffee": _("Koffie aan de bar: een vrouw schenkt in, buren staan te praten"),
    "done": _("Een raam met licht in de avond, de kat kijkt naar buiten"),
    "dream": _(
        "Een vrouw in een rolstoel vertelt haar droom: een kas op het dak. "
        "Twee buren brengen al planten"
    ),
    "drop-in": _("Een open deur met licht, iemand zwaait naar een buurman met een rollator"),
    "face-amir": _("Portret van Amir, getekend"),
    "face-fatma": _("Portret van Fatma, getekend"),
    "face-josie": _("Portret van Josie, getekend"),
    "face-ruud": _("Portret van Ruud, getekend"),
    "garden": _("Twee buren werken in een buurttuin, de zon staat laag"),
    "help": _("Een vrouw leest met haar buurman een brief van de gemeente"),
    "lesson": _("Drie buren leren lezen, een meisje wijst de letters aan"),
    "living-room": _("Twee buren drinken koffie op de bank, de kat slaapt"),
    "meeting": _("Buren overleggen aan een ronde tafel, een meisje legt haar plan uit"),
    "need-bewegen": _("Iemand springt touwtje, iemand rent"),
    "need-eten": _("Een kom warme soep"),
    "need-geld": _("Samen een brief en een rekening lezen"),
    "need-kinderen": _("Twee kinderen, een vlieger en blokken"),
    "need-praten": _("Twee buren praten bij een kop thee"),
    "need-taal": _("Twee tekstballonnen met letters, een boek"),
    "network": _("Vier buren houden samen een draad vast, in het midden een knoop als een zon"),
    "office": _("Aan de balie geeft een medewerker een vrouw een brief terug"),
    "party": _("Een feest op straat in de avond: muziek op het podium, buren dansen"),
    "playground": _("Kinderen op de schommel en de glijbaan, een moeder kijkt toe"),
    "report": _("Drie staven van een half jaar, een vrouw wijst naar de hoogste"),
    "sports": _("Drie buren voetballen op een pleintje, de bal is een zon"),
    "street": _("Straat met vlaggetjes, een tafel op de stoep en een kind op de fiets"),
    "street-door": _("Een straat met vlaggetjes: een open deur met licht en buren op de stoep"),
    "street-west": _(
        "De straat naast de open deur: een molen, huizen, een fietser en twee buren aan tafel"
    ),
    "studio": _("Een vrouw schildert een zon, een jongen maakt een pot van klei"),
    "together": _("Vijf buren van jong tot oud eten samen aan een lange tafel"),
    "walk": _("Vier buren maken een wandeling door het park, de hond loopt voorop"),
    "workshop": _("Een man naait een gordijn, een vrouw maakt een radio weer heel"),
}

# The kinds that every coalition begins with, of organisations and of activities, by their slug.
OF_KIND = {
    "groenplek": "garden",
    "kunstatelier": "studio",
    "speeltuin": "playground",
    "inloophuis": "drop-in",
    "buurthuiskamer": "living-room",
    "etnische-groep": "choir",
    "sportclub": "sports",
    "straatvereniging": "street",
    "eten": "together",
    "inloop": "coffee",
    "leren": "lesson",
    "bewegen": "walk",
    "maken": "workshop",
    "groen": "garden",
    "kinderen": "playground",
    "hulp": "help",
    "feest": "party",
    "overleg": "meeting",
}

# A kind that a coalition adds has an icon, and the drawing of that icon.
OF_ICON = {
    "garden": "garden",
    "palette": "studio",
    "swing": "playground",
    "door": "drop-in",
    "sofa": "living-room",
    "people": "choir",
    "ball": "sports",
    "street": "street",
    "network": "network",
    "building": "office",
    "coin": "help",
    "law": "help",
    "calendar": "meeting",
    "talk": "meeting",
    "hands": "help",
    "hand": "help",
    "book": "lesson",
    "meal": "together",
    "food": "together",
    "cup": "coffee",
    "party": "party",
}

OF_ROLE = {"network": "network", "institution": "office"}

# Where to look in a small picture: left, top, width and height, about the one who acts.
CLOSE_UPS = {
    "choir": "96 58 128 128",
    "coffee": "96 56 124 124",
    "drop-in": "140 60 112 112",
    "garden": "82 72 112 112",
    "help": "128 66 116 116",
    "lesson": "180 44 128 128",
    "living-room": "82 72 118 118",
    "meeting": "146 38 126 126",
    "network": "100 52 124 124",
    "office": "116 56 116 116",
    "party": "86 60 128 128",
    "playground": "140 50 120 120",
    "sports": "52 84 116 116",
    "street": "54 84 112 112",
    "studio": "86 76 120 120",
    "together": "100 62 122 122",
    "walk": "150 84 116 116",
    "workshop": "160 62 116 116",
}

_VIEW_BOX = re.compile(r'viewBox="([\d. -]+)"')
_BODY = re.compile(r"</title>(.*)</svg>", re.DOTALL)
# What the style sheet says of the inks by day, and of the classes in the drawings.
_LIGHT = re.compile(r"^:root\{([^}]*)\}", re.MULTILINE)
_PROPERTY = re.compile(r"--([\w-]+):([^;}]+)")
_RULE = re.compile(r"\.pic \.([\w-]+)\{([^}]*)\}")
_INK = re.compile(r"var\(--([\w-]+)\)")


def scene_of(kind: Any, role: str = "") -> str:
    """The drawing of a kind (with slug and icon, or None): by its slug, else by the role of who
    has it, else by its icon.
    """
    slug, icon = getattr(kind, "slug", ""), getattr(kind, "icon", "")
    return OF_KIND.get(slug) or OF_ROLE.get(role) or OF_ICON.get(icon) or UNKNOWN


@cache
def view_box(name: str) -> str:
    """The whole of a drawing: left, top, width and height."""
    match = _VIEW_BOX.search(_file(name))
    assert match, name
    return match.group(1)


@cache
def shapes(name: str) -> str:
    """What is drawn, without the element around it and without its title."""
    match = _BODY.search(_file(name))
    assert match, name
    return match.group(1)


def on_paper(name: str) -> str:
    """A drawing as a file that stands alone, in the inks of the day and of the coalition."""
    style = STYLE.read_text(encoding="utf-8")
    inks = dict(_PROPERTY.findall("".join(_LIGHT.findall(style)))) | settings.COALITION.colours
    rules = "".join(f".{rule}{{{said}}}" for rule, said in _RULE.findall(style))
    while _INK.search(rules):  # an ink may be that of another property
        rules = _INK.sub(lambda ink: inks[ink[1]], rules)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box(name)}">'
        f"<style>{rules}</style>{shapes(name)}</svg>"
    )


@cache
def _file(name: str) -> str:
    """The text of a drawing; a name that has none is a mistake in a template, so KeyError."""
    if name not in TITLES:
        raise KeyError(name)
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
