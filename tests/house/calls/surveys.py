from __future__ import annotations

import uuid

from jalons.surveys import operations
from jalons.surveys.models import Campaign
from tests.factories import make_campaign, make_response
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    campaign = make_campaign(space=side.space, title=f"Enquête {side.mark}")
    response = make_response(campaign)
    operations.validate_answer(
        campaign, response.territory, by=side.owner, statement="Bureau"
    )
    space, survey = {"space_pk": side.space.pk}, {"pk": campaign.pk}
    epci = survey | {"code": response.territory_id}
    return {
        "surveys:list": Call(space),
        "surveys:create": Call(space),
        "surveys:involvement": Call(space),
        "surveys:show": Call(survey),
        "surveys:edit": Call(survey),
        "surveys:close": Call(survey),
        "surveys:delete": Call(survey),
        "surveys:scores": Call(survey),
        "surveys:territory_points": Call(epci),
        "surveys:explain": Call(survey | {"response_pk": response.pk}),
        "surveys:export": Call(survey),
        "surveys:export_json": Call(survey),
        "surveys:export_xlsx": Call(survey),
        "surveys:code_book": Call(survey),
        "surveys:contacts": Call(survey),
        **_of_respondent(campaign),
    }


def _of_respondent(campaign: Campaign) -> dict[str, Call]:
    """The pages of one's own answer, which only the holder of the link opens."""
    _response, secret = operations.open_draft(campaign, key=uuid.uuid4())
    public = {"slug": campaign.slug}
    mine = public | {"secret": secret}
    guessed = public | {"secret": "AAAAAAAAAAAAAAAAAAAAAA"}
    territory = campaign.territories.get().pk
    page = {"section_code": "political"}
    return {
        "surveys:notice": Call(public),
        "surveys:start": Call(public, post={"key": str(uuid.uuid4())}),
        "surveys:resume": Call(guessed, respondent=mine),
        "surveys:territory": Call(
            guessed, post={"territory": territory}, respondent=mine
        ),
        "surveys:answer": Call(
            guessed | page, post={"P1a": "no"}, respondent=mine | page
        ),
        "surveys:review": Call(guessed, respondent=mine),
        "surveys:thanks": Call(guessed, respondent=mine),
    }
