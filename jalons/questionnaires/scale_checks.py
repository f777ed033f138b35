"""Are scales, matrices and rankings right? Degrees in order, lines to judge."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from jalons.questionnaires.locator import Path
from jalons.questionnaires.schema import Question

Remark = tuple[Path, str] | tuple[Path, str, str]
"""Where, what is wrong in the words of the file, and in those of the editor."""


def check_scale(question: Question) -> Iterator[Remark]:
    """What is wrong with the degrees, the lines and "not concerned"."""
    yield from _check_rows(question)
    if question.allows_not_concerned and not question.is_on_a_scale:
        message = _("Only a scale or a matrix offers “not concerned”.")
        yield ("allows_not_concerned",), message
    if not question.is_on_a_scale:
        for o, option in enumerate(question.options):
            if option.value is not None:
                message = _("Only a degree of a scale has a value: remove it.")
                yield ("options", o, "value"), message
        return
    yield from _check_degrees(question)
    for o, option in enumerate(question.options):
        if option.profiles:
            message = _("A scale is the same for everyone: remove the profiles.")
            yield ("options", o, "profiles"), message


def _check_rows(question: Question) -> Iterator[Remark]:
    if question.type == "matrix" and not question.rows:
        yield ("rows",), _("Write at least one line to judge.")
    if question.type != "matrix" and question.rows:
        yield ("rows",), _("Only a matrix has lines: remove them.")


def _check_degrees(question: Question) -> Iterator[Remark]:
    """Values all written or none, and going one way from end to end."""
    values = [option.value for option in question.options]
    if None in values and any(value is not None for value in values):
        message = _("Give a value to every degree of the scale, or to none.")
        yield ("options", values.index(None), "value"), message
        return
    known = [value for value in values if value is not None]
    rises = len(known) > 1 and known[1] > known[0]
    for o, (before, after) in enumerate(pairwise(known), start=1):
        if after == before or (after > before) != rises:
            message = _("The values of a scale go one way, each different: review it.")
            yield ("options", o, "value"), message
