"""The commands about people: making the first coordinator."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from django.core.exceptions import ValidationError

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.registry.modules import Command
from knooppunt.people import actions


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("address", help="the mail address of the coordinator")


def _coordinator(options: Namespace) -> int:
    try:
        user = actions.make_coordinator(SYSTEM, options.address)
    except ValidationError as problem:
        print(" ".join(problem.messages))
        print("typ bijvoorbeeld: knooppunt coordinator naam@voorbeeld.nl")
        return 2
    print(f"{user.email} is coördinator. Log in op /account/login/ met een code uit de mail.")
    return 0


COMMANDS = (
    Command("coordinator", "make somebody coordinator by mail address", _coordinator, _configure),
)
