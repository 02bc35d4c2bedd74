"""Recognises a cancelled event by its status, the method of its calendar, or a name such as
``Geannuleerd: Taalcafé``.
"""

from __future__ import annotations

import re

from knooppunt.kit.ical.lines import Component

_WORDS = (
    r"geann?uleerde?|afgelast|vervallen|vervalt|afgezegd|gecance(?:l|ll)e?d|gaat niet door|niet "
    r"doorgegaan|"
    r"annulering|cancell?ed|cancellation|abgesagt|annulé|cancelado|cancelada|odwołane|iptal"
)
_KINDS = r"(?: (?:evenement|afspraak|activiteit|vergadering|event|appointment|meeting))?"
_WHY = (
    r"(?: *\([^()]{1,60}\)| (?:wegens|vanwege|i\.?v\.?m\.?|in verband met|due to|because of|with "
    r"note)"
    r"(?: [^:;\[\](){}|!]{1,60}?)?)?"
)
_SIGNS = r"[:;\-–—|!./]"
# Signs such as a red cross, and words that only ask for attention. What was passed over is not
# tried again: a name that begins with thirty dashes would take hours.
_PASSED = r"(?:[^\w\s\[(*<]+ *)*+"
_LEAD = rf"{_PASSED}(?:(?:let op|attentie|update|wijziging|n\.?b\.?)[:!,.]+ *)?"
_BEGIN = re.compile(
    rf"{_LEAD}(?:[\[(*<]+ *(?:{_WORDS}){_KINDS}{_WHY} *[\])*>]+ *{_SIGNS}* *|"
    rf"(?:{_WORDS}){_KINDS}{_WHY} *{_SIGNS}+ *)",
    re.I,
)
# Without a sign behind it only capitals are a notice: «Afgelast feest» may be what a party is
# called.
_LOUD = _WORDS.upper()
_BEGIN_LOUD = re.compile(rf"{_PASSED}(?:{_LOUD}) +(?=\S)")
_END = re.compile(
    rf" *(?:[\[(*<]+ *(?:{_WORDS}){_WHY} *[\])*>]+|(?: [\-–—|/]+|[:!]) *(?:{_WORDS}){_WHY}|"
    r" (?:gaat|gaan) (?:vandaag |deze keer |deze week |helaas )?niet door| is "
    r"(?:afgelast|geannuleerd))[ !.]*$",
    re.I,
)
_END_LOUD = re.compile(rf" +(?:{_LOUD})[ !.]*$")
_ALONE = re.compile(rf"(?:{_WORDS}){_KINDS}{_WHY}[ !.]*", re.I)


def without_notice(name: str) -> tuple[str, bool]:
    """A name without the notice that it is cancelled, and whether it had one.

    ``Geannuleerd: Taalcafé``, ``[AFGELAST] Taalcafé`` and ``Taalcafé (cancelled)`` give
    ``Taalcafé``. A name that is nothing but a notice is kept.
    """
    plain = name.strip()
    if _ALONE.fullmatch(plain):
        return plain, True
    for pattern in (_BEGIN, _BEGIN_LOUD):
        notice = pattern.match(plain)
        if notice and plain[notice.end() :].strip():
            return plain[notice.end() :].strip(), True
    for pattern in (_END, _END_LOUD):
        notice = pattern.search(plain)
        if notice and plain[: notice.start()].strip():
            return plain[: notice.start()].strip(), True
    return plain, False


def is_cancel_message(part: Component) -> bool:
    """True when it stands in a calendar with METHOD:CANCEL, which cancels whatever the status
    says.
    """
    return part.value("METHOD").upper() == "CANCEL"


def is_cancelled(part: Component) -> bool:
    """True when it does not take place; the status is also understood with one L."""
    status = part.value("STATUS").upper()
    if is_cancel_message(part) or status in ("CANCELLED", "CANCELED"):
        return True
    return without_notice(part.text("SUMMARY", 300))[1]
