"""What a mini-survey says: the same people at two moments, and who did not come back.

One query reads every reply. Under eleven people nothing is told of what they said
(rule 7); how many answered is told as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.analysis.before_after import paired
from jalons.analysis.paired_shares import PairedShares, paired_shares
from jalons.analysis.secrecy import INHABITANTS
from jalons.evaluation.comparing import Told, sentence_of
from jalons.evaluation.computing import is_secret
from jalons.panels.definition import SKILLS, Definition, Question, read_definition
from jalons.panels.models import Panel, Reply
from jalons.panels.moments import LATER, Moment, window

MASTERED = ("easily", "with_trouble")
CONFIDENCE = "confidence"
SKILLS_NAME = gettext_lazy("Areas of skill mastered, out of five")

Answers = Mapping[str, Any]
ByMoment = Mapping[Moment, Mapping[int, Answers]]
"""Answers of each code, by moment."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing asked, at the start and later; or why nothing is told of it."""

    name: str
    unit: str
    n_start: int
    n_later: int
    n_both: int
    told: Told | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Back:
    """Of those who began: who came back, who may still, who did not.

    The two means are those of the confidence said at the start, of those who said it
    again and of those who did not come back; None under eleven people. The first is
    that of the table: two means that differ by one person would tell what they said.
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


def read_panel(panel: Panel, *, on: date) -> PanelRead:
    """Everything a page, a document and a file say of it, in two queries."""
    codes = dict(panel.codes.values_list("pk", "started_on"))
    rows = Reply.objects.filter(code__panel=panel)
    said = list(rows.values_list("code_id", "moment", "answers", "is_late"))
    by_moment = sort_by_moment((code, moment, one) for code, moment, one, _l in said)
    late = {(code, moment) for code, moment, _answers, is_late in said if is_late}
    definition = read_definition()
    starts = {one: day for one, day in codes.items() if day is not None}
    return PanelRead(
        row=panel,
        code_count=len(codes),
        start_count=len(by_moment[Moment.START]),
        later=[
            Later(
                moment,
                _back(by_moment, starts, late, moment, on),
                compare_moment(by_moment, moment, definition),
            )
            for moment in LATER
        ],
        today=on,
    )


def sort_by_moment(rows: Iterable[tuple[int, int, Answers]]) -> ByMoment:
    found: defaultdict[Moment, dict[int, Answers]] = defaultdict(dict)
    for code, moment, answers in rows:
        found[Moment(moment)][code] = answers
    return found


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


def values_at(
    by_moment: ByMoment, moment: Moment, value_of: Callable[[Answers], int | None]
) -> dict[str, float]:
    """The value of each code that has one at this moment."""
    found = {
        str(code): value_of(answers)
        for code, answers in by_moment.get(moment, {}).items()
    }
    return {code: float(one) for code, one in found.items() if one is not None}


def compare_moment(
    by_moment: ByMoment, moment: Moment, definition: Definition
) -> list[Compared]:
    """Skills, confidence, then each yes or no."""
    numbers = [(str(SKILLS_NAME), _("areas"), skills_of)]
    numbers += [
        (str(one), _("out of 10"), confidence_of) for one in definition.of_kind("scale")
    ]
    found = [
        _numbers(name, unit, by_moment, moment, value_of)
        for name, unit, value_of in numbers
    ]
    shares = [_shares(one, by_moment, moment) for one in definition.of_kind("yes_no")]
    return [*found, *shares]


def _numbers(
    name: str,
    unit: str,
    by_moment: ByMoment,
    moment: Moment,
    value_of: Callable[[Answers], int | None],
) -> Compared:
    first = values_at(by_moment, Moment.START, value_of)
    last = values_at(by_moment, moment, value_of)
    found = paired(first, last)
    told = Told(found, is_share=False, sentence=sentence_of(found))
    return _compared(name, unit, first, last, told, is_hidden=False)


def _shares(question: Question, by_moment: ByMoment, moment: Moment) -> Compared:
    first, last = (
        _yes_at(by_moment, one, question.code) for one in (Moment.START, moment)
    )
    changed = paired_shares(first, last)
    found = changed.found
    told = Told(found, True, sentence_of(found), changed)
    return _compared(
        str(question), _("percent"), first, last, told, is_hidden=_tells_few(changed)
    )


def _yes_at(by_moment: ByMoment, moment: Moment, code: str) -> dict[str, bool]:
    said = by_moment.get(moment, {})
    return {
        str(one): answers[code] == "yes"
        for one, answers in said.items()
        if answers.get(code) in ("yes", "no")
    }


def _tells_few(changed: PairedShares) -> bool:
    """Whether one of the shares would tell what a few people said."""
    before, after = (
        changed.yes_twice + changed.lost,
        changed.yes_twice + changed.gained,
    )
    return any(
        is_secret(one)
        for count in (before, after)
        for one in (count, changed.n - count)
    )


def _compared(
    name: str,
    unit: str,
    first: Mapping[str, object],
    last: Mapping[str, object],
    told: Told,
    *,
    is_hidden: bool,
) -> Compared:
    both = told.found.n_after
    why = ""
    if not both:
        why = _("Nobody answered it both times yet.")
    elif both < INHABITANTS:
        why = _("Fewer than %(n)s people answered it both times: secret.")
    elif is_hidden:
        why = _("Fewer than %(n)s people on one side: secret.")
    shown = None if why else told
    words = why % {"n": INHABITANTS} if both else why
    return Compared(name, unit, len(first), len(last), both, shown, words)


def _back(
    by_moment: ByMoment,
    starts: Mapping[int, date],
    late: set[tuple[int, int]],
    moment: Moment,
    today: date,
) -> Back:
    came = by_moment.get(moment, {}).keys() & starts.keys()
    missing = starts.keys() - came
    over = {one for one in missing if window(starts[one], moment).closes_on < today}
    at_start = values_at(by_moment, Moment.START, confidence_of)
    again = {int(one) for one in values_at(by_moment, moment, confidence_of)}
    return Back(
        came=len(came),
        late=sum((one, moment) in late for one in came),
        awaited=len(missing) - len(over),
        gone=len(over),
        start_of_came=_mean(at_start, came & again),
        start_of_gone=_mean(at_start, over),
    )


def _mean(values: Mapping[str, float], codes: Iterable[int]) -> float | None:
    found = [values[str(one)] for one in codes if str(one) in values]
    return sum(found) / len(found) if len(found) >= INHABITANTS else None
