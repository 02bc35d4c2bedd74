"""Does the work that takes longer than a page: reads in long lists, keeps the index up to date and
sends mail.

It ends when the server ends. When one of its loops ends or hangs, the whole process ends, so that
whoever supervises it starts it again (`config/supervisor.py`).
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

import django
from django.core.management import call_command
from django.db import DatabaseError, connection

DATABASE_PAUSE = 1  # seconds
LOST, MOST_DEATHS = 3, 3

logger = logging.getLogger(__name__)


def _beat() -> None:
    from knooppunt.core.background import heartbeat  # noqa: PLC0415 - Django must be set up first

    for loop in LOOPS:
        if loop.hangs(time.monotonic()):
            logger.error("%s hangs: one round takes over %d s", loop.name, loop.longest)
            os._exit(LOST)
    try:
        heartbeat.beat()
    except DatabaseError:  # what is wrong, the health page tells
        _reconnect()


def _reconnect() -> None:
    """Forget a connection that may be broken; the next question to the database opens a new one."""
    connection.close()


@dataclass
class Loop:
    """Something that is done again and again in a thread of its own; when that ends or hangs, the
    process ends.

    ``pause`` and ``longest`` are in seconds. A round that fails is done again after the pause.
    """

    name: str
    work: Callable[[], object]
    pause: float
    longest: float
    began: float | None = None

    def hangs(self, now: float) -> bool:
        """True if the round that is going on takes longer than any round may."""
        began = self.began
        return began is not None and now - began > self.longest

    def start(self) -> None:
        """Begin the first round."""
        threading.Thread(target=self._run, name=self.name, daemon=True).start()

    def _run(self) -> None:
        try:
            while True:
                self.began = time.monotonic()
                self._round()
                self.began = None
                time.sleep(self.pause)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(LOST)

    def _round(self) -> None:
        try:
            self.work()
        except Exception:
            logger.exception("%s: a round failed", self.name)
            _reconnect()


LOOPS: list[Loop] = []


def _loops() -> list[Loop]:
    """The heartbeat, the mail, and what each part does every few seconds: a part that is busy keeps
    no other waiting.

    Making the index of a large site anew takes minutes; what is done in a round is kept when it is
    cut off.
    """
    from knooppunt.core.mail import delivery  # noqa: PLC0415 - Django must be set up first
    from knooppunt.core.registry import modules  # noqa: PLC0415 - Django must be set up first

    return [
        Loop("heartbeat", _beat, pause=5, longest=60),
        Loop("mail", delivery.deliver_due, pause=1, longest=15 * 60),
        *(
            Loop(module.name, module.poll, pause=2, longest=60 * 60)
            for module in modules.active()
            if module.poll
        ),
    ]


def _end_with_parent() -> None:
    """Stop as soon as the server that started this worker is gone."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(2)
    os.kill(os.getpid(), signal.SIGTERM)


def _wait_for_database() -> None:
    """Until the database can be read and written; the start of a machine may bring it up after
    this process.
    """
    from knooppunt.core.background import heartbeat  # noqa: PLC0415 - Django must be set up first

    while True:
        try:
            heartbeat.beat()
            return
        except DatabaseError as problem:
            logger.warning("the worker waits for the database: %s", str(problem).strip())
            _reconnect()
            time.sleep(DATABASE_PAUSE)


def _requeue_abandoned() -> None:
    """Let tasks that a dead worker had begun be done again; after three deaths a task is left
    alone.

    Every task of the house may be run again: reading in a list doubles nothing.
    """
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - Django must be set up first

    from knooppunt.core.database import process_identity  # noqa: PLC0415

    for task in DBTaskResult.objects.running():
        if task.worker_ids and process_identity.is_gone(task.worker_ids[-1]):
            if len(task.worker_ids) < MOST_DEATHS:
                DBTaskResult.objects.running().filter(pk=task.pk).update(status="READY")
            else:
                task.set_failed(RuntimeError("the worker died of it"))


def _run_tasks() -> int:
    """Do what pages leave for later, one task after the other; gives the exit status."""
    from knooppunt.core.database import process_identity  # noqa: PLC0415 - Django must be set up first

    try:
        _requeue_abandoned()
        call_command(
            "db_worker",
            interval=1,
            verbosity=0,
            startup_delay=False,
            worker_id=process_identity.identity(),
        )
    except KeyboardInterrupt:
        return 0
    except DatabaseError as problem:
        logger.warning("the worker lost the database: %s", str(problem).strip())
        return LOST
    return 0


def main() -> int:
    """Run until told to stop; gives the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knooppunt.config.settings")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _wait_for_database()
    LOOPS.extend(_loops())
    for loop in LOOPS:
        loop.start()
    return _run_tasks()


if __name__ == "__main__":
    sys.exit(main())
