"""The money that a space looks for, over all its roadmaps: asked, granted, refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jalons.funding.figures import Sums, sums_of
from jalons.funding.models import Grant
from jalons.roadmaps.models import Action
from jalons.spaces.models import Space


@dataclass(frozen=True, slots=True)
class Sought:
    """Requests for money; `funders` in the order in which they were first asked."""

    count: int
    waiting: int
    sums: Sums
    funders: Sequence[str]


def sought_in(space: Space) -> Sought:
    """Every request of a space, in one query; actions given up count for nothing."""
    rows = Grant.objects.filter(action__workstream__stake__roadmap__space=space)
    found = list(rows.exclude(action__status=Action.Status.DROPPED))
    names: dict[str, str] = {}
    for one in found:
        names.setdefault(one.funder.casefold(), one.funder)
    waiting = sum(one.state == Grant.State.ASKED for one in found)
    return Sought(len(found), waiting, sums_of(found), list(names.values()))
