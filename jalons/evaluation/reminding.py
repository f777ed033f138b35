"""The measures that are due, for the mail by which a team is reminded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from jalons.evaluation.measuring import due_on
from jalons.evaluation.models import Followed


@dataclass(frozen=True, slots=True)
class Awaited:
    """A measure to take: of which indicator, since when, and the path of its page."""

    indicator: int
    words: str
    due_on: date
    path: str
    roadmap: str
    is_simulated: bool


def measures_due(spaces: Collection[int], today: date) -> Mapping[int, list[Awaited]]:
    """By space, each indicator in use whose next measure was due by this day."""
    whole = Q(measures__is_current=True, measures__part="")
    rows = (
        Followed.objects.filter(evaluation__roadmap__space__in=spaces)
        .filter(Q(retired_on=None) | Q(retired_on__gte=today))
        .annotate(last=Max("measures__measured_on", filter=whole))
        .select_related("evaluation__roadmap")
        .order_by("evaluation__roadmap", "position", "pk")
    )
    found: defaultdict[int, list[Awaited]] = defaultdict(list)
    for one in rows:
        day = due_on(one, one.last)
        if day is not None and day <= today:
            found[one.evaluation.roadmap.space_id].append(_awaited(one, day))
    return found


def _awaited(one: Followed, day: date) -> Awaited:
    roadmap = one.evaluation.roadmap
    words = one.said.name
    if one.keeper:
        words = _("%(name)s (measured by: %(keeper)s)")
        words = words % {"name": one.said.name, "keeper": one.keeper}
    return Awaited(
        indicator=one.pk,
        words=words,
        due_on=day,
        path=reverse("evaluation:indicator", args=[roadmap.pk, one.pk]),
        roadmap=roadmap.title,
        is_simulated=roadmap.is_simulated,
    )
