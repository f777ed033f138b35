"""What the figures of a survey rest on, as one word that changes when it does."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Max, QuerySet

from jalons.indicators.models import Release
from jalons.observatory.loading import CONTEXT
from jalons.observatory.models import IncomeLimits
from jalons.surveys.matrix import revisions_of
from jalons.surveys.models import Campaign, Involvement, Reconciliation, Validation
from jalons.territories.models import Edition

Counted = tuple[int, datetime | None]


def revision(campaign: Campaign, answers_now: str = "") -> str:
    """That of one survey; `answers_now` is that of its answers, when it is at hand."""
    known = {campaign.pk: answers_now} if answers_now else None
    return revisions([campaign], known)[campaign.pk]


def revisions(
    campaigns: Collection[Campaign], answers_now: dict[int, str] | None = None
) -> dict[int, str]:
    """Changes with the answers, and with all that is read beside them; by survey.

    Where territories lie is among them: an EPCI that changes département is counted in
    the new one. The figures of other sources leave it as it is: loading them checks
    nothing again.
    """
    answers = answers_now or revisions_of(campaigns)
    validations = _counted(Validation.objects.all(), campaigns, "validated_at")
    choices = _counted(Reconciliation.objects.all(), campaigns, "decided_at")
    involvements = _involvements(campaigns)
    limits = IncomeLimits.objects.filter(campaign__in=campaigns)
    chosen = dict(limits.values_list("campaign", "chosen_at"))
    read = Release.objects.filter(source__indicators__in=CONTEXT)
    loaded = read.aggregate(Max("loaded_at"))["loaded_at__max"]
    geography = Edition.objects.of_geography().number()
    return {
        one.pk: _digest(
            answers[one.pk],
            # The same moment, whatever the time zone it was written in.
            one.closed_at.timestamp() if one.closed_at else None,
            *validations.get(one.pk, (0, None)),
            *choices.get(one.pk, (0, None)),
            sorted(involvements[one.space_id]),
            chosen.get(one.pk),
            loaded,
            geography,
        )
        for one in campaigns
    }


def _counted(
    rows: QuerySet, campaigns: Collection[Campaign], moment: str
) -> dict[int, Counted]:
    """How many of each survey, and the last of them."""
    found = rows.filter(campaign__in=campaigns).order_by().values_list("campaign")
    counted = found.annotate(Count("pk"), Max(moment))
    return {pk: (count, last) for pk, count, last in counted}


def _involvements(campaigns: Collection[Campaign]) -> dict[int, list[tuple[str, str]]]:
    """What each département does, by the space that noted it."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Involvement.objects.filter(space__in={one.space_id for one in campaigns})
    for space, departement, level in rows.values_list("space", "departement", "level"):
        found[space].append((departement, level))
    return found


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
