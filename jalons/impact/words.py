"""What an impact page says in sentences, on screen and in documents alike."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.followup import words
from jalons.impact.national import NationalTold
from jalons.impact.telling import ImpactTold


def lead(told: ImpactTold) -> str:
    counts = told["counts"]
    said = ngettext(
        "From %(since)s to %(until)s: %(done)s action done of %(all)s.",
        "From %(since)s to %(until)s: %(done)s actions done of %(all)s.",
        counts["done"],
    )
    return said % {
        "since": words.day(told["since"]),
        "until": words.day(told["until"]),
        "done": counts["done"],
        "all": counts["actions"],
    }


def caution() -> str:
    return _(
        "What follows says how far the roadmap may have helped: a contribution, not a "
        "proof. A figure that moves has several causes; what is not known is not zero."
    )


def reading() -> str:
    """How to read the table of what changed."""
    return _("A dash: not known, which is not zero. Intervals are at 95%.")


def method(told: NationalTold) -> str:
    """The formula with its numbers, or why it cannot be worked out."""
    if told["share"] is None:
        return _(
            "The part of a territory is the national target × its population ÷ the "
            "population of France. One of the two populations is not known here: no "
            "part is worked out."
        )
    said = _(
        "The part of a territory is the national target × its population ÷ the "
        "population of France: here %(people)s ÷ %(everybody)s = %(share)s%% (INSEE). "
        "It is an order of size, not an obligation, and says nothing of needs."
    )
    return said % {
        "people": number(told["people"]),
        "everybody": number(told["everybody"]),
        "share": number_format(round(100 * told["share"], 4), 4),
    }


def targets_source() -> str:
    return _(
        "Targets for 2027: France Numérique Ensemble, circular of 28 July 2023. Own "
        "figures cover their own period and are not added up."
    )


def number(value: int | None) -> str:
    if value is None:
        return "–"
    return number_format(value, 0, use_l10n=True, force_grouping=True)


def joined(parts: Iterable[str]) -> str:
    return " · ".join(one for one in parts if one)
