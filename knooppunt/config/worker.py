"""Does the work that takes longer than a page, such as reading in a long list; ends when the server ends."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time

import django
from django.core.management import call_command
from django.db import connection

PAUSE = 2


def _in_between() -> None:
    """Let the parts of the house do what they do every few seconds, such as keeping the index up to date."""
    from knooppunt.core import modules  # noqa: PLC0415 - Django must be set up first

    while True:
        for module in modules.active():
            if module.between:
                try:
                    module.between()
                except Exception:  # the next round tries again; the site itself goes on
                    logging.getLogger(__name__).exception(
                        "%s: the round in between failed", module.name
                    )
        connection.close()
        time.sleep(PAUSE)


def _post() -> None:
    """Send what is in the queue for mail, within a second."""
    from knooppunt.core import delivery  # noqa: PLC0415 - Django must be set up first

    while True:
        try:
            delivery.deliver_due()
        except Exception:  # the next round tries again
            logging.getLogger(__name__).exception("the round of the mail failed")
        connection.close()
        time.sleep(1)


def _end_with_parent() -> None:
    """Stop as soon as the server that started this worker is gone."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(2)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knooppunt.config.settings")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    time.sleep(2)  # let the pages come up first
    django.setup()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    threading.Thread(target=_in_between, daemon=True).start()
    threading.Thread(target=_post, daemon=True).start()
    try:
        call_command("db_worker", interval=1, verbosity=0)
    except KeyboardInterrupt:
        sys.exit(0)
