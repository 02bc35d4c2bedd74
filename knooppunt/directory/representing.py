"""The rule, kept by the database itself, that who acts for an organisation represents it on
that day.
"""

from __future__ import annotations

from knooppunt.core.database.triggers import Trigger


def represented(
    name: str, table: str, organisation: str, person: str, day: str, when: str
) -> Trigger:
    """That a person speaks for an organisation on a day: an open or running representation of
    the register says so.
    """
    period = (
        f"(r.since IS NULL OR r.since <= NEW.{day}) AND (r.until IS NULL OR r.until >= NEW.{day})"
    )
    row = (
        f"SELECT 1 FROM directory_representation r WHERE r.user_id = NEW.{person} AND "  # noqa: S608 - names of our own
        f"r.organisation_id = {organisation} AND {period}"
    )
    return Trigger(
        name, table, f"NEW.{person} IS NOT NULL AND {when}", f"EXISTS ({row})", f"{person}, {day}"
    )
