"""The tables of dreams and plans."""

from knooppunt.dreams.models.answers import Answer
from knooppunt.dreams.models.dreams import Dream
from knooppunt.dreams.models.participants import Participant
from knooppunt.dreams.models.plan_ties import PlanDate, PlanNeed, PlanPermit, PlanPhoto
from knooppunt.dreams.models.plan_work import PlanItem, PlanPledge, PlanStep
from knooppunt.dreams.models.plans import Plan, PlanMoment, PlanPartner, PlanPerson
from knooppunt.dreams.models.tables import DreamTable

__all__ = [
    "Answer",
    "Dream",
    "DreamTable",
    "Participant",
    "Plan",
    "PlanDate",
    "PlanItem",
    "PlanMoment",
    "PlanNeed",
    "PlanPartner",
    "PlanPermit",
    "PlanPerson",
    "PlanPhoto",
    "PlanPledge",
    "PlanStep",
]
