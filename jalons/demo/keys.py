"""A key that the demonstration's team gave to a program: nobody has its secret."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from jalons.accounts.models import User
from jalons.spaces.models import Space
from jalons.tokens import operations
from jalons.tokens.models import Scope, Token

TITLE = "[SIMULÉ] Tableau de bord du département"
DAYS = 180


def invent_key(space: Space, officer: User) -> Token:
    """Only its print is kept, as of any key, and its secret is thrown away."""
    last = timezone.localdate() + timedelta(days=DAYS)
    token, _secret = operations.give_token(
        space, TITLE, [Scope.MEASURES], last, by=officer
    )
    return token
