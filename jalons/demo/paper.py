"""A sheet of paper keyed twice, with differences left for the officer to settle."""

from __future__ import annotations

from collections.abc import Mapping

from jalons.accounts.models import User
from jalons.demo.simulation import SEED, Answer, simulate
from jalons.keying import operations
from jalons.keying.models import Keying
from jalons.surveys.models import Campaign, Response

NUMBER = 1
DIFFERENCES = 2


def key_a_sheet_twice(campaign: Campaign, officer: User) -> None:
    """Two questions of the sheet, which is invented, were not read alike."""
    definition = campaign.version.read()
    codes = list(campaign.territories.values_list("code", flat=True))
    given = simulate(definition, codes, seed=SEED + 1)[0].answers
    first = operations.open_sheet(
        campaign,
        channel=Response.Channel.PAPER,
        collected_on=campaign.opens_on,
        number=NUMBER,
        by=officer,
    )
    _key(first, given, officer)
    second = operations.key_again(first.sheet, by=officer)
    _key(second, _read_otherwise(campaign, given), officer)


def _key(keying: Keying, given: Mapping[str, Answer], officer: User) -> None:
    for section in keying.sheet.campaign.version.read().sections:
        operations.keep_page(keying, section, given)
    operations.finish_keying(keying, by=officer)


def _read_otherwise(
    campaign: Campaign, given: Mapping[str, Answer]
) -> dict[str, Answer]:
    """The same answers but two, among the questions that no other depends on."""
    definition = campaign.version.read()
    steering = {q.show_if.question for q in definition.questions if q.show_if}
    steering |= {s.show_if.question for s in definition.sections if s.show_if}
    found = dict(given)
    for question in definition.questions:
        is_free = question.code not in steering and question.scoring is not None
        if is_free and question.type == "single" and question.code in given:
            others = [
                o.code for o in question.options if o.code != given[question.code]
            ]
            found[question.code] = others[0]
        if sum(found[code] != given[code] for code in given) == DIFFERENCES:
            break
    return found
