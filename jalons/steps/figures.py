"""Where a team is in the seven steps: what is done, what is missing, what is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jalons.roadmaps.figures import Plan
from jalons.steps.checks import Checked, Seen, check
from jalons.steps.definitions import Criterion, Step, read_method
from jalons.steps.ground import Ground
from jalons.steps.models import Statement

Progress = Literal["done", "started", "missing"]
LABELS: Mapping[Progress, str | Promise] = {
    "done": _("done"),
    "started": _("in progress"),
    "missing": _("to do"),
}
# A shape, so that progress does not rest on colour.
MARKS: Mapping[Progress, str] = {"done": "●", "started": "◐", "missing": "○"}


@dataclass(frozen=True, slots=True)
class CriterionRead:
    """A criterion, what the objects show of it, and what the team said."""

    row: Criterion
    checked: Checked | None
    said: Statement | None

    @property
    def is_met(self) -> bool:
        """Shown by the objects; said by the team where nothing shows it."""
        if self.checked is not None:
            return self.checked.is_met
        return self.said is not None and self.said.kind == Statement.Kind.HOLDS

    @property
    def is_exempt(self) -> bool:
        """Set apart with its reason; what is met needs no exception."""
        is_said = self.said is not None and self.said.kind == Statement.Kind.EXEMPT
        return is_said and not self.is_met

    @property
    def is_over(self) -> bool:
        return self.is_met or self.is_exempt

    @property
    def mark(self) -> str:
        return "◌" if self.is_exempt else MARKS["done" if self.is_met else "missing"]

    @property
    def label(self) -> str:
        if self.is_exempt:
            return str(Statement.Kind.EXEMPT.label)
        return str(LABELS["done" if self.is_met else "missing"])


@dataclass(frozen=True, slots=True)
class StepRead:
    """A step and its criteria."""

    number: int
    row: Step
    criteria: Sequence[CriterionRead]

    @property
    def left(self) -> list[CriterionRead]:
        return [one for one in self.criteria if not one.is_over]

    @property
    def over(self) -> int:
        return len(self.criteria) - len(self.left)

    @property
    def progress(self) -> Progress:
        if not self.left:
            return "done"
        return "started" if self.over else "missing"

    @property
    def mark(self) -> str:
        return MARKS[self.progress]

    @property
    def label(self) -> str:
        return str(LABELS[self.progress])


@dataclass(frozen=True, slots=True)
class Path:
    """The seven steps of one roadmap. None is locked: `next` is only where to go on."""

    steps: Sequence[StepRead]
    seen: Seen

    @property
    def next(self) -> StepRead | None:
        return next((one for one in self.steps if one.left), None)

    @property
    def left_next(self) -> list[CriterionRead]:
        """What is missing in the step where to go on."""
        return self.next.left if self.next else []

    def step(self, code: str) -> StepRead | None:
        return next((one for one in self.steps if one.row.id == code), None)


def path_of(plan: Plan, ground: Ground | None = None) -> Path:
    """Every criterion, read from the objects and from what the team said.

    Roadmaps of one space share its `ground`, which is then read once for all.
    """
    seen = Seen(plan, ground or Ground(plan.roadmap.space))
    statements = plan.roadmap.statements.select_related("said_by")
    said = {one.criterion: one for one in statements}
    return Path(
        [
            StepRead(
                number,
                step,
                [
                    CriterionRead(
                        one,
                        check(one.id, seen) if one.is_checked else None,
                        said.get(one.id),
                    )
                    for one in step.criterion
                ],
            )
            for number, step in enumerate(read_method().step, start=1)
        ],
        seen,
    )
