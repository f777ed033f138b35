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
HITS_READ = 60
SHOWN = 8


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
    found: dict[str, Found] = {}
    for hit in hits:
        if hit.ref in names:
            found.setdefault(hit.ref, Found(hit.ref, names[hit.ref], ""))
        elif hit.ref in homes:
            code = homes[hit.ref]
            found.setdefault(code, Found(code, names[code], hit.title))
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
