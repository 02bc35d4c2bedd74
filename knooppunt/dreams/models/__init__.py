"""The tables of dreams and plans."""

from knooppunt.dreams.models.answers import Answer
from knooppunt.dreams.models.dreams import Dream
from knooppunt.dreams.models.participants import Participant
from knooppunt.dreams.models.tables import DreamTable

__all__ = ["Answer", "Dream", "DreamTable", "Participant"]
