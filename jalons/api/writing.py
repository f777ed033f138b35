"""How a program writes: by its key, once, through the operation of the page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from http import HTTPStatus

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from jalons.api import limits, problems
from jalons.api.orders import LineRefused, Order, Written
from jalons.spaces.models import Space
from jalons.tokens import access, operations
from jalons.tokens.models import Scope, Token
from jalons.tokens.operations import Writing

Report = Callable[[Token], Written]


class ByKey(HttpBearer):
    """A key given in the header of the request, never in the address."""

    def __init__(self, scope: Scope | None = None) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """The key, if it is alive, not too busy, and made for this."""
        today = timezone.localdate()
        try:
            found = access.find_token(token, on=today)
        except access.NotAToken as error:
            _count(request, "api")
            raise problems.Unknown from error
        _count(request, "api_token", key=str(found.pk))
        if self.scope:
            access.require_scope(found, self.scope)
        operations.note_use(found, on=today)
        return found


def _count(request: HttpRequest, action: str, key: str | None = None) -> None:
    counted = limits.count(request, action, key)
    request.counted = counted  # type: ignore[attr-defined]
    if not counted.is_allowed:
        raise problems.TooMany


def write(
    request: HttpRequest, scope: Scope, order: Order, key: str, work: Report
) -> dict[str, object]:
    """What a writing answers, done once for the key that the program gave to it."""
    token: Token = request.auth  # type: ignore[attr-defined]
    sent = f"{request.path}\n".encode() + request.body
    digest = hashlib.sha256(sent).hexdigest()
    writing = Writing(scope, key, digest, is_dry=order.dry_run)
    try:
        return operations.write_once(token, writing, lambda: work(token).model_dump())
    except operations.AnotherWriting as error:
        words = _("This key was given to another writing: make one for each.")
        raise problems.Refused(words) from error


def require_whole(refused: Iterable[LineRefused], order: Order) -> list[LineRefused]:
    """The lines refused, when the others are to be written. Raises LinesRefused."""
    found = [*refused]
    if found and (not order.skip_refused or len(found) == len(order.lines)):
        raise problems.LinesRefused([one.model_dump() for one in found])
    return found


def in_space(token: Token, space: Space | None) -> None:
    """A key opens its own space, whatever its maker may do in others (404)."""
    if space is None or space.pk != token.space_id:
        raise Http404


def conflict(words: str) -> problems.Refused:
    return problems.Refused(words, HTTPStatus.CONFLICT)
