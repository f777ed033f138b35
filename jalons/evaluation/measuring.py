"""Baselines and measures: what is noted replaces nothing, it is kept beside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.evaluation.models import Baseline, Evaluation, Followed, Measure
from jalons.evaluation.operations import note
from jalons.evaluation.values import NotAValue, check_value
from jalons.roadmaps.operations import hold


class Refused(Exception):
    """A baseline or a measure that cannot be true."""


class InTheFuture(Refused):
    """Nothing is measured before its day."""


class AfterRetirement(Refused):
    """The indicator was not followed any more."""


class WithoutAReason(Refused):
    """A baseline that replaces another says why; a value not known too."""


class WrongUnit(Refused):
    """No value of this unit can be this one."""


@transaction.atomic
def set_baseline(baseline: Baseline, *, by: User, today: date | None = None) -> None:
    """Where the indicator starts from; a former one stays, with why it changed.

    Raises Refused.
    """
    followed = baseline.followed
    hold(followed.evaluation.roadmap)
    if baseline.measured_on > (today or timezone.localdate()):
        raise InTheFuture(followed)
    try:
        check_value(baseline.value, followed.unit)
    except NotAValue as wrong:
        raise WrongUnit(str(wrong)) from wrong
    former = followed.baselines.filter(is_current=True)
    if former.exists() and not baseline.reason:
        raise WithoutAReason(followed)
    former.update(is_current=False)
    baseline.is_current, baseline.noted_by = True, by
    baseline.save()
    note("evaluation.baseline_set", followed, followed.evaluation, by)


@transaction.atomic
def add_measure(measure: Measure, *, by: User, today: date | None = None) -> None:
    """A measure; one of the same day and part takes the place of the former.

    Raises Refused.
    """
    hold(measure.followed.evaluation.roadmap)
    check_measure(measure, today=today)
    _replace(measure, by)
    note("evaluation.measured", measure.followed, measure.followed.evaluation, by)


@transaction.atomic
def load_measures(
    evaluation: Evaluation,
    measures: Iterable[Measure],
    *,
    by: User | None,
    today: date | None = None,
) -> int:
    """Those of a file, all or none; what is there already is left. Raises Refused."""
    hold(evaluation.roadmap)
    written = 0
    for one in measures:
        check_measure(one, today=today)
        if not _is_known(one):
            _replace(one, by)
            written += 1
    details = {"measures": written}
    note("evaluation.measures_loaded", evaluation, evaluation, by, details)
    return written


def check_measure(measure: Measure, *, today: date | None = None) -> None:
    """What no measure can be. Raises Refused."""
    followed = measure.followed
    if measure.measured_on > (today or timezone.localdate()):
        raise InTheFuture(followed)
    if followed.is_retired(on=measure.measured_on):
        raise AfterRetirement(followed)
    if measure.value is None and not measure.note:
        raise WithoutAReason(followed)
    if measure.value is not None:
        try:
            check_value(measure.value, followed.unit)
        except NotAValue as wrong:
            raise WrongUnit(str(wrong)) from wrong


def _replace(measure: Measure, by: User | None) -> None:
    Measure.objects.filter(
        followed=measure.followed,
        measured_on=measure.measured_on,
        part=measure.part,
        is_current=True,
    ).update(is_current=False)
    measure.is_current, measure.noted_by = True, by
    measure.save()


def _is_known(measure: Measure) -> bool:
    """The same value, of the same day and part: a file read twice adds nothing."""
    return Measure.objects.filter(
        followed=measure.followed,
        measured_on=measure.measured_on,
        part=measure.part,
        is_current=True,
        value=measure.value,
        n=measure.n,
    ).exists()


def due_on(followed: Followed, last: date | None) -> date | None:
    """When the next measure is awaited; nothing for what is measured at events."""
    months = MONTHS.get(Followed.Frequency(followed.frequency))
    if months is None:
        return None
    return _months_after(last or followed.chosen_on, months)


MONTHS = {
    Followed.Frequency.QUARTER: 3,
    Followed.Frequency.HALF_YEAR: 6,
    Followed.Frequency.YEAR: 12,
    Followed.Frequency.TWO_YEARS: 24,
}
LAST_DAY_OF_ALL = 28
"""Every month has it: a due day is a reminder, not a deadline to the day."""


def _months_after(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, min(day.day, LAST_DAY_OF_ALL))
