"""The tables of scales, and of the lines of a matrix."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jalons.observatory.answer_results import Scale, ScaleLine
from jalons.observatory.answer_tables import answered
from jalons.observatory.sheets import (
    Cell,
    Column,
    Row,
    Sheet,
    common_top,
    count,
    name,
    name_column,
    share_and_count,
    share_cells,
    share_columns,
)
from jalons.observatory.words import Words, number, secret

PREFIX = "question-"
"""Begins the name of these tables: a question may be called as a role is."""


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


def _base(line: ScaleLine, *, has_aside: bool) -> str:
    if line.n is None or line.missing is None:
        return answered(line.n, line.missing)
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
