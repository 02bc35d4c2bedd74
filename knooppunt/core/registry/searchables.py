"""What a module lets people search for: each thing as a title, words and facts, without the
search knowing the module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knooppunt.core.labels import Label


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    ``labels`` are words of kind, themes and audience; ``areas`` area numbers. ``days`` are the
    weekdays on which one can go (0 is Monday), ``moments`` the coming days on which it takes place,
    with the parts of the day (``kit.language.moments.key``); empty for what does not take place,
    such as an open door. ``point`` longitude and latitude, ``summary`` its first sentences by
    language.
    """

    number: int
    title: str
    text: str
    address: str
    labels: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    areas: tuple[int, ...] = ()
    kind: str = ""
    themes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    moments: tuple[str, ...] = ()
    point: tuple[float, float] | None = None
    summary: Mapping[str, str] = field(default_factory=dict)
    is_public: bool = True
    confirmed_on: date | None = None
    is_example: bool = False


@dataclass(frozen=True)
class Searchable:
    """One type of things: the records of a ``model``.

    ``entries`` gives those with the numbers asked for. ``beside`` gives the numbers of those that
    read along with other things that changed (a type of the trail, and numbers). ``lines`` gives
    what to say of a few things at the moment that they are shown, such as when an activity takes
    place next. ``icon`` is its drawing. What ``is_apart`` is not a place to go or help to get, such
    as a point or a decision, and stands below under a heading of its own.
    """

    type: str
    label: Label
    model: Any
    entries: Callable[[Iterable[int]], Iterator[Entry]]
    beside: Callable[[str, set[int]], set[int]] = lambda target, numbers: set()
    lines: Callable[[list[int]], dict[int, str]] = lambda numbers: {}
    icon: str = "house"
    is_apart: bool = False

    @property
    def target(self) -> str:
        """The type under which the trail names its changes, such as ``organisation``."""
        return str(self.model._meta.model_name)

    def numbers(self) -> list[int]:
        """The numbers of all of them, found or not."""
        return list(self.model._base_manager.order_by("pk").values_list("pk", flat=True))
