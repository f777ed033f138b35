"""The territories followed of a resource centre: where each territory of its region is.

One query per figure: the page, the map, the file and the list of those to support
first read the same `Row`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from jalons.analysis.uncertainty import RankRange
from jalons.network import reading
from jalons.network.models import Amendment, Exchange, FollowUp, SharedProgress
from jalons.network.reading import Survey
from jalons.observatory.results import NO_ANSWER, Spot
from jalons.search.words import alphabetical
from jalons.spaces.models import Space
from jalons.territories.models import Territory

MOSTLY_FRAGILE = 0.5
"""In more than half of the ways of computing the index: the rule of the target list."""


class Last(NamedTuple):
    """The latest exchange with a territory, as far as a list tells it."""

    day: date
    is_simulated: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One territory, with what is known of it; None is not known, never zero.

    `vulnerability` is the third of incomes (high, middle, low); `spot` its answer to
    the survey; `rank` its place by the index. `progress` are the roadmaps that their
    teams share. `last` is the latest exchange, `pending` the next steps not done yet,
    `said` what its respondents say, `amended` what the centre made of the proposals.
    """

    code: str
    name: str
    population: int | None
    departement: Territory | None
    vulnerability: str | None
    income: float | None
    spot: Spot | None
    rank: RankRange | None
    follow_up: FollowUp | None
    progress: Sequence[SharedProgress]
    last: Last | None
    pending: Sequence[Exchange]
    said: frozenset[str] = frozenset()
    amended: Sequence[Amendment] = ()

    @property
    def class_code(self) -> str | None:
        """The class of its answer; None without an answer that gives one."""
        if self.spot is None or self.spot.state == NO_ANSWER:
            return None
        return self.spot.state

    @property
    def is_fragile(self) -> bool:
        """By the index, in most ways of computing it."""
        return self.rank is not None and self.rank.fragile_share > MOSTLY_FRAGILE

    @property
    def is_flagged(self) -> bool:
        return self.follow_up is not None and self.follow_up.is_flagged

    @property
    def strand(self) -> str:
        return self.follow_up.strand if self.follow_up else ""

    @property
    def next(self) -> Exchange | None:
        """What comes first among what was promised; a day unknown comes last."""
        return min(self.pending, key=lambda one: one.next_on or date.max, default=None)

    @property
    def posts_ending(self) -> int:
        return max((one.posts_ending for one in self.progress), default=0)

    @property
    def is_simulated(self) -> bool:
        written = (self.follow_up, self.last, *self.pending)
        if any(one.is_simulated for one in written if one is not None):
            return True
        return any(one.roadmap.is_simulated for one in self.progress)

    def is_target(self, classes: Sequence[str]) -> bool:
        """Very vulnerable and of the least advanced class: the gap that may widen
        (rule 30)."""
        return self.vulnerability == "high" and self.class_code in classes[:1]


@dataclass(frozen=True, slots=True)
class Cockpit:
    """Every territory of a region, in alphabetical order: a list, never a ranking."""

    rows: Sequence[Row]
    survey: Survey | None
    income_source: str
    index_title: str
    today: date

    @property
    def classes(self) -> Sequence[str]:
        return self.survey.classes if self.survey else ()

    @property
    def departements(self) -> Sequence[Territory]:
        every = (one.departement for one in self.rows)
        found = {one.code: one for one in every if one}
        return [found[code] for code in sorted(found)]

    @property
    def is_simulated(self) -> bool:
        """Whether an invented answer or an invented exchange is among them."""
        if self.survey and self.survey.campaign.is_simulated:
            return True
        return any(one.is_simulated for one in self.rows)

    @property
    def targets(self) -> list[Row]:
        return [one for one in self.rows if one.is_target(self.classes)]

    def class_words(self, row: Row) -> str:
        """The class as the questionnaire names it; empty without an answer."""
        if self.survey is None or row.class_code is None:
            return ""
        return self.survey.words.state(row.class_code)


def supported_by(space: Space) -> QuerySet[Territory]:
    """The EPCI of the territory of a resource centre."""
    found = Territory.objects.epci().current().within(space.territory_id)
    return found.order_by("name", "code")


def cockpit_of(space: Space) -> Cockpit:
    """The whole region, in a number of queries that does not grow with it."""
    # As a dictionary sorts them: É beside E, whatever the database.
    territories = sorted(supported_by(space), key=lambda one: alphabetical(one.name))
    campaign = reading.campaign_of(space)
    facts = reading.facts_of(space, territories, campaign)
    known = _Known(
        departements=reading.departements_of(territories),
        facts=facts,
        progress=reading.progress_of(territories) if space.is_recognised else {},
        follow_ups=_follow_ups(space),
        last=_last_exchanges(space),
        waiting=_waiting(space),
        amended=_amended(space),
    )
    return Cockpit(
        rows=[known.row_of(one) for one in territories],
        survey=reading.survey_of(campaign, facts) if campaign else None,
        income_source=facts.income_source,
        index_title=facts.index,
        today=timezone.localdate(),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read for every territory, by code."""

    departements: Mapping[str, Territory]
    facts: reading.Facts
    progress: Mapping[str, Sequence[SharedProgress]]
    follow_ups: Mapping[str, FollowUp]
    last: Mapping[str, Last]
    waiting: Mapping[str, Sequence[Exchange]]
    amended: Mapping[str, Sequence[Amendment]]

    def row_of(self, one: Territory) -> Row:
        return Row(
            code=one.code,
            name=one.name,
            population=one.population,
            departement=self.departements.get(one.code),
            vulnerability=self.facts.vulnerabilities.get(one.code),
            income=self.facts.incomes.get(one.code),
            spot=self.facts.spots.get(one.code),
            rank=self.facts.ranks.get(one.code),
            follow_up=self.follow_ups.get(one.code),
            progress=self.progress.get(one.code, ()),
            last=self.last.get(one.code),
            pending=self.waiting.get(one.code, ()),
            said=self.facts.said.get(one.code, frozenset()),
            amended=self.amended.get(one.code, ()),
        )


def _follow_ups(space: Space) -> dict[str, FollowUp]:
    found = FollowUp.objects.filter(space=space).select_related("territory")
    return {one.territory_id: one for one in found}


def _last_exchanges(space: Space) -> dict[str, Last]:
    """The latest exchange with each territory, without its words."""
    rows = space.exchanges.order_by("day", "pk").values_list(
        "territory_id", "day", "is_simulated"
    )
    return {code: Last(day, is_simulated) for code, day, is_simulated in rows}


def _waiting(space: Space) -> dict[str, list[Exchange]]:
    """What was promised to each territory and is not done, the latest first."""
    by: defaultdict[str, list[Exchange]] = defaultdict(list)
    for one in space.exchanges.exclude(next_step="").filter(next_done_on=None):
        by[one.territory_id].append(one)
    return dict(by)


def _amended(space: Space) -> dict[str, list[Amendment]]:
    by: defaultdict[str, list[Amendment]] = defaultdict(list)
    for one in Amendment.objects.filter(space=space).order_by("pk"):
        by[one.territory_id].append(one)
    return dict(by)
