from __future__ import annotations

from django.utils import timezone

from jalons.accounts.models import Link
from jalons.accounts.operations import give_link
from jalons.returns import operations
from jalons.returns.models import Return
from jalons.surveys import operations as surveys
from tests.factories import make_campaign, make_response
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """A closed survey whose only territory was sent its return."""
    campaign = make_campaign(space=side.space, title=f"Retours {side.mark}")
    response = make_response(campaign, P2="yes")
    response.is_shared = True
    response.save()
    surveys.close_campaign(campaign, by=side.owner)
    operations.address_return(
        campaign,
        response.territory,
        email=f"epci.{side.mark}@exemple.fr",
        by=side.owner,
    )
    operations.send_returns(campaign, by=side.owner, at=timezone.now())
    survey = {"pk": campaign.pk}
    epci = survey | {"code": response.territory_id}
    guessed, mine = {"secret": "A" * 22}, {"secret": _secret(campaign.returns.get())}
    return {
        "returns:list": Call(survey),
        "returns:send": Call(survey),
        "returns:show": Call(epci),
        "returns:pdf": Call(epci),
        "returns:address": Call(epci, post={"email": "autre@exemple.fr"}),
        "returns:withdraw": Call(epci),
        "returns:again": Call(epci),
        "returns:read": Call(guessed, respondent=mine),
        "returns:read_pdf": Call(guessed, respondent=mine),
    }


def _secret(record: Return) -> str:
    """A link whose secret is known here: the one sent is in a mail alone."""
    record.link, secret = give_link(Link.Purpose.RETURN, expires_at=None)
    record.save()
    return secret
