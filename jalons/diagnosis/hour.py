"""The diagnosis in one hour: six steps, each with its time and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jalons.diagnosis.board import Board, State
from jalons.diagnosis.models import Diagnosis

Progress = Literal["done", "started", "missing"]
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
        _("One figure to check, one to quote."),
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
        ),
        _("The sheet and the document, printed or sent."),
    ),
)
MINUTES = sum(step.minutes for step in STEPS)
CODES = tuple(step.code for step in STEPS)


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step and how far it is; `is_checked` when the team ticked it itself."""

    step: Step
    number: int
    progress: Progress
    is_checked: bool

    @property
    def label(self) -> str:
        return str(LABELS[self.progress])

    @property
    def mark(self) -> str:
        """A shape, so that progress does not rest on colour."""
        return MARKS[self.progress]


LABELS: dict[Progress, Words] = {
    "done": _("done"),
    "started": _("in progress"),
    "missing": _("to do"),
}
MARKS: dict[Progress, str] = {"done": "●", "started": "◐", "missing": "○"}


@dataclass(frozen=True, slots=True)
class Path:
    """The six steps of one diagnosis."""

    lines: tuple[StepLine, ...]

    @property
    def next(self) -> StepLine | None:
        """Where to resume; None when all is done."""
        return next((one for one in self.lines if one.progress != "done"), None)

    @property
    def minutes_left(self) -> int:
        return sum(one.step.minutes for one in self.lines if one.progress != "done")

    def line(self, code: str) -> StepLine:
        return next(one for one in self.lines if one.step.code == code)


def path_of(diagnosis: Diagnosis, board: Board) -> Path:
    """How far each step is: read from the objects themselves where they tell."""
    ticked = set(diagnosis.finished_steps.values_list("step", flat=True))
    visits = diagnosis.visits.exists()
    lines = []
    for number, step in enumerate(STEPS, start=1):
        is_checked = step.code in ticked
        found = _progress(step, board, has_visits=visits)
        progress: Progress = "done" if is_checked else found
        lines.append(StepLine(step, number, progress, is_checked))
    return Path(tuple(lines))


def _progress(step: Step, board: Board, *, has_visits: bool) -> Progress:
    if step.code == "constats" and board.lines:
        if not board.waiting:
            return "done"
        started = any(one.state != State.PROPOSED for one in board.lines)
        return "started" if started else "missing"
    if step.code == "terrain" and has_visits:
        is_linked = any(one.visits for one in board.lines)
        return "done" if is_linked else "started"
    return "missing"
