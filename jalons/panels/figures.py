"""What a mini-survey says: the same people at two moments, and who did not come back.

One query reads every reply. Under eleven people nothing is told of what they said
(rule 7), and people enter a table by steps of eleven, so that what is read one day and
the next cannot be subtracted (`analysis.in_steps`); how many answered is told as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.analysis.before_after import Difference, paired
from jalons.analysis.in_steps import Step, Steps, steps_of
from jalons.analysis.paired_shares import paired_shares
from jalons.analysis.secrecy import INHABITANTS
from jalons.evaluation.comparing import Told, sentence_of
from jalons.panels.definition import SKILLS, Definition, read_definition
from jalons.panels.models import Panel, Reply
from jalons.panels.moments import LATER, Moment, window

MASTERED = ("easily", "with_trouble")
CONFIDENCE = "confidence"
SKILLS_NAME = gettext_lazy("Areas of skill mastered, out of five")

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing asked, at the start and later; or why nothing is told of it."""

    name: str
    unit: str
    n_start: int
    n_later: int
    n_both: int
    n_back: int
    told: Told | None
    why: str = ""

    @property
    def waiting(self) -> int:
        """Those who answered both times and whom the table does not count yet."""
        return self.n_back - self.n_both


@dataclass(frozen=True, slots=True)
class Back:
    """Of those who began: who came back, who may still, who did not.

    The two means are those of the confidence said at the start, of those whom the table
    counts and of those who did not come back; None when they may not be told. The
    second waits for the end of the mini-survey: it would change with each person.
    """

    came: int
    late: int
    awaited: int
    gone: int
    start_of_came: float | None
    start_of_gone: float | None


@dataclass(frozen=True, slots=True)
class Later:
    """What a later moment says beside the start."""

    moment: Moment
    back: Back
    compared: Sequence[Compared]

    @property
    def waiting(self) -> int:
        """Those who came back and whom some line of the table does not count yet."""
        return max((one.waiting for one in self.compared if one.told), default=0)

    @property
    def hides_start(self) -> bool:
        """Whether a line tells a difference without its two means."""
        told = [one.told for one in self.compared if one.told]
        return any(one.found.before is None for one in told)


@dataclass(frozen=True, slots=True)
class PanelRead:
    """A mini-survey on the day it is read."""

    row: Panel
    code_count: int
    start_count: int
    later: Sequence[Later]
    today: date

    @property
    def is_open(self) -> bool:
        return self.row.is_open(on=self.today)


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is compared: its name, its unit, and how a reply gives it."""

    code: str
    name: str
    unit: str
    value_of: Callable[[Answers], int | None]
    is_share: bool = False


def read_panel(panel: Panel, *, on: date) -> PanelRead:
    """Everything a page, a document and a file say of it, in two queries."""
    codes = dict(panel.codes.values_list("pk", "started_on"))
    replies = list(Reply.objects.filter(code__panel=panel).order_by("pk"))
    return PanelRead(
        row=panel,
        code_count=len(codes),
        start_count=sum(one.moment == Moment.START for one in replies),
        later=_later(panel, replies, codes, on),
        today=on,
    )


def _later(
    panel: Panel, replies: Sequence[Reply], codes: Mapping[int, date | None], on: date
) -> list[Later]:
    asked = asked_of(read_definition())
    steps = {one.code: steps_in(one, replies) for one in asked}
    starts = {code: day for code, day in codes.items() if day is not None}
    compared = {
        moment: [compare(one, replies, steps[one.code], moment, on) for one in asked]
        for moment in LATER
    }
    is_over = not panel.is_open(on=on)
    return [
        Later(
            moment,
            _back(replies, starts, moment, on, steps[CONFIDENCE], is_over=is_over),
            compared[moment],
        )
        for moment in LATER
    ]


def asked_of(definition: Definition) -> list[Asked]:
    """Skills, confidence, then each yes or no."""
    scales = [
        Asked(one.code, str(one), _("out of 10"), confidence_of)
        for one in definition.of_kind("scale")
    ]
    shares = [
        Asked(one.code, str(one), _("percent"), partial(yes_of, one.code), True)
        for one in definition.of_kind("yes_no")
    ]
    skills = Asked("skills", str(SKILLS_NAME), _("areas"), skills_of)
    return [skills, *scales, *shares]


def steps_in(asked: Asked, replies: Sequence[Reply]) -> Steps[int, int]:
    """By which steps people enter the tables of a question; replies as they came."""
    said = (
        (one.code_id, one.moment, float(value), one.answered_on)
        for one in replies
        if (value := asked.value_of(one.answers)) is not None
    )
    return steps_of(
        said, start=Moment.START, least=INHABITANTS, is_share=asked.is_share
    )


def skills_of(answers: Answers) -> int | None:
    """How many areas somebody masters; not known when one was left unanswered.

    >>> skills_of({"inform": "easily"}) is None
    True
    """
    skills = read_definition().of_kind("skill")
    said = [answers.get(one.code) for one in skills]
    if None in said or len(said) != SKILLS:
        return None
    return sum(one in MASTERED for one in said)


def confidence_of(answers: Answers) -> int | None:
    value = answers.get(CONFIDENCE)
    return value if isinstance(value, int) else None


def yes_of(code: str, answers: Answers) -> int | None:
    return {"yes": 1, "no": 0}.get(answers.get(code, ""))


def values_at(
    replies: Sequence[Reply], moment: int, value_of: Callable[[Answers], int | None]
) -> dict[int, float]:
    """The value of each code that has one at this moment."""
    return {
        one.code_id: float(value)
        for one in replies
        if one.moment == moment and (value := value_of(one.answers)) is not None
    }


def compare(
    asked: Asked,
    replies: Sequence[Reply],
    steps: Steps[int, int],
    moment: Moment,
    on: date,
) -> Compared:
    """One thing asked, over the people of the widest step of that day."""
    first = values_at(replies, Moment.START, asked.value_of)
    last = values_at(replies, moment, asked.value_of)
    back = len(first.keys() & last.keys())
    step = steps.last(moment, on=on)
    if step is None or (asked.is_share and not step.tells_start):
        why, shown = _why_not(asked, back), None
    else:
        why, shown = "", _told(asked, first, last, step)
    count = len(step.people) if step and shown else back
    unit, counts = asked.unit, (len(first), len(last))
    return Compared(asked.name, unit, *counts, count, back, shown, why)


def _told(
    asked: Asked, first: Mapping[int, float], last: Mapping[int, float], step: Step[int]
) -> Told:
    before, after = (
        {f"{one}": side[one] for one in step.people} for side in (first, last)
    )
    if asked.is_share:
        yes = (
            {code: bool(one) for code, one in side.items()} for side in (before, after)
        )
        changed = paired_shares(*yes)
        return Told(changed.found, True, sentence_of(changed.found), changed)
    return number_told(paired(before, after), tells_start=step.tells_start)


def number_told(found: Difference, *, tells_start: bool) -> Told:
    """Both means and their difference, or the difference alone."""
    shown = found if tells_start else replace(found, before=None, after=None)
    return Told(shown, is_share=False, sentence=sentence_of(found))


def _why_not(asked: Asked, back: int) -> str:
    if not back:
        return _("Nobody answered it both times yet.")
    words = _("Fewer than %(n)s people answered it both times: secret.")
    if asked.is_share and back >= INHABITANTS:
        words = _(
            "Fewer than %(n)s people on one side or apart from the other table: secret."
        )
    return words % {"n": INHABITANTS}


def _back(
    replies: Sequence[Reply],
    starts: Mapping[int, date],
    moment: Moment,
    today: date,
    steps: Steps[int, int],
    *,
    is_over: bool,
) -> Back:
    again = {one.code_id: one for one in replies if one.moment == moment}
    came = again.keys() & starts.keys()
    missing = starts.keys() - came
    over = {one for one in missing if window(starts[one], moment).closes_on < today}
    step = steps.last(moment, on=today)
    told = step.people if step and step.tells_start else ()
    gone = over & steps.first.keys() if is_over else ()
    return Back(
        came=len(came),
        late=sum(again[one].is_late for one in came),
        awaited=len(missing) - len(over),
        gone=len(over),
        start_of_came=_mean(steps.first, told),
        start_of_gone=_mean(steps.first, gone if steps.tell_start(gone) else ()),
    )


def _mean(values: Mapping[int, float], codes: Collection[int]) -> float | None:
    return sum(values[one] for one in codes) / len(codes) if codes else None
