"""The tables of scales, matrices, rankings, numbers and days."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.analysis.secrecy import PROFESSIONALS
from jalons.observatory import class_words
from jalons.observatory.answer_results import Degrees, Ranking, Scale, ScaleLine, Spread
from jalons.observatory.sheets import (
    Cell,
    Column,
    Row,
    Sheet,
    common_top,
    count,
    name,
    name_column,
    optional,
    share_and_count,
    share_cells,
    share_columns,
)
from jalons.observatory.words import Words, decimal, number, secret
from jalons.questionnaires.values import shown_number

PREFIX = "question-"
"""Begins the name of these tables: a question may be called as a role is."""


def builders(found: Degrees, words: Words) -> dict[str, Callable[[], Sheet]]:
    """One table a question by the name of its file, in the questionnaire's order."""
    made: dict[str, Callable[[], Sheet]] = {}
    made |= {one.code: partial(scale, one, words) for one in found.scales}
    made |= {one.code: partial(ranking, one, words) for one in found.rankings}
    made |= {one.code: partial(spread, one, words) for one in found.spreads}
    order = [question.code for question in words.definition.questions]
    return {f"{PREFIX}{code}": made[code] for code in order if code in made}


def scale(found: Scale, words: Words) -> Sheet:
    if found.lines[0].part:
        return _matrix(found, words)
    (line,) = found.lines
    top = common_top(line.counts)
    rows = tuple(
        Row((name(words.option(found.code, code)), *share_cells(one, top=top)))
        for code, one in zip(found.degrees, line.counts, strict=True)
    )
    columns = (name_column(_("Answer")), *share_columns())
    note = _base(line, has_aside=_has_aside(found, words))
    if line.median is not None:
        middle = _("Median: %(median)s.") % {"median": _median(found, line, words)}
        note = f"{middle} {note}"
    return Sheet(
        f"{PREFIX}{found.code}", words.question(found.code), columns, rows, note
    )


def _matrix(found: Scale, words: Words) -> Sheet:
    """One line a row of the matrix, one column a degree."""
    question = words.definition.question(found.code)
    texts = {row.code: row.text for row in question.rows} if question else {}
    degrees = [words.option(found.code, code) for code in found.degrees]
    aside = _aside_columns(found, words)
    columns = (
        name_column(_("Line")),
        *(
            Column(one, (_("%(label)s (n)") % {"label": one}, f"{one} (%)"), True)
            for one in degrees
        ),
        Column(_("Median"), (_("median"),)),
        Column(_("n"), (_("n"),), True),
        *aside,
    )
    rows = tuple(
        Row(
            (
                name(texts[line.part].in_language(words.language)),
                *(share_and_count(one) for one in line.counts),
                _median_cell(found, line, words),
                count(line.n),
                *_aside_cells(line, len(aside)),
            )
        )
        for line in found.lines
    )
    note = _("Unit: respondents. Shares are of those who chose a degree (n).")
    code = f"{PREFIX}{found.code}"
    return Sheet(code, words.question(found.code), columns, rows, note)


def _has_aside(found: Scale, words: Words) -> bool:
    question = words.definition.question(found.code)
    return question is not None and question.allows_not_concerned


def _aside_columns(found: Scale, words: Words) -> tuple[Column, ...]:
    """Who chose no degree; together where "not concerned" is too few for itself."""
    missing = Column(_("No answer"), (_("no answer"),), True)
    if not _has_aside(found, words):
        return (missing,)
    if any(line.not_concerned is None for line in found.lines):
        both = _("not concerned or no answer")
        return (Column(_("Not concerned or no answer"), (both,), True),)
    return Column(_("Not concerned"), (_("not concerned"),), True), missing


def _aside_cells(line: ScaleLine, columns: int) -> tuple[Cell, ...]:
    if columns == 2:
        return count(line.not_concerned), count(line.missing)
    if line.missing is None:
        return (count(None),)
    return (count(line.missing + (line.not_concerned or 0)),)


def ranking(found: Ranking, words: Words) -> Sheet:
    """Who comes first, and who among the first; mean ranks where they are given."""
    top = common_top(one.top for one in found.options)
    has_means = any(one.ranked is not None for one in found.options)
    columns = (
        name_column(_("Answer")),
        *_top_columns(found),
        *(
            (
                Column(_("Mean rank"), (_("mean rank"),), True),
                Column(_("Ranked by"), (_("ranked by"),), True),
            )
            if has_means
            else ()
        ),
    )
    rows = tuple(
        Row(
            (
                name(words.option(found.code, one.option)),
                *((share_and_count(one.first),) if found.top > 1 else ()),
                *share_cells(one.top, top=top),
                *((_rank(one.mean_rank), count(one.ranked)) if has_means else ()),
            )
        )
        for one in found.options
    )
    code = f"{PREFIX}{found.code}"
    note = f"{_of_top(found)} {_answered(found.n, found.missing)}"
    return Sheet(code, words.question(found.code), columns, rows, note)


def _top_columns(found: Ranking) -> tuple[Column, ...]:
    """Placed first, then among the first; the same thing when one rank is asked."""
    shares = share_columns()
    if found.top == 1:
        return shares
    first = (_("placed first (n)"), _("placed first (%)"))
    among = _("Among the first %(top)s") % {"top": found.top}
    return (
        Column(_("Placed first"), first, is_number=True),
        Column(among, shares[0].names, is_number=True),
        *shares[1:],
    )


def _of_top(found: Ranking) -> str:
    return ngettext(
        "Share of those who placed it first.",
        "Share of those who placed it among their first %(top)s.",
        found.top,
    ) % {"top": found.top}


def spread(found: Spread, words: Words) -> Sheet:
    """Numbers or days, counted by classes."""
    top = common_top(found.counts)
    rows = tuple(
        Row((name(class_label(found, code, words)), *share_cells(one, top=top)))
        for code, one in zip(found.classes, found.counts, strict=True)
    )
    title = _("Period") if found.is_date else _("Class")
    columns = (name_column(title), *share_columns())
    parts = (_quartiles(found, words), _classing(found))
    note = " ".join((*filter(None, parts), _answered(found.n, found.missing)))
    code = f"{PREFIX}{found.code}"
    return Sheet(code, words.question(found.code), columns, rows, note)


def class_label(found: Spread, code: str, words: Words) -> str:
    if found.is_date:
        return class_words.period(code)
    return class_words.numbers(code, words.language)


def _quartiles(found: Spread, words: Words) -> str:
    """The middle of the numbers, with their unit."""
    question = words.definition.question(found.code)
    unit = (
        question.unit.in_language(words.language) if question and question.unit else ""
    )
    if found.quartiles is None:
        return _("Unit of the numbers: %(unit)s.") % {"unit": unit} if unit else ""
    low, middle, high = (shown_number(one, words.language) for one in found.quartiles)
    of = {"low": low, "middle": middle, "high": high, "unit": unit}
    if unit:
        return (
            _("Median: %(middle)s (%(unit)s); half of them from %(low)s to %(high)s.")
            % of
        )
    return _("Median: %(middle)s; half of them from %(low)s to %(high)s.") % of


def _classing(found: Spread) -> str:
    if found.has_own_limits:
        return _("Classes stated by the questionnaire.")
    if found.is_date:
        return _("Periods joined until each holds %(n)s answers.") % {
            "n": PROFESSIONALS
        }
    if len(found.classes) < 2:
        return ""
    return _("Classes near the quarters of the answers, of %(n)s answers at least.") % {
        "n": PROFESSIONALS
    }


def _answered(n: int | None, missing: int | None) -> str:
    if n is None:
        return _("Unit: respondents; their number is secret here.")
    return _("Unit: respondents, n = %(n)s; %(missing)s gave no answer.") % {
        "n": number(n),
        "missing": number(missing),
    }


def _base(line: ScaleLine, *, has_aside: bool) -> str:
    if line.n is None:
        return _answered(None, None)
    of = {
        "n": number(line.n),
        "not_concerned": number(line.not_concerned),
        "missing": number(line.missing),
    }
    if not has_aside:
        return (
            _(
                "Unit: respondents, n = %(n)s who chose a degree; no answer: "
                "%(missing)s."
            )
            % of
        )
    if line.not_concerned is None:
        return (
            _(
                "Unit: respondents, n = %(n)s who chose a degree; not concerned or no "
                "answer: %(missing)s."
            )
            % of
        )
    return (
        _(
            "Unit: respondents, n = %(n)s who chose a degree; not concerned: "
            "%(not_concerned)s; no answer: %(missing)s."
        )
        % of
    )


def _median(found: Scale, line: ScaleLine, words: Words) -> str:
    """The words of the middle degree, or of the two around it."""
    question = words.definition.question(found.code)
    if line.median is None or question is None:
        return "–"
    low = [c for c, v in question.degrees.items() if v <= line.median]
    high = [c for c, v in question.degrees.items() if v >= line.median]
    values = question.degrees
    around = {max(low, key=lambda c: values[c]), min(high, key=lambda c: values[c])}
    told = [words.option(found.code, c) for c in found.degrees if c in around]
    return (
        _("between “%(a)s” and “%(b)s”")
        % {
            "a": told[0],
            "b": told[-1],
        }
        if len(told) > 1
        else told[0]
    )


def _median_cell(found: Scale, line: ScaleLine, words: Words) -> Cell:
    if any(one.is_secret for one in line.counts):
        return Cell(secret(), (secret(),))
    return Cell(_median(found, line, words), (line.median,))


def _rank(mean: float | None) -> Cell:
    if mean is None:
        return optional(None)
    return Cell(decimal(mean, 1), (round(mean, 2),))
