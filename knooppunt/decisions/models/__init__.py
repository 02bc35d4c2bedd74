"""The tables of deciding together."""

from knooppunt.decisions.models.bodies import Body, Post, Term
from knooppunt.decisions.models.mandates import Delegate, Hat, Mandate, Matter
from knooppunt.decisions.models.meetings import AgendaItem, Attendance, Guest, Meeting
from knooppunt.decisions.models.outcomes import ActionItem, Decision
from knooppunt.decisions.models.proposals import MinorityOpinion, Option, Proposal
from knooppunt.decisions.models.votes import Ballot, Objection, PaperBallot, SecretChoice, Voter

__all__ = [
    "ActionItem",
    "AgendaItem",
    "Attendance",
    "Ballot",
    "Body",
    "Decision",
    "Delegate",
    "Guest",
    "Hat",
    "Mandate",
    "Matter",
    "Meeting",
    "MinorityOpinion",
    "Objection",
    "Option",
    "PaperBallot",
    "Post",
    "Proposal",
    "SecretChoice",
    "Term",
    "Voter",
]
