"""The tables of the register, by subject."""

from knooppunt.directory.models.areas import Area
from knooppunt.directory.models.care import Confirmation, DuplicateCandidate, ProblemReport
from knooppunt.directory.models.contacts import ContactPoint
from knooppunt.directory.models.organisations import (
    Identifier,
    Kind,
    Membership,
    MembershipRequest,
    Organisation,
    Theme,
    VolunteerStatement,
)
from knooppunt.directory.models.places import OpeningException, OpeningHours, Place, PlaceRole
from knooppunt.directory.models.proposals import RecordProposal
from knooppunt.directory.models.records import Record
from knooppunt.directory.models.stewards import Representation, Weaving

__all__ = [
    "Area",
    "Confirmation",
    "ContactPoint",
    "DuplicateCandidate",
    "Identifier",
    "Kind",
    "Membership",
    "MembershipRequest",
    "OpeningException",
    "OpeningHours",
    "Organisation",
    "Place",
    "PlaceRole",
    "ProblemReport",
    "Record",
    "RecordProposal",
    "Representation",
    "Theme",
    "VolunteerStatement",
    "Weaving",
]
