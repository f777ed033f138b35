"""What is told when a code or an answer cannot be taken, and how to mend it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from jalons.documents.words import date_format
from jalons.panels import access, operations
from jalons.panels.moments import Moment, TooEarly, next_opening

Trouble = (
    access.MistypedCode,
    access.UnknownCode,
    operations.Refused,
    TooEarly,
)


def why_not(error: Exception) -> str:
    """In plain words, what is wrong and what to do."""
    match error:
        case access.MistypedCode():
            return _(
                "This code is not written right: one sign is wrong, missing or too "
                "many. Look again at the slip: there is never a 0, a 1, an I, an L, "
                "an O nor a U in it."
            )
        case access.UnknownCode():
            return _(
                "Nobody was given this code here, or its answers were erased as "
                "announced. Look again at the slip, or ask whoever gave it to you."
            )
        case operations.NotOpen():
            return _("This mini-survey is closed: no answer is taken any more.")
        case operations.NothingSaid():
            return _("Not one question is answered: answer one at least.")
        case operations.AlreadyAnswered():
            label = Moment(error.args[0]).label
            words = _("This code has answered already for this moment: %(moment)s.")
            return words % {"moment": label}
        case TooEarly():
            words = _("It is too early: the next answer is awaited from %(day)s on.")
            return words % {"day": date_format(error.opens_on)}
    raise error


def what_next(started_on: date | None, answered: set[int]) -> str:
    """What the holder of a code is told once they have answered."""
    if started_on is None:
        return ""
    day = next_opening(started_on, answered)
    if day is None:
        return _("It was the last time: you may throw the slip away.")
    words = _("Keep the slip: the same questions are asked again from %(day)s on.")
    return words % {"day": date_format(day)}
