"""Keys of programs that open nothing of ours, and one that does."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from jalons.evaluation.models import Followed
from jalons.tokens.models import Scope, Token
from jalons.tokens.operations import give_token, revoke_token
from tests.directory.places import WHOLE
from tests.house.world import World

WRITES = {
    "api:write_measures": Scope.MEASURES,
    "api:write_responses": Scope.RESPONSES,
    "api:write_places": Scope.PLACES,
}
REFUSED = {"none": 401, "false": 401, "expired": 401, "revoked": 401, "theirs": 404}
GOOD = "whole"


def make_keys(world: World) -> dict[str, str]:
    """By what is wrong with it; that which lacks a scope is named by the scope."""
    ours, theirs = world.ours, world.theirs
    last = timezone.localdate() + timedelta(days=30)

    def make(side, scopes) -> tuple[Token, str]:
        title = f"Logiciel {side.mark}"
        return give_token(side.space, title, scopes, last, by=side.owner)

    expired, expired_secret = make(ours, [*Scope])
    Token.objects.filter(pk=expired.pk).update(
        expires_on=timezone.localdate() - timedelta(days=1)
    )
    revoked, revoked_secret = make(ours, [*Scope])
    revoke_token(revoked, by=ours.owner)
    narrow = {one: make(ours, [s for s in Scope if s != one])[1] for one in Scope}
    return {
        "none": "",
        "false": Token.new_secret(),
        "expired": expired_secret,
        "revoked": revoked_secret,
        "theirs": make(theirs, [*Scope])[1],
        GOOD: make(ours, [*Scope])[1],
    } | {str(scope): secret for scope, secret in narrow.items()}


def target(world: World, url: str) -> tuple[int, dict[str, object]]:
    """The number of ours in which a program writes there, and a sound line."""
    if url == "api:write_measures":
        of = world.call("evaluation:show").kwargs["pk"]
        followed = Followed.objects.get(
            evaluation__roadmap=of, name__startswith="Arrêts"
        )
        day = timezone.localdate().isoformat()
        return of, {"indicator": followed.name, "measured_on": day, "value": 7}
    if url == "api:write_responses":
        of, code = (world.call("surveys:territory_points").kwargs[n] for n in PLACE)
        day, answers = timezone.localdate().isoformat(), {"territory": code, "P2": "no"}
        answers["profile"] = "decision_maker"
        said = {"key": KEY, "channel": "phone", "collected_on": day}
        return of, said | {"answers": answers}
    return world.ours.space.place_lists.first().pk, WHOLE


PLACE, KEY = ("pk", "code"), "0b9c6c1e-6f0f-4e4e-9f0e-3d5b1f4f3a11"
