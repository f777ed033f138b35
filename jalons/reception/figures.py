"""What was asked of a centre: the lines of its page, and how many wish each thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from jalons.reception.models import Choice, Interest
from jalons.spaces.models import Space


@dataclass(frozen=True, slots=True)
class Wished:
    """How many told each thing, of those who confirmed; one may tell several."""

    n: int
    waiting: int
    lines: Sequence[tuple[Choice, int]]


def interests_of(space: Space, *, every: bool, choice: str) -> QuerySet[Interest]:
    """The oldest to answer first; all of them, the latest first."""
    found = Interest.objects.filter(space=space)
    found = found.confirmed() if every else found.waiting()
    if choice in Choice.values:
        found = found.filter(**{choice: True})
    order = ("-confirmed_at", "-pk") if every else ("exchange__next_on", "pk")
    return found.whole().order_by(*order)


def wished_of(space: Space) -> Wished:
    """In one query."""
    counts = {one.value: Count("pk", filter=Q(**{one.value: True})) for one in Choice}
    known = Interest.objects.filter(space=space)
    waiting = Count("pk", filter=Q(pk__in=known.waiting().values("pk")))
    row = known.confirmed().aggregate(
        n=Count("pk"), left=waiting, **{f"n_{k}": v for k, v in counts.items()}
    )
    lines = [(one, row[f"n_{one.value}"]) for one in Choice]
    return Wished(row["n"], row["left"], lines)
