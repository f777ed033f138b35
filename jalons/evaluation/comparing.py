"""Before and after, from lines typed or pasted: the numbers, then a plain sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.analysis.before_after import (
    LEAST,
    Difference,
    Verdict,
    paired,
    unpaired,
    unpaired_shares,
)
from jalons.analysis.intervals import Interval
from jalons.analysis.paired_shares import PairedShares, paired_shares
from jalons.documents.words import with_sign
from jalons.evaluation.values import HUNDREDTH, rounded

MOST_LINES = 500
WRITTEN = re.compile(r"-?\d+(?:[.,]\d+)?")
SMALL, MEDIUM, LARGE = 0.2, 0.5, 0.8
"""Sizes of an effect in standard deviations, as Cohen (1988) names them."""


class Kind(models.TextChoices):
    PAIRED = "paired", gettext_lazy("the same people, before and after")
    UNPAIRED = "unpaired", gettext_lazy("different people, before and after")
    ANSWERS = "answers", gettext_lazy("the same people, a yes or a no each time")
    SHARES = "shares", gettext_lazy("two shares: how many out of how many")


YES, NO = ("oui", "o", "yes", "y", "1"), ("non", "n", "no", "0")
MISSING = ("-", "–")


class Unreadable(ValueError):
    """A line that is not understood; its text says which and how to mend it."""


@dataclass(frozen=True, slots=True)
class Move:
    """What is kept of a mean move: its interval, and what that allows one to say."""

    interval: Interval | None
    verdict: Verdict

    @classmethod
    def of(cls, found: Difference) -> Move:
        return cls(found.interval, found.verdict)


@dataclass(frozen=True, slots=True)
class Told:
    """A difference, and what it allows to say."""

    found: Difference
    is_share: bool
    sentence: str
    # Who changed their answer, when a yes or no was asked twice.
    changed: PairedShares | None = None

    @property
    def before(self) -> str:
        return self._rated(self.found.before)

    @property
    def after(self) -> str:
        return self._rated(self.found.after)

    @property
    def difference(self) -> str:
        return signed(self.found.difference, is_share=self.is_share)

    @property
    def interval(self) -> str:
        return interval_told(self.found.interval, is_share=self.is_share)

    @property
    def effect(self) -> str:
        effect = self.found.effect
        if effect is None:
            return "–"
        return f"{number_format(round(effect, 2), 2)} ({_size(abs(effect))})"

    def _rated(self, value: float | None) -> str:
        if value is None:
            return "–"
        text = number_format(_to_tell(value, self.is_share))
        return with_sign(text, "%") if self.is_share else text


def _to_tell(value: float | Decimal, is_share: bool) -> Decimal:
    """A share in percent to a tenth, a mean to a hundredth."""
    return rounded(100 * value) if is_share else rounded(value, HUNDREDTH)


def signed(value: float | Decimal | None, *, is_share: bool = False) -> str:
    if value is None:
        return "–"
    number = _to_tell(value, is_share)
    text = number_format(number)
    return f"+{text}" if number > 0 else text


def interval_told(bounds: Interval | None, *, is_share: bool = False) -> str:
    """The interval of a difference; a dash where there is none."""
    if bounds is None:
        return "–"
    low, high = (signed(one, is_share=is_share) for one in (bounds.low, bounds.high))
    return _("from %(low)s to %(high)s") % {"low": low, "high": high}


def compare(kind: str, text: str) -> Told:
    """What lines say, by the way they were collected. Raises Unreadable."""
    lines, changed = list(_lines(text)), None
    match Kind(kind):
        case Kind.PAIRED:
            before, after = _pairs(lines)
            found = paired(before, after)
        case Kind.ANSWERS:
            changed = paired_shares(*_answers(lines))
            found = changed.found
        case Kind.UNPAIRED:
            found = unpaired(*_groups(lines))
        case Kind.SHARES:
            found = unpaired_shares(*_shares(lines))
    is_share = kind in (Kind.SHARES, Kind.ANSWERS)
    return Told(found, is_share, sentence_of(found), changed)


def sentence_of(found: Difference | Move) -> str:
    """What one may say of it; a difference is never said to be an effect."""
    if found.verdict is Verdict.TOO_FEW:
        words = _("Fewer than %(n)s people on one side: one cannot conclude.")
        return words % {"n": LEAST}
    said = _said(found.verdict)
    if found.interval is not None:
        return said
    return f"{_('All answered or moved alike: no interval can be given.')} {said}"


def _said(verdict: Verdict) -> str:
    match verdict:
        case Verdict.CANNOT_TELL:
            return _(
                "One cannot conclude: chance alone could give this difference. That is "
                "not to say that nothing changed."
            )
        case Verdict.HIGHER:
            said = _("It is higher after than before, beyond what chance would give.")
        case _:
            said = _("It is lower after than before, beyond what chance would give.")
    more = _("Why it moved is not known by this: other things happened meanwhile.")
    return f"{said} {more}"


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Cells of each line that is filled in: apart by tabs, semicolons or spaces."""
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [one for one in re.split(r"[;\t ]+", line.strip()) if one]
        if cells:
            yield number, cells
        if number > MOST_LINES:
            message = _("More than %(n)s lines: compare with a statistics tool.")
            raise Unreadable(message % {"n": MOST_LINES})


Lines = list[tuple[int, list[str]]]


def _pairs(lines: Lines) -> tuple[dict[str, float], dict[str, float]]:
    """“code before after”; a dash where somebody was not met."""
    found: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for number, code, cells in _coded(lines):
        for values, cell in zip(found, cells, strict=True):
            if cell not in MISSING:
                values[code] = _number(number, cell)
    return found


def _answers(lines: Lines) -> tuple[dict[str, bool], dict[str, bool]]:
    """“code yes no”; a dash where somebody was not met."""
    found: tuple[dict[str, bool], dict[str, bool]] = ({}, {})
    for number, code, cells in _coded(lines):
        for values, cell in zip(found, cells, strict=True):
            if cell not in MISSING:
                values[code] = _yes_or_no(number, cell)
    return found


def _coded(lines: Lines) -> Iterator[tuple[int, str, list[str]]]:
    """The code of each line, met once, and what stands before and after."""
    seen = set()
    for number, cells in lines:
        if len(cells) != 3 or cells[0] in seen:
            message = _("Line %(n)s: write a code, once, then before, then after.")
            raise Unreadable(message % {"n": number})
        seen.add(cells[0])
        yield number, cells[0], cells[1:]


def _yes_or_no(line: int, text: str) -> bool:
    word = text.casefold()
    if word not in YES + NO:
        message = _("Line %(n)s: “%(text)s” is neither yes nor no.")
        raise Unreadable(message % {"n": line, "text": text})
    return word in YES


def _groups(lines: list[tuple[int, list[str]]]) -> tuple[list[float], list[float]]:
    """A line for the values before, a line for the values after."""
    if len(lines) != 2:
        raise Unreadable(_("Write two lines: the values before, the values after."))
    first, last = ([_number(n, one) for one in cells] for n, cells in lines)
    return first, last


def _shares(
    lines: list[tuple[int, list[str]]],
) -> tuple[tuple[int, int], tuple[int, int]]:
    """“how many out of how many”, a line before, a line after."""
    if len(lines) != 2:
        raise Unreadable(_("Write two lines: the share before, the share after."))
    found = []
    for number, cells in lines:
        counts = [int(one) for one in cells if one.isascii() and one.isdigit()]
        if len(counts) != len(cells) or len(counts) != 2 or counts[0] > counts[1]:
            message = _("Line %(n)s: write how many, then out of how many.")
            raise Unreadable(message % {"n": number})
        found.append((counts[0], counts[1]))
    return found[0], found[1]


def _number(line: int, text: str) -> float:
    if not WRITTEN.fullmatch(text):
        message = _("Line %(n)s: “%(text)s” is not a number.")
        raise Unreadable(message % {"n": line, "text": text})
    return float(text.replace(",", "."))


def _size(effect: float) -> str:
    if effect < SMALL:
        return _("hardly any")
    if effect < MEDIUM:
        return _("small effect size")
    return _("medium effect size") if effect < LARGE else _("large effect size")
