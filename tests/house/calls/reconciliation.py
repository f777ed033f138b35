from __future__ import annotations

from jalons.reconciliation import validating
from jalons.reconciliation.operations import open_wave
from jalons.reconciliation.secrets import secret_of
from jalons.surveys import operations as surveys
from jalons.surveys.models import Campaign
from tests.factories import make_campaign, make_response
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    campaign = make_campaign(space=side.space, title=f"Rapprochement {side.mark}")
    response = make_response(campaign, P2="yes")
    make_response(campaign, response.territory, P2="no")
    make_response(campaign, response.territory, P2="no")
    survey = {"pk": campaign.pk}
    epci = survey | {"code": response.territory_id}
    asked = validating.ask_validation(
        campaign, response.territory, email="dgs@exemple.fr", by=side.owner
    )
    surveys.validate_answer(
        campaign, response.territory, by=side.owner, statement="Bureau"
    )
    guessed, mine = {"secret": "A" * 22}, {"secret": secret_of(asked)}
    said = {"function": "DGS", "statement": "Bureau"}
    wave = {"title": "B", "opens_on": "2030-01-01", "closes_on": "2030-02-01"}
    given = {"method": "maximum", "reason": "Réunion"}
    return {
        "reconciliation:show": Call(survey, post=given),
        "reconciliation:territory": Call(epci, post=given),
        "reconciliation:drop": Call(epci),
        "reconciliation:discuss": Call(epci),
        "reconciliation:discuss_pdf": Call(epci),
        "reconciliation:requests": Call(
            survey, post={"territory": response.territory_id, "email": "a@exemple.fr"}
        ),
        "reconciliation:validations": Call(survey),
        "reconciliation:withdraw": Call(epci),
        "reconciliation:new_wave": Call(survey, post=wave),
        "reconciliation:evolution": Call(survey),
        "reconciliation:evolution_file": Call(
            {"pk": _done_again(side).pk, "format": "csv"}
        ),
        "reconciliation:open": Call(
            guessed, post=said | {"refuse": "1"}, respondent=mine
        ),
        "reconciliation:correct": Call(
            guessed, post=said | {"P2": "no"}, respondent=mine
        ),
    }


def _done_again(side: Side) -> Campaign:
    """A survey whose two waves are closed."""
    first = make_campaign(space=side.space, title=f"Avant {side.mark}")
    make_response(first, P2="no")
    surveys.close_campaign(first, by=side.owner)
    today = first.today()
    wave = open_wave(
        first,
        title=f"Après {side.mark}",
        opens_on=today,
        closes_on=today,
        is_prefilled=False,
        by=side.owner,
    )
    make_response(wave, first.territories.first(), P2="yes")
    surveys.close_campaign(wave, by=side.owner)
    return wave
