"""The tables of the questions beside the headline ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.analysis.secrecy import PROFESSIONALS
from jalons.observatory import answer_tables, class_words, scale_tables
from jalons.observatory.answer_results import (
    Degrees,
    Question,
    Ranking,
    Spread,
)
from jalons.observatory.answer_tables import answered
from jalons.observatory.scale_tables import PREFIX
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
from jalons.observatory.words import Words, decimal
from jalons.questionnaires.values import shown_number


def builders(found: Degrees, words: Words) -> dict[str, Callable[[], Sheet]]:
    """One table a question by the name of its file, in the questionnaire's order."""
    made: dict[str, Callable[[], Sheet]] = {}
    made |= {one.code: partial(scale_tables.scale, one, words) for one in found.scales}
    made |= {one.code: partial(ranking, one, words) for one in found.rankings}
    made |= {one.code: partial(spread, one, words) for one in found.spreads}
    made |= {one.code: partial(choice, one, words) for one in found.choices}
    order = [question.code for question in words.definition.questions]
    return {f"{PREFIX}{code}": made[code] for code in order if code in made}


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
    note = f"{_of_top(found)} {answered(found.n, found.missing)}"
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


def choice(found: Question, words: Words) -> Sheet:
    """What respondents chose, as for a headline question."""
    sheet = answer_tables.question(found, words)
    return replace(sheet, code=f"{PREFIX}{found.code}")


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
    note = " ".join((*filter(None, parts), answered(found.n, found.missing)))
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


def _rank(mean: float | None) -> Cell:
    if mean is None:
        return optional(None)
    return Cell(decimal(mean, 1), (round(mean, 2),))
