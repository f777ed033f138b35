"""Mails chosen and sent, as the tests of the digest say it."""

from __future__ import annotations

import json
from datetime import datetime
from io import StringIO

import time_machine
from django.core.management import call_command

from jalons.accounts.models import User
from jalons.digests.models import Subscription
from jalons.digests.sections import SECTIONS
from jalons.mail.models import Message


def choose(user: User, rhythm: str = "week", *sections: str, **fields) -> Subscription:
    """`choose(officer, "day", "network")`: of these sections only, or of all."""
    left = [one.code for one in SECTIONS if sections and one.code not in sections]
    return Subscription.objects.create(
        user=user, rhythm=rhythm, left_out=left, **fields
    )


def send(at: datetime, *options: str) -> dict[str, object]:
    """The command, on that day."""
    out = StringIO()
    with time_machine.travel(at, tick=False):
        call_command("send_digests", "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def deliver() -> None:
    call_command("send_mail", stdout=StringIO())


def to(user: User):
    return Message.objects.filter(reason="digest", recipient=user.email).order_by("pk")
