from __future__ import annotations

from jalons.rounds.models import Round
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """The file of a phone, for the round that `rounds` made on this side."""
    round = Round.objects.get(campaign__space=side.space)
    return {"pocket:bring": Call({"pk": round.pk})}
