"""Questions about the parts of the city."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Self

from django.db import models


class AreaQuerySet(models.QuerySet[Any]):
    """Questions about areas."""

    def doors(self) -> Self:
        """The wijken, and the felt neighbourhoods: the parts by which people look."""
        return self.filter(level__in=("wijk", "felt"))

    def below(self, area: Any) -> set[int]:
        """The numbers of an area and of all that lies in it; one query over the small table."""
        children: dict[int, list[int]] = defaultdict(list)
        for pk, parent in self.model.objects.order_by().values_list("pk", "parent_id"):
            children[parent].append(pk)
        found, todo = set(), [area.pk]
        while todo:
            pk = todo.pop()
            if pk not in found:
                found.add(pk)
                todo += children[pk]
        return found
