"""Find the territory that a respondent speaks of, by its name or a commune's."""

from __future__ import annotations

from dataclasses import dataclass

from jalons.search import figures as search
from jalons.surveys.models import Campaign
from jalons.territories.models import (
    CURRENT_YEAR,
    Membership,
    Territory,
    held_in,
)

KINDS = (Territory.Kind.EPCI.value, Territory.Kind.COMMUNE.value)
HITS_READ = 500
"""Search knows the whole of France: enough hits for some to be in the perimeter."""
SHOWN = 8
NEAR = 0.75
"""A hit this much less like the words than the best one is only noise."""


@dataclass(frozen=True, slots=True)
class Found:
    """A territory surveyed; `through` names the commune that led to it."""

    code: str
    name: str
    through: str


def find_in_perimeter(campaign: Campaign, query: str) -> list[Found]:
    """Territories surveyed that the words lead to, best first.

    A small perimeter is shown whole: there is nothing to search.
    """
    names = dict(campaign.territories.order_by("name").values_list("pk", "name"))
    if len(names) <= SHOWN:
        return [Found(code, name, "") for code, name in names.items()]
    hits = search.find(query, kinds=KINDS, limit=HITS_READ)
    homes = _homes(campaign, [hit.ref for hit in hits])
    here = [hit for hit in hits if hit.ref in names or hit.ref in homes]
    found: dict[str, Found] = {}
    for hit in here:
        code = hit.ref if hit.ref in names else homes[hit.ref]
        through = "" if code == hit.ref else hit.title
        if hit.score >= NEAR * here[0].score:
            found.setdefault(code, Found(code, names[code], through))
    return list(found.values())[:SHOWN]


def _homes(campaign: Campaign, codes: list[str]) -> dict[str, str]:
    """The territory surveyed to which each commune belongs."""
    memberships = Membership.objects.filter(
        held_in(CURRENT_YEAR),
        member__in=codes,
        member__kind=Territory.Kind.COMMUNE,
        group__campaigns=campaign,
    )
    return dict(memberships.values_list("member_id", "group_id"))
