"""Mails that came back: what a notice of non-delivery says, and of which mail.

A notice (RFC 3464) is a mail in three parts: words for people, a part for machines
(`message/delivery-status`), and the mail it speaks of, or its headers. Only one that
quotes the Message-ID of a mail of ours is believed: that identity holds a proof which
nobody else can write (`delivery.identity_of`), so a forged notice silences nobody.
"""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message as Parsed
from pathlib import Path

from django.utils import timezone

from jalons.mail.models import Bounce, Message

IDENTITY = re.compile(r"<(\d{14})\.(\d+)\.([0-9a-f]{16})@[^>\s]+>")
REASON_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Notice:
    """What one mail of the returns box says; not a notice of failure when empty.

    `place` is the file, with the number of the mail when there are several in it.
    """

    place: str
    identity: str
    status: str
    reason: str

    @property
    def is_failure(self) -> bool:
        return bool(self.status)

    @property
    def is_permanent(self) -> bool:
        return self.status.startswith("5")


def read_notices(path: Path) -> Iterator[Notice]:
    """Every mail of a file, of an mbox, or of a folder of mails (Maildir or plain)."""
    if path.is_dir():
        for one in sorted(p for p in path.rglob("*") if p.is_file()):
            yield from read_notices(one)
    elif path.read_bytes()[:5] == b"From ":
        box = mailbox.mbox(path, create=False)
        for number, mail in enumerate(box, start=1):
            yield read_notice(mail.as_bytes(), f"{path.name} ({number})")
        box.close()
    else:
        yield read_notice(path.read_bytes(), path.name)


def read_notice(content: bytes, place: str) -> Notice:
    """What one mail says, whatever it is: an ordinary mail says nothing."""
    mail = message_from_bytes(content, policy=policy.compat32)
    status, reason = _failure(mail)
    found = IDENTITY.search(_quoted(mail)) if status else None
    return Notice(place, found[0] if found else "", status, reason[:REASON_LENGTH])


def note_bounce(address: str, reason: str, *, is_permanent: bool) -> Bounce:
    """Remember that this address refuses mail, with the words it gave."""
    bounce, _is_new = Bounce.objects.update_or_create(
        address=address.strip().lower(),
        defaults={
            "reason": reason[:REASON_LENGTH],
            "is_permanent": is_permanent,
            "happened_at": timezone.now(),
        },
    )
    return bounce


def message_of(identity: str) -> Message | None:
    """The mail that bears this identity; its proof is checked by the caller."""
    found = IDENTITY.match(identity)
    if found is None:
        return None
    return Message.objects.filter(pk=int(found[2])).first()


def dead_addresses() -> frozenset[str]:
    """The addresses to which nobody writes any more."""
    known = Bounce.objects.permanent().values_list("address", flat=True)
    return frozenset(known)


def _failure(mail: Parsed) -> tuple[str, str]:
    """The status of the first recipient that failed, and the words given for it."""
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in _parts(part):
            if str(block.get("Action", "")).strip().lower() == "failed":
                return _status(block), _words(block)
    return "", ""


def _parts(mail: Parsed) -> list[Parsed]:
    inside = mail.get_payload()
    found = inside if isinstance(inside, list) else []
    return [one for one in found if isinstance(one, Parsed)]


def _status(block: Parsed) -> str:
    """The three numbers of RFC 3463; without them a failure is taken as passing."""
    found = re.match(r"[245]\.\d{1,3}\.\d{1,3}", str(block.get("Status", "")).strip())
    return found[0] if found else "4.0.0"


def _words(block: Parsed) -> str:
    said = str(block.get("Diagnostic-Code", "")).partition(";")[2] or _status(block)
    return " ".join(said.split())


def _quoted(mail: Parsed) -> str:
    """The headers of the mail that came back, as quoted in the notice."""
    for part in mail.walk():
        if part.get_content_type() in ("message/rfc822", "message/global"):
            for inner in _parts(part):
                return str(inner.get("Message-ID", ""))
        if part.get_content_type() in ("text/rfc822-headers", "message/rfc822-headers"):
            return str(part.get_payload())
    return ""
