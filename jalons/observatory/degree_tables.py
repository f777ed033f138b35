"""The tables of scales, matrices and rankings."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.observatory.degrees import Degrees, Ranking, Scale, ScaleLine
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
from jalons.observatory.words import Words, decimal, number


def sheets(found: Degrees, words: Words) -> tuple[Sheet, ...]:
    """One table a question, in the order of the questionnaire."""
    by_code = {one.code: scale(one, words) for one in found.scales}
    by_code |= {one.code: ranking(one, words) for one in found.rankings}
    order = [question.code for question in words.definition.questions]
    return tuple(by_code[code] for code in order if code in by_code)


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
    middle = _("Median: %(median)s.") % {"median": _median(found, line, words)}
    note = f"{middle} {_base(line)}"
    return Sheet(found.code, words.question(found.code), columns, rows, note)


def _matrix(found: Scale, words: Words) -> Sheet:
    """One line a row of the matrix, one column a degree."""
    question = words.definition.question(found.code)
    texts = {row.code: row.text for row in question.rows} if question else {}
    degrees = [words.option(found.code, code) for code in found.degrees]
    columns = (
        name_column(_("Line")),
        *(
            Column(one, (_("%(label)s (n)") % {"label": one}, f"{one} (%)"), True)
            for one in degrees
        ),
        Column(_("Median"), (_("median"),)),
        Column(_("n"), (_("n"),), True),
        Column(_("Not concerned"), (_("not concerned"),), True),
        Column(_("No answer"), (_("no answer"),), True),
    )
    rows = tuple(
        Row(
            (
                name(texts[line.part].in_language(words.language)),
                *(share_and_count(one) for one in line.counts),
                _median_cell(found, line, words),
                count(line.n),
                count(line.not_concerned),
                count(line.missing),
            )
        )
        for line in found.lines
    )
    note = _("Unit: respondents. Shares are of those who chose a degree (n).")
    return Sheet(found.code, words.question(found.code), columns, rows, note)


def ranking(found: Ranking, words: Words) -> Sheet:
    top = common_top(one.top for one in found.options)
    columns = (
        name_column(_("Answer")),
        *share_columns(),
        Column(_("Mean rank"), (_("mean rank"),), True),
        Column(_("Ranked by"), (_("ranked by"),), True),
    )
    rows = tuple(
        Row(
            (
                name(words.option(found.code, one.option)),
                *share_cells(one.top, top=top),
                _rank(one.mean_rank),
                count(one.ranked),
            )
        )
        for one in found.options
    )
    first = ngettext(
        "Share of those who placed it first.",
        "Share of those who placed it among their first %(top)s.",
        found.top,
    ) % {"top": found.top}
    base = _("Unit: respondents, n = %(n)s; %(missing)s gave no answer.") % {
        "n": number(found.n),
        "missing": number(found.missing),
    }
    note = f"{first} {base}"
    return Sheet(found.code, words.question(found.code), columns, rows, note)


def _base(line: ScaleLine) -> str:
    return _(
        "Unit: respondents, n = %(n)s who chose a degree; not concerned: "
        "%(not_concerned)s; no answer: %(missing)s."
    ) % {
        "n": number(line.n),
        "not_concerned": number(line.not_concerned),
        "missing": number(line.missing),
    }


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
    return Cell(_median(found, line, words), (line.median,))


def _rank(mean: float | None) -> Cell:
    if mean is None:
        return optional(None)
    return Cell(decimal(mean, 1), (round(mean, 2),))
