"""What a team noted during the hour, as it is read: on its pages and in its files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jalons.diagnosis.hour import STEPS
from jalons.diagnosis.models import Diagnosis, Note, Visit
from jalons.diagnosis.questions import BY_STEP, NONE, name_of


@dataclass(frozen=True, slots=True)
class Line:
    """One note: what was asked, what was chosen as it stood then, the team's words."""

    step: str
    title: str
    about: str
    text: str
    by: str
    at: datetime

    @property
    def heading(self) -> str:
        """The title, with the full stop that a question does without."""
        return self.title if self.title.endswith("?") else f"{self.title}."

    @property
    def said(self) -> str:
        """The choice and the words, in one sentence or two."""
        pieces = [self.about, self.text]
        return ". ".join(each.rstrip(".") for each in pieces if each) + "."


@dataclass(frozen=True, slots=True)
class Notebook:
    """The notes in the order of the steps; the steps passed over, each with why."""

    lines: tuple[Line, ...]
    skipped: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.lines or self.skipped)


def notebook_of(diagnosis: Diagnosis) -> Notebook:
    """In two queries."""
    notes = {one.question: one for one in diagnosis.notes.select_related("written_by")}
    lines = [
        _line(step, notes[one.code])
        for step, questions in BY_STEP.items()
        for one in questions
        if one.code in notes
    ]
    reasons = {one.step: one.reason for one in diagnosis.skipped_steps.all()}
    skipped = [
        _("%(step)s Passed over: %(reason)s.")
        % {"step": step.title, "reason": reasons[step.code].rstrip(".")}
        for step in STEPS
        if step.code in reasons
    ]
    return Notebook(tuple(lines), tuple(skipped))


def _line(step: str, note: Note) -> Line:
    is_elsewhere = note.question == "call" and note.choice == NONE
    return Line(
        step=step,
        title=name_of(note.question),
        about="" if is_elsewhere else note.said_about,
        text=note.text,
        by=str(note.written_by),
        at=note.written_at,
    )


def visits_told(diagnosis: Diagnosis) -> QuerySet[Visit]:
    """The visits as a page lists them, the latest first."""
    visits = diagnosis.visits.select_related("commune").prefetch_related("findings")
    return visits.order_by("-visited_on", "-pk")
