"""The only door to program keys, for the owners of their space and for programs."""

from __future__ import annotations

from datetime import date

from django.shortcuts import get_object_or_404

from jalons.spaces.models import Space
from jalons.tokens.models import PREFIX, Scope, Token


class NotAToken(Exception):
    """No key that is alive has this secret."""


class OutOfScope(Exception):
    """The key was not made to write this."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope.label)
        self.scope = scope


def get_token(space: Space, pk: int) -> Token:
    """A key of a space already opened, never of another one."""
    token: Token = get_object_or_404(space.tokens.all(), pk=pk)
    return token


def find_token(secret: str, *, on: date) -> Token:
    """The key alive on a day that has this secret. Raises NotAToken.

    Whoever made it must still be in the team: what they may do there is asked again by
    the door to each object.
    """
    if not secret.startswith(PREFIX):
        raise NotAToken
    known: Token | None = (
        Token.objects.filter(digest=Token.digest_of(secret), made_by__is_active=True)
        .select_related("space__territory", "made_by")
        .first()
    )
    if known is None or not known.is_alive(on=on):
        raise NotAToken
    if not known.space.memberships.filter(user=known.made_by).exists():
        raise NotAToken
    return known


def require_scope(token: Token, scope: Scope) -> None:
    """Raises OutOfScope."""
    if scope.value not in token.scopes:
        raise OutOfScope(scope)
