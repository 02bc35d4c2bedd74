"""A mail server for tests of one process: it keeps what it accepts, and fails for the addresses
that a test names.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend


class MailServer(EmailBackend):
    """Accepted mail lies in ``django.core.mail.outbox``; ``refused`` names what is raised for
    an address.
    """

    refused: dict[str, Exception] = {}
    away: Exception | None = None

    def open(self) -> bool:
        """Make a connection, unless the server is away."""
        if self.away:
            raise self.away
        return True

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        """Accept the messages, or raise what was asked for their address."""
        for message in messages:
            if message.to[0] in self.refused:
                raise self.refused[message.to[0]]
        return super().send_messages(messages)
