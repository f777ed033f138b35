"""A space whose program has a key, for the tests of what programs write."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from jalons.accounts.models import User
from jalons.spaces.models import Space
from jalons.tokens.models import Scope
from jalons.tokens.operations import give_token

FRENCH = {"HTTP_ACCEPT_LANGUAGE": "fr"}


@dataclass
class Program:
    """Sends lines with its key; each sending has its own mark unless said."""

    secret: str
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))
    sent: int = 0

    def send(self, path: str, lines: list, status: int = 200, **more: object) -> dict:
        self.sent += 1
        key = str(more.pop("key", f"envoi-{self.sent}"))
        response = self.client.post(
            f"/api/v1/{path}",
            json.dumps({"lines": lines, **more}),
            content_type="application/json",
            HTTP_AUTHORIZATION=f"Bearer {self.secret}",
            HTTP_IDEMPOTENCY_KEY=key,
            **FRENCH,
        )
        assert response.status_code == status, response.content
        return response.json()


def make_program(space: Space, by: User, *scopes: Scope) -> Program:
    last = timezone.localdate() + timedelta(days=30)
    _token, secret = give_token(space, "Logiciel", scopes or [*Scope], last, by=by)
    return Program(secret)
