"""What the database itself keeps of plans: two keepers before it begins, and no item brought more
often than it is needed.
"""

from __future__ import annotations

from knooppunt.core.database.triggers import Trigger

# A plan that begins, is done or was celebrated is kept by two organisations that said yes.
TWO_KEEPERS = Trigger(
    "plan_two_keepers",
    "dreams_plan",
    "NEW.state = 'busy'",
    "(SELECT COUNT(*) FROM dreams_planpartner p WHERE p.plan_id = NEW.id "
    "AND p.role = 'keeper' AND p.agreed_on IS NOT NULL) >= 2",
    "state",
)
# All pledges for an item together are no more than its amount.
NOT_TOO_MANY = Trigger(
    "plan_pledge_not_too_many",
    "dreams_planpledge",
    "NEW.number > 0",
    "(SELECT COALESCE(SUM(p.number), 0) FROM dreams_planpledge p "
    "WHERE p.item_id = NEW.item_id AND p.id <> NEW.id) + NEW.number "
    "<= (SELECT i.amount FROM dreams_planitem i WHERE i.id = NEW.item_id)",
    "number",
)
