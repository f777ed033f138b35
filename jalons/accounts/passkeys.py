"""Passkeys: a telephone, a computer or a key that signs in instead of a code.

The ceremonies are allauth's, from modules that it calls internal: its version is
pinned and `tests/accounts/test_passkeys.py` watches them. A passkey always asks for
the finger, the face or the PIN of its device: whoever takes the device has not enough.
"""

from __future__ import annotations

import struct
from ipaddress import ip_address

from allauth.account.models import Login
from allauth.core import context
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth, flows
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils import timezone

from jalons.accounts import sessions
from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.mail import operations as mail

MOST = 20
# What reading bytes that no device wrote may raise.
MALFORMED = (
    ValidationError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    struct.error,
    InvalidSignature,
    UnsupportedAlgorithm,
)


class NotAccepted(Exception):
    """What came back is not an answer of a passkey to what was asked."""


def are_offered(request: HttpRequest) -> bool:
    """Whether browsers make passkeys here: a site with a name, encrypted or local."""
    host, _port = split_domain_port(request.get_host())
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return settings.IS_ENCRYPTED or host == "localhost"
    return False


def passkeys_of(user: User) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(
        user=user, type=Authenticator.Type.WEBAUTHN
    ).order_by("created_at", "pk")


def begin_adding(user: User) -> dict[str, object]:
    """What the browser is asked for, to make a passkey of this person."""
    asked: dict[str, object] = auth.begin_registration(user, passwordless=True)
    return asked


@transaction.atomic
def add_passkey(user: User, *, name: str, credential: object) -> Authenticator:
    """Keep the public part of a passkey just made, and tell its owner by mail."""
    try:
        made = auth.complete_registration(_answer(credential))
        if not made.is_user_verified():
            raise NotAccepted
    except MALFORMED as error:
        raise NotAccepted from error
    finally:
        auth.clear_state()
    passkey: Authenticator = auth.WebAuthn.add(user, name, credential).instance
    audit.record("account.passkey_added", user, by=user)
    _tell("passkey-added", user, passkey)
    return passkey


def rename_passkey(passkey: Authenticator, *, name: str) -> None:
    passkey.wrap().name = name
    passkey.save(update_fields=["data"])


@transaction.atomic
def remove_passkey(passkey: Authenticator, *, by: User) -> None:
    _tell("passkey-removed", by, passkey)
    passkey.delete()
    audit.record("account.passkey_removed", by, by=by)


def _tell(reason: str, user: User, passkey: Authenticator) -> None:
    told = {"name": passkey.wrap().name, "at": timezone.now()}
    mail.queue(reason, user.email, period=str(passkey.pk), context=told)


def begin_asking(user: User | None) -> dict[str, object]:
    """What the browser is asked for: a passkey of this person, or of anybody."""
    asked: dict[str, object] = auth.begin_authentication(user)
    return asked


def recognise(user: User | None, credential: object) -> Authenticator:
    """The passkey that answered; each question is answered once."""
    try:
        answer = _answer(credential)
        who = user or auth.extract_user_from_response(answer)
        found: Authenticator = auth.complete_authentication(who, answer)
    except MALFORMED as error:
        raise NotAccepted from error
    finally:
        auth.clear_state()
    return found


def _answer(credential: object) -> dict[str, object]:
    if not isinstance(credential, dict):
        raise NotAccepted
    return credential


def sign_in(passkey: Authenticator, next_url: str) -> HttpResponse:
    """Open a session for the owner of this passkey, unless their account is closed."""
    request = context.request
    login = Login(user=passkey.user, redirect_url=next_url)
    response: HttpResponse = flows.perform_passwordless_login(request, passkey, login)
    if request.user.is_authenticated:
        sessions.remember(request)
    return response


def note_use(passkey: Authenticator) -> None:
    post_authentication(context.request, passkey, reauthenticated=True)
