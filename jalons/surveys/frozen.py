"""What may still happen to frozen scores: an institution has its say, then no more.

Between the closing and the first publication, the answer that an institution validates
by its link becomes that of its territory, as it would have before the closing. What was
frozen first is kept beside it, and comes back if the agreement is withdrawn in time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.analysis import scoring
from jalons.analysis.scoring import Answers, Combined
from jalons.audit import operations as audit
from jalons.questionnaires.grids import grid_of
from jalons.surveys.figures import in_class, to_freeze
from jalons.surveys.live import changing
from jalons.surveys.models import Campaign, Score
from jalons.surveys.reconciling import Choice

KEPT = ("low", "high", "class_code", "is_uncertain", "is_borderline", "frozen_at")
"""What is kept of a frozen score that another one replaces, beside its details."""


class Settled(Exception):
    """Results were published: scores no longer move."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of results prepared for the public: out, awaited, or neither."""

    is_public: bool = False
    public_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refrozen:
    """A score frozen again after the closing: its points before and since."""

    before: float
    after: float
    on: date


@transaction.atomic
def settle_scores(campaign: Campaign, *, by: User) -> None:
    """From the first publication on, frozen scores no longer move."""
    if campaign.settled_at is None:
        campaign.settled_at = timezone.now()
        campaign.save(update_fields=["settled_at"])
        audit.record("scores.settled", campaign, by=by)


def outcome_of(campaign: Campaign, *, at: datetime) -> Outcome | None:
    """Whether results are out, and since or from when; None before any publication.

    Read from every model that says by `opens_results_of` which survey it opens,
    whatever the floor it lies on.
    """
    if campaign.settled_at is None:
        return None
    days: list[datetime] = []
    for model in apps.get_models():
        if path := getattr(model, "opens_results_of", ""):
            kept = model._default_manager.filter(**{path: campaign}, withdrawn_at=None)
            days += kept.values_list("public_from", flat=True)
    first = min(days, default=None)
    return Outcome(first is not None and first <= at, first)


@transaction.atomic
def freeze_sheet(campaign: Campaign, code: str, sheet: Answers) -> Score:
    """The sheet validated after the closing replaces what was frozen, which is kept."""
    if campaign.settled_at:
        raise Settled(campaign)
    old = Score.objects.select_for_update().get(campaign=campaign, territory=code)
    grid, first = grid_of(campaign.version.read()), old.details.get("before")
    found = scoring.score(grid, sheet)
    new = to_freeze(
        campaign,
        code,
        in_class(grid, _agreed(old, found)),
        Choice("consensus"),
        deciding=changing(grid, found),
        at=timezone.now(),
    )
    new.pk, new.details["before"] = old.pk, first or _kept(old)
    new.save(force_update=True)
    _told("score.frozen_again", campaign, old, new)
    return new


@transaction.atomic
def give_score_back(campaign: Campaign, code: str) -> bool:
    """The score frozen at the closing again, if another took its place since.

    Once results are published they rest on the other one, which stays.
    """
    old = campaign.scores.select_for_update().filter(territory=code).first()
    before = old.details.get("before") if old else None
    if old is None or before is None or campaign.settled_at:
        return False
    new = Score.objects.get(pk=old.pk)
    for name in KEPT:
        setattr(new, name, before[name])
    new.details = before["details"]
    new.save()
    _told("score.given_back", campaign, old, new)
    return True


def refrozen(score: Score) -> Refrozen:
    """What moved since the closing, in a score that was frozen again."""
    on, before = timezone.localdate(score.frozen_at), score.details["before"]
    return Refrozen(float(before["low"]), float(score.low), on)


def _agreed(old: Score, sheet: scoring.Score) -> Combined:
    """The answer of the institution, beside what its respondents said."""
    return Combined(
        low=sheet.low,
        high=sheet.high,
        minimum=old.details["minimum"],
        maximum=old.details["maximum"],
        n=old.respondent_count,
        by_dimension=sheet.by_dimension,
        method="consensus",
    )


def _kept(old: Score) -> Mapping[str, Any]:
    plain = {name: getattr(old, name) for name in KEPT}
    plain |= {
        "low": str(old.low),
        "high": str(old.high),
        "frozen_at": old.frozen_at.isoformat(),
    }
    return plain | {"details": old.details}


def _told(what: str, campaign: Campaign, old: Score, new: Score) -> None:
    details = {
        "territory": old.territory_id,
        "before": str(old.low),
        "after": str(new.low),
    }
    audit.record(what, campaign, by=None, space_id=campaign.space_id, details=details)
