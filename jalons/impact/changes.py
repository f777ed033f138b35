"""Before and after of an indicator, with what the numbers allow one to say."""

from __future__ import annotations

from decimal import Decimal
from typing import TypedDict

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from jalons.analysis.before_after import LEAST, Sampled, Verdict, shares_of_samples
from jalons.analysis.intervals import Interval, wilson_of
from jalons.analysis.secrecy import INHABITANTS
from jalons.evaluation.catalogue import Nature, nature_of
from jalons.evaluation.comparing import interval_told, sentence_of
from jalons.evaluation.computing import is_secret
from jalons.evaluation.figures import FollowedRead, Point
from jalons.evaluation.models import Followed, Measure
from jalons.evaluation.values import plain

Unit = Followed.Unit
COUNTED = (Unit.COUNT, Unit.EUROS, Unit.PEOPLE)
MEANS = (Unit.SKILLS, Unit.POINTS)
"""Of people, each is the mean of what they said."""


class ChangeTold(TypedDict):
    code: str
    name: str
    definition: str
    unit: str
    before: str | None
    before_shown: str
    before_on: str | None
    before_n: int | None
    after: str | None
    after_shown: str
    after_on: str
    n: int | None
    target_shown: str
    interval: str
    sentence: str
    caution: str
    source: str
    quality: str


def change_told(one: FollowedRead) -> ChangeTold:
    """What an indicator was and what it is; small counts of people stay secret."""
    last, start = one.last, one.baseline
    assert last is not None
    first = _first(one)
    interval, sentence = _judged(one, first, last)
    told: ChangeTold = {
        "code": one.row.code,
        "name": one.row.said.name,
        "definition": one.row.said.definition,
        "unit": str(one.row.get_unit_display()),
        "before": _number(start.value) if start else None,
        "before_shown": one.started_from or "–",
        "before_on": start.measured_on.isoformat() if start else None,
        "before_n": first.n if first else None,
        "after": _number(last.value),
        "after_shown": one.last_value,
        "after_on": last.measured_on.isoformat(),
        "n": last.n,
        "target_shown": one.target or "–",
        "interval": interval,
        "sentence": sentence,
        "caution": one.row.attribution,
        "source": one.row.said.source,
        "quality": str(one.row.get_quality_display()) if one.row.quality else "",
    }
    return _hidden(told, one, first, last)


def _first(one: FollowedRead) -> Point | None:
    """The measure that the baseline repeats, which says on how many it rests."""
    start = one.baseline
    if start is None:
        return None
    for point in one.points:
        if point.measured_on == start.measured_on and point.value == start.value:
            return point
    return None


def _judged(one: FollowedRead, first: Point | None, last: Point) -> tuple[str, str]:
    """An interval, and the sentence that it allows."""
    nature = nature_of(one.row.code)
    if one.row.unit in COUNTED or nature is Nature.EXHAUSTIVE:
        return "–", _("Counted, not estimated: it has no interval.")
    if nature is None:
        return "–", _(
            "Whether everything was counted or some people were asked is not noted: "
            "one cannot conclude."
        )
    if nature is Nature.SAME_PEOPLE:
        return _of_the_same(one, last)
    if one.row.unit != Unit.PERCENT:
        words = _("No interval is kept with this value: one cannot conclude.")
        return "–", words
    return _of_samples(first, last)


def _of_the_same(one: FollowedRead, last: Point) -> tuple[str, str]:
    """What the last value allows to say: it compares the same people with themselves.

    As the page it comes from says it. Two values of the line are not compared: who is
    in both is not kept.
    """
    move = last.move
    if move is None:
        return "–", _(
            "Each value already compares the same people or territories with "
            "themselves, and no interval is kept with it: one cannot conclude."
        )
    if move.verdict is Verdict.TOO_FEW:
        words = _(
            "Fewer than %(n)s people or territories are in both times: one cannot "
            "conclude."
        )
        return "–", words % {"n": LEAST}
    said = _("The last value compares the same people or territories at two moments.")
    sentence = f"{said} {sentence_of(move)}"
    if one.baseline is not None and one.baseline.measured_on < last.measured_on:
        more = _("It is not compared with the first one: who is in both is not kept.")
        sentence = f"{sentence} {more}"
    if move.interval is None:
        return "–", sentence
    words = _("change of the same ones: %(bounds)s")
    return words % {"bounds": interval_told(move.interval)}, sentence


def _of_samples(first: Point | None, last: Point) -> tuple[str, str]:
    """Of two shares of people asked, what one may say."""
    if not last.n:
        words = _("On how many it rests is not noted: how sure it is cannot be said.")
        return "–", words
    after = _sampled(last)
    if after is None:
        return "–", _weights_lost()
    if first is None or not first.n:
        found = wilson_of(after.share, after.size)
        words = _("On how many the start rests is not noted: one cannot conclude.")
        return _shown(found) if found else "–", words
    before = _sampled(first)
    if before is None:
        return "–", _weights_lost()
    difference = shares_of_samples(before, after)
    said = (sentence_of(difference), _read_as(first, last), _as_different_people())
    bounds = difference.interval
    if bounds is None:
        return "–", said[0]
    sentence = " ".join(one for one in said if one)
    words = _("change from %(low)s to %(high)s points")
    low, high = _points(bounds.low), _points(bounds.high)
    return words % {"low": low, "high": high}, sentence


def _sampled(point: Point) -> Sampled | None:
    """The share and what it is worth; None when its weights were not kept.

    What Jalons computes of a survey is weighted. What is typed or read from a file is
    taken as it says: so many people, each counting the same.
    """
    assert point.value is not None
    assert point.n
    size = point.effective_n
    if size is None:
        if point.origin == Measure.Origin.COMPUTED:
            return None
        size = float(point.n)
    return Sampled(min(1.0, float(point.value) / 100), point.n, size)


def _weights_lost() -> str:
    return _("How much each answer weighed was not kept: one cannot conclude.")


def _read_as(*points: Point) -> str:
    """What is supposed of values whose weights are not noted."""
    if all(one.effective_n is not None for one in points):
        return ""
    return _("Read as if each answer counted the same: weights are not noted.")


def _as_different_people() -> str:
    """Answers of two surveys have no link, by choice: pairs cannot be made of them."""
    return _(
        "Both times are compared as if different people had answered: who answered "
        "twice is not kept, and this says less than it could."
    )


def _count(point: Point) -> int:
    """How many people a share of them is."""
    assert point.value is not None
    assert point.n
    return min(point.n, round(float(point.value) * point.n / 100))


def _shown(found: Interval) -> str:
    words = _("from %(low)s%% to %(high)s%%")
    low, high = (_tenths(100 * one) for one in (found.low, found.high))
    return words % {"low": low, "high": high}


def _points(value: float) -> str:
    text = _tenths(100 * value)
    return f"+{text}" if value > 0 else text


def _tenths(number: float) -> str:
    """Rounded first: alone, Django cuts decimals off."""
    return number_format(round(number, 1), 1)


def _hidden(
    told: ChangeTold, one: FollowedRead, first: Point | None, last: Point
) -> ChangeTold:
    """Without what would tell of a few people (rule 7)."""
    start = (
        Point(last.measured_on, one.baseline.value, None, "")
        if (one.baseline)
        else None
    )
    is_few_after = _tells_of_a_few(one, last)
    is_few_before = _tells_of_a_few(one, first or start)
    if not is_few_after and not is_few_before:
        return told
    secret = _("secret")
    why = _("Fewer than %(n)s people on one side: secret.") % {"n": INHABITANTS}
    told["interval"], told["sentence"] = "–", why
    if is_few_after:
        told["after"], told["after_shown"], told["n"] = None, secret, None
    if is_few_before:
        told["before"], told["before_shown"], told["before_n"] = None, secret, None
    return told


def _tells_of_a_few(one: FollowedRead, point: Point | None) -> bool:
    if point is None or point.value is None:
        return False
    if one.row.unit == Unit.PEOPLE:
        return is_secret(int(point.value))
    if one.row.level != Followed.Level.PEOPLE or not point.n:
        return False
    if one.row.unit in MEANS:
        return is_secret(point.n)
    if one.row.unit == Unit.PERCENT:
        count = _count(point)
        return is_secret(count) or is_secret(point.n - count)
    return False


def _number(value: Decimal | None) -> str | None:
    found = plain(value)
    return None if found is None else str(found)
