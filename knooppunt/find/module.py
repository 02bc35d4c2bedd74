"""What finding offers the house."""

from django.utils.translation import gettext_lazy as _

from knooppunt.core.modules import Module, register
from knooppunt.find.commands import COMMANDS

register(Module(name="find", label=_("Vinden"), commands=COMMANDS))
