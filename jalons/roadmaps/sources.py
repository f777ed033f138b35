"""What a space holds that a roadmap may take up, and what it took up already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from jalons.diagnosis.board import FindingLine, boards_of
from jalons.diagnosis.models import Diagnosis
from jalons.roadmaps.adopting import CONFIRMED
from jalons.roadmaps.answered import AnswerOffered, answers_of
from jalons.roadmaps.models import Roadmap
from jalons.spaces.models import Space
from jalons.workshops.figures import matrices_of
from jalons.workshops.models import Activity, Item, Workshop
from jalons.workshops.worktable import Stake, WorkTable, tables_of


@dataclass(frozen=True, slots=True)
class TableOffered:
    """A table of key workstreams; `taken` are the items that are in the roadmap."""

    activity: Activity
    table: WorkTable
    taken: frozenset[int]

    @property
    def stakes(self) -> Sequence[Stake]:
        return self.table.stakes

    @property
    def left(self) -> int:
        """Its stakes and workstreams that are not taken up yet."""
        items = [one.item for one in self.table.stakes]
        items += [one.item for one in self.table.workstreams]
        return sum(one.pk not in self.taken for one in items)


@dataclass(frozen=True, slots=True)
class FactorsOffered:
    """What a matrix put first: strong impact, and little hold on it yet."""

    activity: Activity
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class FindingsOffered:
    """The findings of a diagnosis that the field upheld, not taken up yet."""

    diagnosis: Diagnosis
    lines: Sequence[FindingLine]


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything offered to a roadmap; what is taken up already is only counted."""

    tables: Sequence[TableOffered]
    factors: Sequence[FactorsOffered]
    findings: Sequence[FindingsOffered]
    answers: Sequence[AnswerOffered]

    @property
    def left(self) -> int:
        return (
            sum(one.left for one in self.tables)
            + sum(len(one.items) for one in self.factors)
            + sum(len(one.lines) for one in self.findings)
            + sum(one.left for one in self.answers)
        )


def sources_of(roadmap: Roadmap, *, is_team: bool) -> Sources:
    """The workshops, diagnoses and surveys that the space of a roadmap reads.

    What a matrix put first is offered once it is shown, unless to those who show it.
    """
    origins = list(roadmap.origins.values_list("item_id", "finding_id"))
    items = frozenset(item for item, _finding in origins if item)
    findings = {finding for _item, finding in origins if finding}
    activities = (
        Activity.objects.filter(workshop__meeting__space=roadmap.space_id)
        .select_related("workshop__meeting")
        .order_by("-workshop__meeting__starts_at", "position")
    )
    matrices = activities.filter(kind="matrix")
    if not is_team:
        matrices = matrices.filter(results_shown=True)
    tables = list(activities.filter(kind="workstreams"))
    return Sources(
        tables=[
            TableOffered(one, table, items)
            for one, table in zip(tables, tables_of(tables), strict=True)
        ],
        factors=list(_factors(matrices, items)),
        findings=list(_findings(roadmap, findings)),
        answers=answers_of(roadmap),
    )


def workshops_untaken(space: Space) -> QuerySet[Workshop]:
    """Those closed with a table of which no roadmap took anything, the latest first."""
    written = _written(OuterRef("pk"))
    taken = written.filter(origins__isnull=False)
    found = Workshop.objects.filter(Exists(written), ~Exists(taken))
    found = found.filter(meeting__space=space).exclude(closed_at=None)
    return found.select_related("meeting").order_by("-closed_at")


def is_left(workshop: Workshop) -> bool:
    """Whether its table holds something that no roadmap took up."""
    return _written(workshop.pk).filter(origins=None).exists()


def _written(workshop: int | OuterRef) -> QuerySet[Item]:
    """The stakes and the workstreams that stand in the tables of a workshop."""
    tables = Item.objects.filter(activity__kind="workstreams")
    return tables.filter(activity__workshop=workshop).standing()


def _factors(
    activities: Iterable[Activity], taken: frozenset[int]
) -> Iterator[FactorsOffered]:
    for one in matrices_of(list(activities)):
        first = [
            line.item
            for line in one.rated
            if line.rated.quadrant == "invest" and line.item.pk not in taken
        ]
        if first:
            yield FactorsOffered(one.activity, first)


def _findings(roadmap: Roadmap, taken: set[int]) -> Iterator[FindingsOffered]:
    diagnoses = Diagnosis.objects.filter(space=roadmap.space_id).order_by("-pk")
    for board in boards_of(diagnoses.select_related("territory")):
        lines = [
            line
            for line in board.lines
            if line.state in CONFIRMED and line.pk not in taken
        ]
        if lines:
            yield FindingsOffered(board.diagnosis, lines)
