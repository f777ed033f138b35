"""The tables of what respondents chose."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jalons.observatory.answer_results import TOTAL, Count, Question
from jalons.observatory.sheets import (
    Cell,
    Column,
    Row,
    Sheet,
    common_top,
    name,
    name_column,
    share_and_count,
    share_cells,
    share_columns,
)
from jalons.observatory.words import Words, number, secret, too_small


def question(found: Question, words: Words, group: str = TOTAL) -> Sheet:
    """What one group answered, in the order of the questionnaire."""
    at = next(i for i, one in enumerate(found.groups) if one.code == group)
    shown = [
        one for one in found.choices if one.counts[at].n != 0 or not one.offered_to
    ]
    top = common_top(one.counts[at] for one in shown)
    rows = tuple(
        Row(
            (
                name(words.option(found.code, one.option)),
                *share_cells(one.counts[at], top=top),
            )
        )
        for one in shown
    )
    columns = (name_column(_("Answer")), *share_columns())
    return Sheet(
        found.role,
        words.question(found.code),
        columns,
        rows,
        question_note(found, group),
    )


def question_note(found: Question, group: str = TOTAL) -> str:
    """The base, what is left out of it, and how the intervals are made."""
    one = next(one for one in found.groups if one.code == group)
    parts = [answered(one.n, one.missing)]
    if found.is_multiple:
        parts.append(_("Several answers: the shares add up to more than 100%."))
    if found.is_clustered:
        parts.append(
            _(
                "Intervals take account of the EPCI that several people answered for; "
                "where one EPCI answered alone, none is given."
            )
        )
    return " ".join(parts)


def answered(n: int | None, missing: int | None) -> str:
    """The base, and who gave no answer; of whom nothing is said where it is secret."""
    if n is None:
        return _("Unit: respondents; their number is secret here.")
    if missing is None:
        return _("Unit: respondents, n = %(n)s.") % {"n": number(n)}
    return _("Unit: respondents, n = %(n)s; %(missing)s gave no answer.") % {
        "n": number(n),
        "missing": number(missing),
    }


def all_groups(found: Question, words: Words) -> Sheet:
    """One question, every group beside the others."""
    columns = (
        name_column(_("Answer")),
        *(
            Column(
                label,
                (
                    label,
                    _("%(label)s (n)") % {"label": label},
                    _("%(label)s (%%)") % {"label": label},
                ),
                True,
            )
            for label in (f"{words.group(group.code)}" for group in found.groups)
        ),
    )
    rows = tuple(
        Row(
            (
                name(words.option(found.code, one.option)),
                *(_share_count_n(c) for c in one.counts),
            )
        )
        for one in found.choices
    )
    return Sheet(
        f"{found.role}-profils",
        _("%(caption)s, by profile") % {"caption": words.question(found.code)},
        columns,
        rows,
        question_note(found),
    )


def _share_count_n(found: Count) -> Cell:
    if found.is_secret:
        return Cell(secret(), (secret(), found.n, secret()))
    if not found.n:
        return Cell("–", (None, 0, None))
    cell = share_and_count(found)
    text = cell.text
    if found.is_too_small:
        text = _("%(count)s of %(n)s (%(words)s)") % {
            "count": number(found.count),
            "n": number(found.n),
            "words": too_small(),
        }
    return Cell(text, (found.count, found.n, cell.raw[1]))
