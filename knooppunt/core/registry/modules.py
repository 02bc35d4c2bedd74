"""The list of modules: what each part of the house offers, without the parts knowing each other."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from knooppunt.core.labels import Label
from knooppunt.core.registry.chapters import Chapter
from knooppunt.core.registry.closings import ClosingGroup
from knooppunt.core.registry.computations import Computation
from knooppunt.core.registry.figures import Figure
from knooppunt.core.registry.list_kinds import ListKind
from knooppunt.core.registry.searchables import Searchable


@dataclass(frozen=True)
class Nav:
    """A door of the site: where it leads, its icon, and in one ``line`` what is behind it.

    A low ``order`` stands first. ``short`` is what the bar of a phone calls it, ``group`` the
    heading under which it stands on the page with every door (see `menu.GROUPS`). What is
    behind an ``is_offline`` door can be read without network, as it was when there last was one.
    """

    label: Label
    url_name: str
    icon: str
    line: Label = ""
    short: Label = ""
    group: str = "find"
    order: int = 50
    args: tuple[str, ...] = ()
    is_offline: bool = False

    @property
    def address(self) -> str:
        """Where it leads, in the language of the page."""
        return reverse(self.url_name, args=self.args)


@dataclass(frozen=True)
class DeskDoor:
    """A door on the desk of a keeper: where it leads and with which icon.

    ``is_new`` puts it in the menu of what can be added.
    """

    label: Label
    url: str
    icon: str
    is_new: bool = False


@dataclass(frozen=True)
class Panel:
    """What a module adds to a page of a lower one: the page's ``spot``, a template, and what that
    needs to know.

    ``context`` gets the request and the record of the page (None on the home page); None leaves the
    panel out.
    """

    spot: str
    template: str
    context: Callable[[Any, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class MergeRelation:
    """A table of this module that hangs below organisations and goes along when two of them are
    merged.

    ``field`` points to the organisation; two rows that agree in it and in all of ``same`` say the
    same.
    """

    model: Any
    field: str
    same: tuple[str, ...] = ()


@dataclass(frozen=True)
class Command:
    """One command of ``knooppunt``; ``name`` may hold a space, as in ``import directory``.

    ``run`` gives the exit status.
    """

    name: str
    help: str
    run: Callable[[Namespace], int]
    configure: Callable[[ArgumentParser], None] = lambda parser: None


@dataclass(frozen=True)
class PersonalData:
    """A field that says something about a person: why it is kept, how long, and what erases it."""

    model: str
    field: str
    purpose: Label
    retention: Label
    eraser: Label


@dataclass(frozen=True)
class Module:
    """What one part of the house offers.

    ``path`` is its address prefix; ``daily`` runs once a day and says what it did. ``needs`` names
    the modules without which this one makes no sense; it goes off with them. ``panels`` fill the
    slots of pages below; ``worklist`` gives lists for the desk of a user; their rows can be tasks
    of today; ``desk_doors`` gives what a user can add and open there. ``search`` names the page to
    which the box on the front door leads; ``between`` is what the worker beside the server does
    every few seconds. ``at_start`` is read by each process of the server before anybody asks for
    it. ``computations`` are what the worker counts so that pages read it. ``corrections`` are the
    kinds of records of it that can be corrected or marked as a mistake. ``chapters`` are what it
    can tell in a report. ``questions`` gives what else the yearly round asks about an organisation,
    as titles and addresses. ``mail_refused`` gets an `OutgoingMail` whose address does not exist;
    True when the module took care of it, so that nobody needs to look. ``restorers`` bring in line
    what depends on a row of a table that was put back, by the table's label. ``lists`` are the
    kinds of lists that it reads in. ``closing_groups`` are what hangs below an organisation, and
    what can become of it when the organisation ends.
    """

    name: str
    label: Label
    path: str = ""
    urlconf: str = ""
    is_essential: bool = False
    needs: tuple[str, ...] = ()
    nav: tuple[Nav, ...] = ()
    panels: tuple[Panel, ...] = ()
    next_up: tuple[Callable[[Any, list[int]], dict[int, str]], ...] = ()
    worklist: Callable[[Any], list[Any]] | None = None
    desk_doors: Callable[[Any], list[DeskDoor]] | None = None
    searchable: tuple[Searchable, ...] = ()
    search: str = ""
    poll: Callable[[], None] | None = None
    at_start: Callable[[], None] | None = None
    merge_relations: tuple[MergeRelation, ...] = ()
    corrections: tuple[Any, ...] = ()
    closing_groups: tuple[ClosingGroup, ...] = ()
    restorers: tuple[tuple[str, Callable[[Any], None]], ...] = ()
    questions: Callable[[Any], list[tuple[str, str]]] | None = None
    figures: tuple[Figure, ...] = ()
    computations: tuple[Computation, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    commands: tuple[Command, ...] = ()
    lists: tuple[ListKind, ...] = ()
    personal: tuple[PersonalData, ...] = ()
    daily: Callable[[], str] | None = None
    load_example: Callable[[], None] | None = None
    sync: Callable[[], None] | None = None
    mail_refused: Callable[[Any], bool] | None = None


_modules: dict[str, Module] = {}


def register(module: Module) -> None:
    """Put a module on the list. Raises ValueError when its name is taken."""
    if module.name in _modules:
        raise ValueError(f"module {module.name} is registered twice")
    _modules[module.name] = module


def every() -> list[Module]:
    """All modules in the order of settings.MODULES, switched off or not."""
    return [_modules[name] for name in settings.MODULES if name in _modules]


def is_on(name: str) -> bool:
    """True unless the coalition switched the module off, or one that it ``needs``; essential
    ones are always on.
    """
    module = _modules.get(name)
    if module is None or module.is_essential:
        return True
    return name not in settings.COALITION.switched_off and all(
        is_on(below) for below in module.needs
    )


def active() -> list[Module]:
    """The modules that this coalition uses."""
    return [module for module in every() if is_on(module.name)]


def load_examples() -> None:
    """Load what each active module has of the example, in their order, for they stand on each
    other.
    """
    for module in active():
        if module.load_example:
            module.load_example()


def gathered(what: str) -> Iterator[Any]:
    """Everything that the active modules offer under one heading, such as ``nav`` or
    ``figures``.
    """
    for module in active():
        yield from getattr(module, what)
