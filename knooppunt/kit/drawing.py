"""Draws small pictures of numbers as SVG, the same for a screen and for paper: pairs of bars,
shares, columns, a map.

Every picture is complete in itself: its own ground, its numbers written out, and never a colour as
the only sign. Widths and heights are in units of a screen; letters of 13 units are easy to read on
a phone 360 wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

INK, QUIET, LINE, GROUND = "#1C1B22", "#57535F", "#C9BFA9", "#FFFFFF"
BLUE, SUN, GREEN, BRICK, TEAL = "#1E4C8F", "#F6B82D", "#1E6B54", "#7A3E2B", "#0B6E69"
PALE = "#DCE6F4"
FONT = "Atkinson Hyperlegible Next, Atkinson Next, system-ui, sans-serif"
WIDTH, LETTER = 360, 13


@dataclass(frozen=True)
class Pair:
    """A number then and now; ``None`` is not known."""

    label: str
    before: int | None
    now: int | None
    shown_before: str = ""
    shown_now: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a bar that shows a whole: percent of it, how it is called, and its colour."""

    percent: int
    name: str
    colour: str


@dataclass(frozen=True)
class Patch:
    """A part of the map: its outline as a path, its middle, its name and number; ``is_on``
    makes it stand out.
    """

    path: str
    x: float
    y: float
    name: str
    number: str
    is_on: bool = False


def fitted(words: str, width: float, size: float = LETTER) -> str:
    """Words that fit in a width; the rest becomes three dots."""
    most = max(int(width / (size * 0.53)), 2)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def text(
    x: float, y: float, words: str, size: float = LETTER, colour: str = INK, more: str = ""
) -> str:
    """A line of letters."""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" '
        f'fill="{colour}"{more}>{escape(words)}</text>'
    )


def box(x: float, y: float, width: float, height: float, colour: str, more: str = "") -> str:
    """A filled rectangle."""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{max(width, 0):g}" height="{height:g}" '
        f'fill="{colour}"{more}/>'
    )


def picture(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """The whole SVG around some parts."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" font-family="{FONT}">'
        f"<title>{escape(title)}</title>{box(0, 0, width, height, GROUND)}{''.join(parts)}</svg>"
    )


BOLD, MIDDLE, RIGHT = ' font-weight="700"', ' text-anchor="middle"', ' text-anchor="end"'


def pairs(title: str, names: tuple[str, str], rows: Sequence[Pair]) -> str:
    """For each row two bars, then and now, with their numbers; what is not known is said."""
    top, step, room = 46, 46, WIDTH - 84
    most = max([1, *(number for row in rows for number in (row.before, row.now) if number)])
    drawn = [
        box(0, 6, 14, 12, PALE, f' stroke="{BLUE}" stroke-width="1.5"'),
        text(20, 17, fitted(names[0], 150)),
        box(180, 6, 14, 12, BLUE),
        text(200, 17, fitted(names[1], 160)),
    ]
    for place, row in enumerate(rows):
        y = top + step * place
        drawn.append(text(0, y, fitted(row.label, WIDTH, 14), 14, INK, BOLD))
        drawn += _bar(
            y + 6,
            row.before,
            row.shown_before,
            room * (row.before or 0) / most,
            PALE,
            f' stroke="{BLUE}" stroke-width="1.2"',
        )
        drawn += _bar(y + 18, row.now, row.shown_now, room * (row.now or 0) / most, BLUE, "")
    return picture(WIDTH, top + step * len(rows) - 4, title, drawn)


def _bar(
    y: float, number: int | None, shown: str, width: float, colour: str, more: str
) -> list[str]:
    if number is None:
        return [text(2, y + 10, shown or "–", 12, QUIET)]
    return [
        box(1, y, max(width, 1.5), 10, colour, more),
        text(max(width, 1.5) + 7, y + 10, shown or str(number), LETTER, INK, BOLD),
    ]


def shares(title: str, rows: Sequence[tuple[str, Sequence[Part]]], nothing: str) -> str:
    """For each row one bar that is a whole, split in parts with their percentage; the parts are
    named above.
    """
    names = {part.name: part.colour for _label, parts in rows for part in parts}
    drawn, top = [], 8
    for place, (name, colour) in enumerate(names.items()):
        drawn += [
            box(0, 20 * place + 2, 14, 14, colour),
            text(20, 20 * place + 14, fitted(name, WIDTH - 20)),
        ]
        top = 20 * (place + 1) + 12
    for place, (label, parts) in enumerate(rows):
        y = top + 44 * place
        drawn.append(text(0, y + 12, fitted(label, WIDTH, 14), 14, INK, BOLD))
        x = 0.0
        for part in parts:
            width = WIDTH * part.percent / 100
            drawn.append(
                box(x, y + 17, width, 20, part.colour, f' stroke="{GROUND}" stroke-width="1"')
            )
            if width > 34:
                drawn.append(
                    text(
                        x + 6,
                        y + 32,
                        f"{part.percent}%",
                        LETTER,
                        INK if part.colour == SUN else "#FFFFFF",
                        BOLD,
                    )
                )
            x += width
        if not parts:
            drawn.append(text(0, y + 31, nothing, 12, QUIET))
    return picture(WIDTH, top + 44 * len(rows), title, drawn)


def columns(
    title: str,
    points: Sequence[tuple[str, int | None, str]],
    width: float = WIDTH,
    height: float = 150,
    colour: str = BLUE,
    last: str = "",
) -> str:
    """A column for each point (label, number, number as shown); a point without number is a gap,
    marked as such.

    ``last`` is the colour of the last column, if it is to stand out.
    """
    most = max([1, *(number for _label, number, _shown in points if number)])
    step, room = width / max(len(points), 1), height - 44
    drawn = [f'<path d="M0 {height - 22:g}H{width:g}" stroke="{LINE}" stroke-width="1"/>']
    for place, (label, number, shown) in enumerate(points):
        x, middle = step * place, step * (place + 0.5)
        drawn.append(_below(label, place, points, width, height - 7))
        if number is None:
            drawn.append(
                f'<path d="M{x + step * 0.2:g} '
                f'{height - 23:g}v-{room * 0.35:g}h{step * 0.6:g}v{room * 0.35:g}" fill="none" '
                f'stroke="{QUIET}" stroke-dasharray="3 3"/>'
            )
            drawn.append(text(middle, height - 28, "?", 12, QUIET, MIDDLE))
            continue
        tall = room * number / most
        drawn.append(
            box(
                x + step * 0.14,
                height - 22 - tall,
                step * 0.72,
                tall,
                last if last and place == len(points) - 1 else colour,
            )
        )
        drawn.append(text(middle, height - 27 - tall, shown, 12, INK, MIDDLE + BOLD))
    return picture(width, height, title, drawn)


def _below(
    label: str,
    place: int,
    points: Sequence[tuple[str, int | None, str]],
    width: float,
    y: float,
) -> str:
    """The label below a column; between two without a label it has their room too, and the last
    one ends at the edge.
    """
    step = width / len(points)
    beside = [*points[max(place - 1, 0) : place], *points[place + 1 : place + 2]]
    if any(words for words, _number, _shown in beside):
        return text(step * (place + 0.5), y, fitted(label, step + 2, 11), 11, QUIET, MIDDLE)
    words = fitted(label, 2 * step - 4, 11)
    if place == len(points) - 1:
        return text(width, y, words, 11, QUIET, RIGHT)
    return text(step * (place + 0.5), y, words, 11, QUIET, MIDDLE)


def ground(title: str, patches: Sequence[Patch], height: float, width: float = 480) -> str:
    """The map: outlines with a name and a number in each."""
    drawn = [
        f'<path d="{patch.path}" fill="{SUN if patch.is_on else "#FBF7EF"}" stroke="{INK}" '
        f'stroke-width="1.2" stroke-linejoin="round"/>'
        for patch in patches
    ]
    for patch in patches:
        wide = max(15.0, 5 + 5.2 * len(patch.number))
        drawn.append(
            f'<rect x="{patch.x - wide:g}" y="{patch.y - 15:g}" width="{2 * wide:g}" height="26" '
            f'rx="13" fill="{BLUE}" stroke="{GROUND}" stroke-width="1.5"/>'
        )
        drawn.append(text(patch.x, patch.y + 3.5, patch.number, 15, "#FFFFFF", MIDDLE + BOLD))
        for line, words in enumerate(_in_lines(patch.name)):
            drawn.append(
                text(
                    patch.x,
                    patch.y + 27 + 14 * line,
                    fitted(words, 150),
                    13,
                    INK,
                    MIDDLE + BOLD + f' paint-order="stroke" stroke="{GROUND}" stroke-width="3" '
                    f'stroke-linejoin="round"',
                )
            )
    return picture(width, height, title, drawn)


def _in_lines(name: str, most: int = 10) -> list[str]:
    """A name on one line, or on two that are as even as can be."""
    words = name.split()
    ways = [[" ".join(words[:at]), " ".join(words[at:])] for at in range(1, len(words))]
    return (
        [name]
        if len(name) <= most or not ways
        else min(ways, key=lambda lines: max(map(len, lines)))
    )
