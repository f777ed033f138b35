"""The one query per number of a round: who was met, where, how long it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import Count, Manager, Max, Q
from django.utils import timezone

from jalons.rounds.models import Device, Interview, Refusal, Round, Surveyor
from jalons.search.words import alphabetical
from jalons.surveys.models import Response
from jalons.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of the round: people met, refusals, what the quotas would like."""

    code: str
    name: str
    met: int
    refused: int
    wanted: int | None


@dataclass(frozen=True, slots=True)
class AtWork:
    """A surveyor: what they collected, and the last day one of their phones spoke."""

    surveyor: Surveyor
    communes: tuple[str, ...]
    met: int
    refused: int
    phones: tuple[Device, ...]
    is_stopped: bool

    @property
    def seen_on(self) -> date | None:
        return max((p.seen_on for p in self.phones if p.seen_on), default=None)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round has got.

    `median_seconds` is that of the interviews whose duration is known, None under
    five; `wrong_clocks`, interviews that came from a phone whose day was wrong.
    """

    met: int
    refused: int
    by_channel: Mapping[str, int]
    by_reason: Mapping[str, int]
    median_seconds: float | None
    timed: int
    wrong_clocks: int
    places: tuple[Place, ...]


LEAST_TIMED = 5
"""Under five durations their median says how one surveyor works, not the survey."""


def progress_of(round: Round) -> Progress:
    campaign = round.campaign
    sent = campaign.responses.submitted().order_by()
    met = dict(sent.values_list("territory_id").annotate(n=Count("pk")))
    by_channel = dict(sent.values_list("channel").annotate(n=Count("pk")))
    refusals = round.refusals.order_by()
    refused = Counter[str]()
    reasons = Counter[str]()
    rows = refusals.values_list("commune_id", "reason").annotate(n=Count("pk"))
    for commune, reason, count in rows:
        refused[commune] += count
        reasons[reason] += count
    timed = round.interviews.exclude(seconds=None).order_by()
    seconds = [one for one in timed.values_list("seconds", flat=True) if one]
    wanted = Counter[str]()
    for commune, target in round.quotas.values_list("commune_id", "target"):
        wanted[commune] += target
    return Progress(
        met=sum(met.values()),
        refused=sum(refused.values()),
        by_channel={
            str(one.label): by_channel[one.value]
            for one in Response.Channel
            if one.value in by_channel
        },
        by_reason={
            str(one.label): reasons[one.value]
            for one in Refusal.Reason
            if reasons[one.value]
        },
        median_seconds=median(seconds) if len(seconds) >= LEAST_TIMED else None,
        timed=len(seconds),
        wrong_clocks=round.interviews.filter(is_clock_wrong=True).count(),
        places=tuple(
            Place(
                one.pk,
                one.name,
                met.get(one.pk, 0),
                refused[one.pk],
                wanted[one.pk] or None,
            )
            for one in _by_name(campaign.territories.all())
        ),
    )


def _by_name(communes: Iterable[Territory]) -> list[Territory]:
    return sorted(communes, key=lambda one: alphabetical(one.name))


def at_work(round: Round, *, at: datetime | None = None) -> list[AtWork]:
    """Every surveyor of a round, by name."""
    at = at or timezone.now()
    surveyors = (
        round.surveyors.select_related("link")
        .prefetch_related("communes", "devices__link")
        .order_by("alias")
    )
    met = _by_surveyor(round.interviews)
    refused = _by_surveyor(round.refusals)
    found = []
    for one in surveyors:
        phones = sorted(one.devices.all(), key=lambda phone: phone.enrolled_at)
        communes = [commune.name for commune in _by_name(one.communes.all())]
        found.append(
            AtWork(
                one,
                tuple(communes),
                met.get(one.pk, 0),
                refused.get(one.pk, 0),
                tuple(phones),
                is_stopped=bool(round.revoked_at) or not one.link.is_alive(at=at),
            )
        )
    return found


def _by_surveyor(rows: Manager[Interview] | Manager[Refusal]) -> dict[int | None, int]:
    """Counted apart: joined, each interview would be read once a refusal."""
    return dict(rows.order_by().values_list("surveyor_id").annotate(n=Count("pk")))


@dataclass(frozen=True, slots=True)
class Listed:
    """A round in the list of its space."""

    round: Round
    met: int
    last_on: date | None


def rounds_of(space_pk: int) -> list[Listed]:
    """The rounds of a space, the last opened first."""
    sent = Q(campaign__responses__submitted_at__isnull=False)
    rounds = (
        Round.objects.filter(campaign__space=space_pk)
        .select_related("campaign__space")
        .annotate(
            met_count=Count("campaign__responses", filter=sent, distinct=True),
            last_on=Max("campaign__responses__collected_on"),
        )
        .order_by("-campaign__opens_on", "-pk")
    )
    return [Listed(one, one.met_count, one.last_on) for one in rounds]
