from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.spaces.models import Space
from jalons.tokens.models import Receipt, Scope, Token

LONGEST = timedelta(days=366)
"""A key lives a year at most: one forgotten in a program does not live for ever."""
RECEIPTS_KEPT = timedelta(days=7)
"""Long enough for whatever tries again after a week-end without network."""

Answer = dict[str, object]


class AnotherWriting(Exception):
    """The same key was given to another writing."""


class _Undone(Exception):
    """What was tried is not kept."""


@dataclass(frozen=True, slots=True)
class Writing:
    """One writing of a program: the key it gave, the print of what it sent."""

    scope: Scope
    key: str
    request_digest: str
    is_dry: bool = False


@transaction.atomic
def give_token(
    space: Space, title: str, scopes: Iterable[str], expires_on: date, *, by: User
) -> tuple[Token, str]:
    """A new key, and its secret, which is told this once."""
    secret = Token.new_secret()
    token = Token.objects.create(
        space=space,
        title=title,
        scopes=[one.value for one in Scope if one in set(scopes)],
        digest=Token.digest_of(secret),
        made_by=by,
        expires_on=expires_on,
    )
    details = {"scopes": token.scopes, "expires_on": str(expires_on)}
    audit.record("token.given", token, by=by, details=details)
    return token, secret


@transaction.atomic
def revoke_token(token: Token, *, by: User) -> None:
    """It opens nothing from now on; a second time changes nothing."""
    alive = Token.objects.filter(pk=token.pk, revoked_at=None)
    if alive.update(revoked_at=timezone.now(), revoked_by=by):
        audit.record("token.revoked", token, by=by)


def note_use(token: Token, *, on: date) -> None:
    """The day of its last use, written once a day."""
    if token.last_used_on != on:
        Token.objects.filter(pk=token.pk).update(last_used_on=on)


def write_once(token: Token, writing: Writing, work: Callable[[], Answer]) -> Answer:
    """Do `work` once for the key given: sent again, the first answer comes back.

    Two that come together wait for one another. What raises leaves no receipt, so
    that it may be mended and sent with the same key; what is dry leaves nothing at
    all. Raises AnotherWriting.
    """
    if writing.is_dry:
        return _tried(work)
    try:
        with transaction.atomic():
            receipt = _opened(token, writing)
            answer = work()
            receipt.answer = answer
            receipt.save(update_fields=["answer"])
            _note(token, writing)
            return answer
    except _AlreadyOpened:
        return _known(token, writing)


class _AlreadyOpened(Exception):
    """A receipt bears this key."""


def _opened(token: Token, writing: Writing) -> Receipt:
    before = timezone.now() - RECEIPTS_KEPT
    token.receipts.filter(written_at__lt=before).delete()
    try:
        with transaction.atomic():
            return Receipt.objects.create(
                token=token, key=writing.key, request_digest=writing.request_digest
            )
    except IntegrityError as error:
        raise _AlreadyOpened from error


def _known(token: Token, writing: Writing) -> Answer:
    receipt = token.receipts.get(key=writing.key)
    if receipt.request_digest != writing.request_digest:
        raise AnotherWriting(writing.key)
    # An empty one is never read here: it is committed with its answer.
    answer: Answer = receipt.answer or {}
    return answer


def _tried(work: Callable[[], Answer]) -> Answer:
    """What the work would answer; all that it wrote is taken back."""
    answer: Answer = {}
    try:
        with transaction.atomic():
            answer = work()
            raise _Undone
    except _Undone:
        return answer


def _note(token: Token, writing: Writing) -> None:
    audit.record(
        "token.used", token, by=token.made_by, details={"scope": writing.scope.value}
    )
