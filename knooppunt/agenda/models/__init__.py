"""The tables of the agenda."""

from knooppunt.agenda.models.activities import Activity, ActivityKind, Organiser, Venue
from knooppunt.agenda.models.feeds import Feed
from knooppunt.agenda.models.occurrences import Change, Occurrence

__all__ = ["Activity", "ActivityKind", "Change", "Feed", "Occurrence", "Organiser", "Venue"]
