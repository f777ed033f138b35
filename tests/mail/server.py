"""A mail server on the loopback, which keeps what it accepts; for the tests of all.

A file of tests takes it with `from tests.mail.server import smtp` and `__all__`, or
names it in its conftest; `received.read()` gives the mails as a mailbox reads them.
"""

from __future__ import annotations

import os
import signal
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Received:
    """The mails a server accepted; it may refuse addresses, or fall after the text."""

    def __init__(self, *, answer: str = "250 OK", refuses: tuple[str, ...] = ()):
        self.mails: list[bytes] = []
        self.answer, self.refuses = answer, refuses
        self.worker = self.port = 0
        self.to: list[str] = []

    def read(self) -> list[EmailMessage]:
        return [message_from_bytes(one, policy=policy.default) for one in self.mails]

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuses:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope.content)
        self.to += envelope.rcpt_tos
        if self.worker:
            os.kill(self.worker, signal.SIGKILL)
        if self.answer == "fall":
            server.transport.abort()
        return self.answer


@pytest.fixture
def smtp(settings):
    """Start a server that behaves as told; the site sends through it."""
    started = []

    def start(**behaviour) -> Received:
        received = Received(**behaviour)
        received.port = free_port()
        controller = Controller(received, hostname="127.0.0.1", port=received.port)
        controller.start()
        started.append(controller)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", received.port
        return received

    yield start
    for controller in started:
        controller.stop()
