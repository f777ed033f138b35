from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from jalons.tokens.models import Scope
from jalons.tokens.operations import give_token
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    last = timezone.localdate() + timedelta(days=30)
    said = f"Tableau {side.mark}", [Scope.MEASURES]
    token, _secret = give_token(side.space, *said, last, by=side.owner)
    here = {"pk": side.space.pk}
    asked = {"title": "Autre", "scopes": ["places"], "expires_on": last.isoformat()}
    return {
        "tokens:list": Call(here),
        "tokens:create": Call(here, post=asked),
        "tokens:revoke": Call(here | {"token_pk": token.pk}),
    }
