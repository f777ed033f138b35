"""The sign-ins of a person that are still open, for them to read and to close.

Nothing is kept for it beyond the session itself: the day it was opened and the kind of
device, no network address.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from jalons.accounts import proof
from jalons.accounts.models import User

OPENED, DEVICE = "opened_at", "device"
# The first that is found: Edge also says Chrome, Chrome also says Safari.
BROWSERS = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """One sign-in still open; `mark` names it and opens nothing."""

    mark: str
    at: datetime | None
    device: str
    is_current: bool


def remember(request: HttpRequest) -> None:
    """Note, in the session just opened, when and on what kind of device."""
    request.session[OPENED] = timezone.now().isoformat(timespec="seconds")
    request.session[DEVICE] = device(request.headers.get("User-Agent", ""))
    proof.note(request)


def device(agent: str) -> str:
    """The kind of device that a browser says it is.

    >>> device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox, Linux'
    >>> device("curl/8")
    ''
    """
    found = (
        next((name for sign, name in names.items() if sign in agent), "")
        for names in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, found))


def opened_by(user: User, current_key: str | None) -> list[Opened]:
    """Those still open, the latest first."""
    found = [
        Opened(
            mark=_mark(session.pk),
            at=parse_datetime(str(kept.get(OPENED, ""))),
            device=str(kept.get(DEVICE, "")),
            is_current=session.pk == current_key,
        )
        for session, kept in _of(user)
    ]
    return sorted(found, key=lambda each: str(each.at), reverse=True)


def close(user: User, mark: str, *, but: str | None = None) -> int:
    """Close the one that this mark names, or all of them but one's own (`all`)."""
    keys = [
        session.pk
        for session, _kept in _of(user)
        if (mark == "all" and session.pk != but) or mark == _mark(session.pk)
    ]
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)


def _of(user: User) -> Iterator[tuple[Session, dict[str, object]]]:
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        kept = session.get_decoded()
        if kept.get(SESSION_KEY) == str(user.pk):
            yield session, kept


def _mark(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:24]
