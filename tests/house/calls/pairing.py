from __future__ import annotations

from django.utils import timezone

from jalons.pairing import operations
from jalons.pairing.models import Pairing, Side, Talk
from jalons.territories.models import Membership
from tests.factories import make_territory
from tests.house.calls.call import Call
from tests.house.calls.call import Side as World


def calls(side: World) -> dict[str, Call]:
    """Four territories of a centre: two asked, two that exchange."""
    places = [make_territory(f"CC en lien {side.mark} {n}") for n in range(4)]
    for place in places:
        Membership.objects.create(member=place, group=side.space.territory, since=2020)
    asked = Pairing(space=side.space, subject=f"Proposé {side.mark}")
    operations.propose(asked, places[:2], by=side.owner)
    going = Pairing(space=side.space, subject=f"En cours {side.mark}")
    operations.propose(going, places[2:], by=side.owner)
    for one in Side.objects.filter(pairing=going):
        one.reached_by, one.source = "Mairie", "Un appel"
        operations.agree(one, space=side.space, by=side.owner)
    today = timezone.localdate()
    talk = Talk(pairing=going, space=side.space, day=today, subject="Un bus")
    operations.note_talk(talk, by=side.owner)
    one = {"space_pk": side.space.pk}
    place = one | {"code": places[0].code}
    first, second = one | {"pk": asked.pk}, one | {"pk": going.pk}
    noted = {"day": today.isoformat(), "subject": "Un prêt"}
    agreed = {"territory": places[0].code, "is_agreed": "yes", "reached_by": "Mairie"}
    return {
        "pairing:list": Call(one),
        "pairing:candidates": Call(place),
        "pairing:propose": Call(
            place | {"other": places[2].code}, post={"subject": "Un autre sujet"}
        ),
        "pairing:show": Call(first),
        "pairing:answer": Call(first, post=agreed | {"source": "Un appel"}),
        "pairing:withdraw": Call(first),
        "pairing:note_talk": Call(second, post=noted),
        "pairing:remove_talk": Call(second | {"talk_pk": talk.pk}),
        "pairing:tell": Call(second, post={"use": "much"}),
        "pairing:end": Call(second, post={"ending": "Le service est ouvert"}),
    }
