"""Pictures of the agenda: a list to stand on other sites, and the bars of who organises it."""

from __future__ import annotations

from html import escape

from django.utils.translation import gettext as _

from knooppunt.agenda.lists import Row
from knooppunt.agenda.shares import GROUPS, Count

WIDTH, LINE, BAR = 480, 44, 40
HUES = {"local": "#1E6B54", "formal": "#F6B82D", "paid": "#7A3E2B"}


def coming_svg(rows: list[Row], colour: str = "") -> str:
    """The coming activities as lines of text in a picture; complete in itself."""
    ink, paper, quiet = (
        ("#F4EFE4", "#1C1B22", "#C9C2B4")
        if colour == "donker"
        else ("#1C1B22", "#FBF7EF", "#57535F")
    )
    height = 24 + LINE * max(len(rows), 1)
    lines, nothing, title = [], _("Er staat nu niets in de agenda."), _("Agenda")
    for number, row in enumerate(rows):
        y = 34 + LINE * number
        off = ' text-decoration="line-through"' if row.occurrence.is_cancelled else ""
        what = _("gaat niet door") if row.occurrence.is_cancelled else row.where
        lines.append(
            f'<text x="16" y="{y}" font-weight="700"{off}>{escape(cut(row.name, 46))}</text>'
            f'<text x="16" y="{y + 18}" font-size="13" '
            f'fill="{quiet}">{escape(cut(row.when("l j F") + " · " + what, 64))}</text>'
        )
    if not rows:
        lines.append(f'<text x="16" y="36">{escape(nothing)}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="16" '
        f'fill="{ink}"><title>{escape(title)}</title>'
        f'<rect width="{WIDTH}" height="{height}" fill="{paper}"/>{"".join(lines)}</svg>'
    )


def cut(words: str, longest: int) -> str:
    """Words that fit on a line."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def percent(part: float) -> str:
    """A share in whole percents; below a half percent it says so."""
    return "<1%" if 0 < part < 0.005 else f"{part * 100:.0f}%"


def bars_svg(counts: list[tuple[str, Count]], names: dict[str, str], caption: str = "") -> str:
    """A bar for each wijk (or day), split over who organises it; colour, order and number all
    say the same.
    """
    top, title = 20 * len(GROUPS) + 14, _("Wie organiseert het")
    height = top + (BAR + 30) * len(counts) + (24 if caption else 0)
    drawn = [_legend(names)]
    for number, (label, one) in enumerate(counts):
        drawn.append(_bar(label, one, top + (BAR + 30) * number, names))
    if caption:
        drawn.append(
            f'<text x="0" y="{height - 6}" fill="currentColor">{escape(title)}, '
            f"{escape(caption)}</text>"
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {height}" role="img" '
        f'class="bars" font-family="inherit" font-size="15">'
        f"<title>{escape(title)}</title>{''.join(drawn)}</svg>"
    )


def _legend(names: dict[str, str]) -> str:
    """One line for each class, in the order of the bars."""
    return "".join(
        f'<rect x="0" y="{20 * number}" width="14" height="14" fill="{HUES[group]}"/>'
        f'<text x="20" y="{20 * number + 12}" fill="currentColor">{escape(names[group])}</text>'
        for number, group in enumerate(GROUPS)
    )


def _bar(label: str, one: Count, y: int, names: dict[str, str]) -> str:
    parts = [
        f'<text x="0" y="{y + 14}" fill="currentColor" font-weight="700">{escape(label)}</text>'
    ]
    x = 0.0
    for group in GROUPS:
        share = one.share(group)
        if not share:
            continue
        width = float(share) * 720
        words = f"{names[group]} {percent(float(share))}"
        parts.append(
            f'<g><title>{escape(words)}</title><rect x="{x:.1f}" y="{y + 20}" width="{width:.1f}" '
            f'height="{BAR}" fill="{HUES[group]}"/>'
        )
        if width > 44:
            ink = "#1C1B22" if group == "formal" else "#FFFFFF"
            parts.append(
                f'<text x="{x + 8:.1f}" y="{y + 46}" fill="{ink}" '
                f'font-weight="700">{percent(float(share))}</text>'
            )
        parts.append("</g>")
        x += width
    if one.total == 0:
        nothing = _("geen gegevens")
        parts.append(f'<text x="0" y="{y + 44}" fill="currentColor">{escape(nothing)}</text>')
    return "".join(parts)
