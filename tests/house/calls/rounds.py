from __future__ import annotations

from jalons.rounds import enrolment
from tests.factories import make_device, make_round
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """A round with a surveyor and a phone."""
    title = f"Terrain {side.mark}"
    round = make_round(space=side.space, by=side.owner, title=title)
    alias = f"Enquêteur {side.mark}"
    surveyor = enrolment.add_surveyor(round, alias, [], by=side.owner)
    phone = make_device(surveyor)
    one, space = {"pk": round.pk}, {"space_pk": side.space.pk}
    who = one | {"surveyor_pk": surveyor.pk}
    opens = str(round.campaign.opens_on)
    given = {
        "title": "Terrain",
        "sponsor": "CC",
        "version": round.campaign.version_id,
        "codes": round.campaign.territories.get().pk,
        "opens_on": opens,
        "closes_on": opens,
        **{f"notice_{n}": "…" for n in ("purpose", "legal_basis", "retention")},
        **{f"notice_{n}": "…" for n in ("rights", "publication")},
    }
    return {
        "rounds:list": Call(space),
        "rounds:create": Call(space, post=given),
        "rounds:show": Call(one),
        "rounds:phone_script": Call(one),
        "rounds:xlsform": Call(one),
        "rounds:quotas": Call(one, post={"total": 0}),
        "rounds:quota": Call(one | {"code": given["codes"]}, post={"man.a80": "1"}),
        "fieldwork:results": Call(one),
        "fieldwork:workshops": Call(one),
        "rounds:surveyors": Call(one, post={"alias": "Une autre"}),
        "rounds:surveyor": Call(who),
        "rounds:renew": Call(who),
        "rounds:stop": Call(who),
        "rounds:stop_phone": Call(one | {"device_pk": phone.pk}),
        "rounds:revoke": Call(one, post={"understood": "on"}),
    }
