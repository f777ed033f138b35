"""Proving again that one is there, before an act that a thief of the session would do.

A sign-in is a proof, and so is a passkey or a code received since. It is good for a
quarter of an hour; afterwards it is asked for, and leads back to the page wanted. What
a form sent meanwhile is given back by the page that answers (`given_back`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from jalons.accounts import codes
from jalons.accounts.given_back import lead_to_proof, proof_too_old

PROVED, ASKED = "proved_at", "proof_asked"
PROOF_LASTS = timedelta(minutes=15)
CODE_LASTS = timedelta(minutes=10)
MOST_TRIES = 5
View = Callable[..., HttpResponse]


def note(request: HttpRequest) -> None:
    """The person has just proved that they are there."""
    request.session[PROVED] = timezone.now().isoformat(timespec="seconds")
    request.session.pop(ASKED, None)


def is_recent(request: HttpRequest) -> bool:
    return _since(request.session.get(PROVED)) < PROOF_LASTS


def _since(written: object) -> timedelta:
    at: datetime | None = parse_datetime(str(written or ""))
    return timezone.now() - at if at else timedelta.max


def required_if(
    is_sensitive: Callable[[HttpRequest], bool], *, answer: View = proof_too_old
) -> Callable[[View], View]:
    """A view that asks for a recent proof when the request is sensitive."""

    def decorate(view: View) -> View:
        @wraps(view)
        def asking(
            request: HttpRequest, *args: object, **kwargs: object
        ) -> HttpResponse:
            is_there = not request.user.is_authenticated or is_recent(request)
            if is_there or not is_sensitive(request):
                return view(request, *args, **kwargs)
            return answer(request)

        return asking

    return decorate


required = required_if(lambda request: True)
required_to_write = required_if(lambda request: request.method == "POST")
# A button says which thing it is about, and nobody typed it: it is pressed again.
required_to_press = required_if(lambda request: True, answer=lead_to_proof)


def send_code(request: HttpRequest) -> None:
    """Send a code to the address of the account; only its print waits for it.

    Raises OSError when the message could not leave: no code is then awaited anew.
    """
    code = get_adapter().generate_login_code()
    address = request.user.email  # type: ignore[union-attr]
    get_adapter().send_mail("account/email/proof_code", address, {"code": code})
    request.session[ASKED] = {
        "print": codes.print_of(code),
        # Read by the page of a demonstration alone.
        "shown": code if settings.DEMO_SHOWS_CODES else "",
        "at": timezone.now().isoformat(timespec="seconds"),
        "tries": 0,
    }


def is_awaited(request: HttpRequest) -> bool:
    asked = request.session.get(ASKED) or {}
    return _since(asked.get("at")) < CODE_LASTS and asked["tries"] < MOST_TRIES


def shown_code(request: HttpRequest) -> str:
    """The code, on the page of a demonstration alone."""
    asked = request.session.get(ASKED) or {}
    return str(asked.get("shown", "")) if codes.shows_code(request) else ""


def accept_code(request: HttpRequest, code: str) -> bool:
    """Whether this is the code sent, in time and not tried too often."""
    if not is_awaited(request):
        return False
    asked = request.session[ASKED]
    asked["tries"] += 1
    request.session.modified = True
    if not codes.is_the_one(code, asked["print"]):
        return False
    note(request)
    return True
