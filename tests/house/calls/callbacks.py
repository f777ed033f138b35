from __future__ import annotations

from jalons.callbacks import operations
from tests.factories import make_round
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """A round with somebody to call back."""
    round = make_round(space=side.space, by=side.owner, title=f"Rappels {side.mark}")
    commune = round.campaign.territories.get()
    callback = operations.note_callback(
        round,
        commune=commune,
        name=f"Personne {side.mark}",
        contact="05 00 00 00 00",
        by=side.owner,
    )
    one = {"pk": round.pk}
    person = one | {"key": callback.key}
    given = {"name": "Une personne", "contact": "05 11 11 11 11", "has_agreed": "on"}
    return {
        "callbacks:list": Call(one),
        "callbacks:create": Call(one, post=given | {"commune": commune.pk}),
        "callbacks:sheet": Call(one),
        "callbacks:person": Call(person, post={"state": "called"}),
        "callbacks:withdraw": Call(person),
        "callbacks:forget": Call({"code": callback.code}),
        "callbacks:leave": Call({"key": round.key}, post={"contact": "05"}),
    }
