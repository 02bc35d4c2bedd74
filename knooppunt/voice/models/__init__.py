"""The tables of the voice."""

from knooppunt.voice.models.agreements import (
    Agreement,
    Amendment,
    Clause,
    ClauseState,
    ClauseVersion,
    Landing,
    YearAction,
)
from knooppunt.voice.models.commitments import Commitment, Response, StatusEntry
from knooppunt.voice.models.cuts import Cut, Hit, LedgerLine, Moment
from knooppunt.voice.models.dossiers import Dossier, Entry
from knooppunt.voice.models.library import Document
from knooppunt.voice.models.points import Evidence, Hearing, Point, Step
from knooppunt.voice.models.signals import News, Signal
from knooppunt.voice.models.support import CoSignature, PaperSupport, Support

__all__ = [
    "Agreement",
    "Amendment",
    "Clause",
    "ClauseState",
    "ClauseVersion",
    "CoSignature",
    "Commitment",
    "Cut",
    "Document",
    "Dossier",
    "Entry",
    "Evidence",
    "Hearing",
    "Hit",
    "Landing",
    "LedgerLine",
    "Moment",
    "News",
    "PaperSupport",
    "Point",
    "Response",
    "Signal",
    "StatusEntry",
    "Step",
    "Support",
    "YearAction",
]
