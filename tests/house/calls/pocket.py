from __future__ import annotations

from jalons.rounds.models import Round
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """The file of a phone, for a round that was made on this side."""
    round = Round.objects.filter(campaign__space=side.space).earliest("pk")
    return {"pocket:bring": Call({"pk": round.pk})}
