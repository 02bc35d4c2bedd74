"""A mail server on this machine for tests with real processes: it writes down what it accepts,
and fails on demand.
"""

from __future__ import annotations

import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Post:
    """What the server accepted and how it behaves: an answer per address, and how long it
    thinks over a text.
    """

    port: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    answers: dict[str, str] = field(default_factory=dict)
    vanish_for: set[str] = field(default_factory=set)
    pause: float = 0.0
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def accept(self, address: str) -> None:
        """Write down one mail."""
        with self.arrived:
            self.accepted[address] += 1
            self.arrived.notify_all()

    def wait_for(self, number: int, seconds: float = 60) -> None:
        """Until so many mails were accepted. Raises AssertionError when that takes too long."""
        with self.arrived:
            is_enough = self.arrived.wait_for(lambda: self.accepted.total() >= number, seconds)
        assert is_enough, f"{self.accepted.total()} of {number} mails"


class _Conversation(socketserver.StreamRequestHandler):
    post: Post

    def handle(self) -> None:
        """Speak as much of RFC 5321 as a sender of plain mail needs."""
        self.say("220 test")
        recipient = ""
        for raw in self.rfile:
            line = raw.decode("ascii", "replace").strip()
            verb = line[:4].upper()
            if verb == "RCPT":
                recipient = line.split("<")[1].split(">")[0].lower()
                self.say(self.post.answers.get(recipient, "250 ok"))
            elif verb == "DATA":
                self.say("354 go on")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self.post.arrived.acquire()
                self.post.arrived.wait(self.post.pause) if self.post.pause else None
                self.post.arrived.release()
                self.post.accept(recipient)
                if recipient in self.post.vanish_for:
                    return
                self.say("250 accepted")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, line: str) -> None:
        """Answer one line."""
        self.wfile.write(line.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads = True, True


@contextmanager
def smtp_server() -> Iterator[Post]:
    """A running mail server on a free port."""
    post = Post()
    handler = type("Conversation", (_Conversation,), {"post": post})
    with _Server(("127.0.0.1", 0), handler) as server:
        post.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield post
        server.shutdown()
