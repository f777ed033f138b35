from __future__ import annotations

from jalons.keying import operations
from jalons.keying.models import Keying
from tests.factories import make_campaign
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    campaign = make_campaign(space=side.space, title=f"Saisies {side.mark}")
    begun = _sheet(campaign, side, 1)
    once = _sheet(campaign, side, 2)
    differ = _sheet(campaign, side, 3)
    for keying, profile in ((once, "decision_maker"), (differ, "decision_maker")):
        _read(keying, side, profile)
    _read(operations.key_again(differ.sheet, by=side.owner), side, "local_operator")
    survey = {"pk": campaign.pk}
    reading = survey | {"keying_pk": begun.pk}
    settled = survey | {"sheet_pk": differ.sheet_id}
    opens = str(campaign.opens_on)
    given = {"channel": "paper", "collected_on": opens, "number": "9"}
    return {
        "keying:list": Call(survey),
        "keying:create": Call(survey, post=given),
        "keying:page": Call(
            reading | {"section_code": "political"}, post={"P1a": "no"}
        ),
        "keying:finish": Call(reading),
        "keying:again": Call(survey | {"sheet_pk": once.sheet_id}),
        "keying:settle": Call(settled, post={"choice-profile": "first"}),
        "keying:delete": Call(settled),
        "keying:paper": Call(survey),
    }


def _sheet(campaign, side: Side, number: int) -> Keying:
    return operations.open_sheet(
        campaign,
        channel="paper",
        collected_on=campaign.opens_on,
        number=number,
        by=side.owner,
    )


def _read(keying: Keying, side: Side, profile: str) -> None:
    section = keying.sheet.campaign.version.read().section("respondent")
    place = keying.sheet.campaign.territories.get().pk
    given = {"territory": place, "profile": profile}
    operations.keep_page(keying, section, given)
    operations.finish_keying(keying, by=side.owner)
