"""The diagnosis in one hour: six steps, each with its time and what comes of it.

A step is done when what it asks for exists: notes, findings discussed, a visit linked
with a finding. No tick says so instead; a step may be passed over, with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jalons.diagnosis.board import Board, State
from jalons.diagnosis.models import Diagnosis, Note, SkippedStep, Visit
from jalons.diagnosis.questions import asked_at, name_of

Progress = Literal["done", "started", "skipped", "missing"]
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a question, the minutes it takes, what to do, what to print."""

    code: str
    title: Words
    minutes: int
    todo: tuple[Words, ...]
    outcome: Words


STEPS = (
    Step(
        "lire",
        _("What do the figures say of us?"),
        10,
        (
            _("Read the key figures of your territory and their place among peers."),
            _("Note the one that surprises you, and the one you do not believe."),
        ),
        _("One figure to tell, one to check."),
    ),
    Step(
        "publics",
        _("Who is concerned, and how many people?"),
        10,
        (
            _("Read the numbers of persons, which speak better than percentages."),
            _("Choose two publics to start with; say which one no figure shows."),
        ),
        _("Two publics to meet first."),
    ),
    Step(
        "comparer",
        _("Who resembles us, and with whom could we act?"),
        10,
        (
            _("Compare yourself with one or two territories that resemble you."),
            _("Look at the neighbours that share a weak point; note one to call."),
        ),
        _("One colleague to call."),
    ),
    Step(
        "constats",
        _("What do we believe of these findings?"),
        15,
        (
            _("Read each finding aloud and say what you know: discussed, set aside."),
            _("Write in your own words those that you keep."),
        ),
        _("No finding left “to be discussed”."),
    ),
    Step(
        "terrain",
        _("What does the field say?"),
        10,
        (
            _("Record a visit, or a telephone call to a town hall, a library, a CCAS."),
            _("Link it with the findings that it confirms or contradicts."),
        ),
        _("At least one visit recorded."),
    ),
    Step(
        "remettre",
        _("What do we hand to the elected members?"),
        5,
        (
            _("Print the one-page sheet: two facts, one map, three questions."),
            _("Keep the whole document (PDF) for those who want the detail."),
            _("Note to whom you handed them."),
        ),
        _("The sheet and the document, printed or sent."),
    ),
)
MINUTES = sum(step.minutes for step in STEPS)
CODES = tuple(step.code for step in STEPS)


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step, how far it is, what is left to do, and why it was passed over."""

    step: Step
    number: int
    progress: Progress
    left: tuple[Words, ...]
    skipped: SkippedStep | None

    @property
    def label(self) -> str:
        return str(LABELS[self.progress])

    @property
    def mark(self) -> str:
        """A shape, so that progress does not rest on colour."""
        return MARKS[self.progress]

    @property
    def is_over(self) -> bool:
        """Whether the hour goes on without it."""
        return self.progress in ("done", "skipped")


LABELS: dict[Progress, Words] = {
    "done": _("done"),
    "started": _("in progress"),
    "skipped": _("passed over"),
    "missing": _("to do"),
}
MARKS: dict[Progress, str] = {
    "done": "●",
    "started": "◐",
    "skipped": "◌",
    "missing": "○",
}


@dataclass(frozen=True, slots=True)
class Path:
    """The six steps of one diagnosis."""

    lines: tuple[StepLine, ...]

    @property
    def next(self) -> StepLine | None:
        """Where to resume; None when all is done or passed over."""
        return next((one for one in self.lines if not one.is_over), None)

    @property
    def minutes_left(self) -> int:
        return sum(one.step.minutes for one in self.lines if not one.is_over)

    @property
    def skipped(self) -> list[StepLine]:
        return [one for one in self.lines if one.progress == "skipped"]

    def line(self, code: str) -> StepLine:
        return next(one for one in self.lines if one.step.code == code)


@dataclass(frozen=True, slots=True)
class Work:
    """What the team made so far."""

    board: Board
    notes: dict[str, Note]
    visits: list[Visit]


def path_of(diagnosis: Diagnosis, board: Board) -> Path:
    """How far each step is, read from the objects themselves."""
    work = Work(
        board,
        {one.question: one for one in diagnosis.notes.all()},
        list(diagnosis.visits.all()),
    )
    skipped = {
        one.step: one for one in diagnosis.skipped_steps.select_related("skipped_by")
    }
    return Path(
        tuple(
            _line(step, number, work, skipped.get(step.code))
            for number, step in enumerate(STEPS, start=1)
        )
    )


def _line(step: Step, number: int, work: Work, skipped: SkippedStep | None) -> StepLine:
    left, is_started = _left(step.code, work)
    if not left:
        return StepLine(step, number, "done", (), None)
    if skipped:
        return StepLine(step, number, "skipped", left, skipped)
    return StepLine(step, number, "started" if is_started else "missing", left, None)


def _left(step: str, work: Work) -> tuple[tuple[Words, ...], bool]:
    """What the step still asks for, and whether something was done."""
    if step == "constats":
        return _left_of_findings(work.board)
    if step == "terrain":
        return _left_of_visits(work)
    asked = [one.code for one in asked_at(step)]
    left = tuple(name_of(code) for code in asked if code not in work.notes)
    return left, len(left) < len(asked)


def _left_of_findings(board: Board) -> tuple[tuple[Words, ...], bool]:
    if not board.lines:
        return (_("A first finding, written by you: no figure suggests any."),), False
    if not board.waiting:
        return (), True
    said = ngettext(
        "%(count)s finding to be discussed.",
        "%(count)s findings to be discussed.",
        board.waiting,
    )
    is_started = any(one.state != State.PROPOSED for one in board.lines)
    return (said % {"count": board.waiting},), is_started


def _left_of_visits(work: Work) -> tuple[tuple[Words, ...], bool]:
    if not work.visits:
        return (_("A visit or a telephone call to record."),), False
    if any(one.visits for one in work.board.lines):
        return (), True
    return (_("A visit to be linked with the findings that it sheds light on."),), True
