"""Words of time in questions, in the languages of the neighbourhood: which days somebody means
by today or next weekend.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from knooppunt.kit.text import normalise

LONGEST = 5
# Per moment what people say: nl, en, tr, ar (also in Latin letters), pt and Kriolu, es, pl, pap.
_WORDS = {
    "today": "vandaag|today|bugün|اليوم|هاد "
    "النهار|lyoum|lyom|elyoum|ilyom|hoje|oji|hoy|dziś|dzisiaj|awe|awe dia",
    "this-morning": "vanochtend|vanmorgen|this morning|bu sabah|هذا "
    "الصباح|esta manhã|hoje de manhã|esta "
    "mañana|"
    "hoy por la mañana|dziś rano|dzisiaj rano|awe mainta",
    "this-afternoon": "vanmiddag|this afternoon|bugün öğleden sonra|بعد "
    "ظهر اليوم|esta tarde|hoje à tarde|"
    "hoy por la tarde|dziś po południu|dzisiaj po południu|awe atardi|awe merdia",
    "tonight": "vanavond|tonight|this evening|bu akşam|bu gece|الليلة|هذا المساء|مساء اليوم|had "
    "lila|ellila|esta noite|"
    "hoje à noite|oji di noti|esta noche|hoy por la noche|dziś wieczorem|dzisiaj wieczorem|dziś "
    "wieczór|awe nochi|"
    "aweanochi|awe anochi",
    "tomorrow": "morgen|tomorrow|yarın|غدا|بكرة|بكرا|غدوة|ghedda|"
    "gheda|bukra|bokra|amanhã|amanhan|manhan|"
    "mañana|jutro|"
    "mañan|mayan",
    "tomorrow-evening": "morgenavond|morgen avond|tomorrow evening|tomorrow "
    "night|yarın akşam|مساء غد|amanhã à "
    "noite|"
    "mañana por la noche|jutro wieczorem|mañan nochi|mayan nochi",
    "day-after-tomorrow": "overmorgen|day after tomorrow|the day after "
    "tomorrow|öbür gün|yarından sonra|بعد غد|بعد "
    "بكرة|"
    "depois de amanhã|pasado mañana|pojutrze|otro mañan|pasomañan",
    "weekend": "weekend|dit weekend|het weekend|komend weekend|in het weekend|this weekend|the "
    "weekend|hafta sonu|"
    "haftasonu|bu hafta sonu|نهاية الأسبوع|عطلة نهاية الأسبوع|الويكند|fim de semana|este fim de "
    "semana|fin de semana|"
    "este fin de semana|w weekend|w ten weekend|wikent|wikènt|e wikent aki",
    "this-week": "deze week|this week|bu hafta|هذا الأسبوع|esta "
    "semana|w tym tygodniu|e siman aki|e siman",
    "next-week": "volgende week|komende week|next week|gelecek "
    "hafta|önümüzdeki hafta|haftaya|الأسبوع "
    "القادم|"
    "الأسبوع المقبل|الأسبوع الجاي|próxima semana|semana que vem|la semana que viene|w przyszłym "
    "tygodniu|otro siman|"
    "siman ku ta bini",
}
_PARTS = {
    "this-morning": "morning",
    "this-afternoon": "afternoon",
    "tonight": "evening",
    "tomorrow-evening": "evening",
}


@dataclass(frozen=True)
class Moment:
    """What somebody means by a word of time: its name, the words that say so, the days, and the
    part of the day or empty.
    """

    name: str
    words: tuple[str, ...]
    days: tuple[date, ...]
    part: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """How these days are written in the index; see ``key``."""
        return frozenset(key(day, self.part) for day in self.days)


def key(day: date, part: str = "") -> str:
    """A day, or a part of it (morning, afternoon, evening), as one word: ``2026-11-26`` or
    ``2026-11-26/evening``.
    """
    return f"{day.isoformat()}/{part}" if part else day.isoformat()


def moment_in(text: str, today: date) -> Moment | None:
    """The first moment that a text names, the longest phrase first; None without one."""
    words = normalise(text).split()
    for at in range(len(words)):
        for length in range(min(LONGEST, len(words) - at), 0, -1):
            name = _names().get(" ".join(words[at : at + length]))
            if name:
                return Moment(
                    name, tuple(words[at : at + length]), _days(name, today), _PARTS.get(name, "")
                )
    return None


def _days(name: str, today: date) -> tuple[date, ...]:
    """The days of a moment; what is past of this week or weekend is left out."""
    monday = today - timedelta(days=today.weekday())
    spans = {
        "tomorrow": (today + timedelta(days=1), 1),
        "tomorrow-evening": (today + timedelta(days=1), 1),
        "day-after-tomorrow": (today + timedelta(days=2), 1),
        "weekend": (monday + timedelta(days=5), 2),
        "this-week": (monday, 7),
        "next-week": (monday + timedelta(days=7), 7),
    }
    start, number = spans.get(name, (today, 1))
    days = (start + timedelta(days=step) for step in range(number))
    return tuple(day for day in days if day >= today)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {
        normalise(phrase): name for name, phrases in _WORDS.items() for phrase in phrases.split("|")
    }
