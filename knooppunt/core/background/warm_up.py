"""What a process of the server reads before anybody asks, so that no visitor waits for it."""

from __future__ import annotations

import logging

from django.db import connection

from knooppunt.core.registry import modules

_log = logging.getLogger(__name__)


def warm_up() -> None:
    """Let every part read what its pages need at first.

    What fails is read when somebody asks, as without this.
    """
    for module in modules.active():
        if module.at_start:
            try:
                module.at_start()
            except Exception:
                _log.warning("%s: nothing was read beforehand", module.name, exc_info=True)
    connection.close()
