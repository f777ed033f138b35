from __future__ import annotations

from tests.factories import make_campaign, make_response
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    campaign = make_campaign(space=side.space, title=f"Rapprochement {side.mark}")
    response = make_response(campaign, P2="yes")
    make_response(campaign, response.territory, P2="no")
    survey = {"pk": campaign.pk}
    epci = survey | {"code": response.territory_id}
    given = {"method": "maximum", "reason": "Réunion"}
    return {
        "reconciliation:show": Call(survey, post=given),
        "reconciliation:territory": Call(epci, post=given),
        "reconciliation:drop": Call(epci),
    }
