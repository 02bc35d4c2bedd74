"""Speaks with the mail server, and tells apart a mail that did not go out from one of which
nobody can know.
"""

from __future__ import annotations

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class UncertainDelivery(Exception):
    """The text of a mail was handed over and no answer came, so it may or may not have been
    accepted.
    """


class _Connection(smtplib.SMTP):
    """A connection that counts answers, to know how far a mail came before the line broke."""

    _replies = 0

    def getreply(self) -> tuple[int, bytes]:
        """The server's next answer."""
        reply = super().getreply()
        self._replies += 1
        return reply

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand over the text of a mail.

        Raises UncertainDelivery when the line breaks after the server asked for it.
        """
        before = self._replies
        try:
            return super().data(msg)
        except (smtplib.SMTPServerDisconnected, OSError) as problem:
            if self._replies > before and not isinstance(problem, smtplib.SMTPResponseException):
                raise UncertainDelivery(str(problem)) from problem
            raise


class Backend(EmailBackend):
    """Django's own backend, over a connection that knows how far a mail came."""

    connection_class = _Connection
