"""What the two facilitators allow to say, question against question (rule 13)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.analysis.facilitators import DELIBERATION_IN_BOTH
from jalons.observatory.readings import conclusion, test_details
from jalons.observatory.results import Figures, Link
from jalons.observatory.words import Words, number


def said(link: Link, words: Words) -> str:
    """One pair of questions in a sentence; "goes with" is all a survey can show."""
    names = {
        "facilitator": words.side(link.facilitator),
        "outcome": words.side(link.outcome),
    }
    if link.finding is None:
        return _("%(facilitator)s × %(outcome)s: secret.") % names
    counts = {
        "yes": link.yes.count,
        "yes_n": link.yes.n,
        "no": link.no.count,
        "no_n": link.no.n,
        "left_out": _left_out(link.left_out or 0),
    }
    words_of_counts = _(
        "%(facilitator)s × %(outcome)s: %(yes)s of %(yes_n)s EPCI with it, %(no)s of "
        "%(no_n)s without it; %(left_out)s."
    )
    parts = [words_of_counts % {**names, **counts}, conclusion(link.finding.kind)]
    return " ".join(filter(None, [*parts, test_details(link.finding)]))


def _left_out(count: int) -> str:
    return ngettext(
        "%(n)s EPCI is left out (no answer, or respondents who disagree)",
        "%(n)s EPCI are left out (no answer, or respondents who disagree)",
        count,
    ) % {"n": count}


def base(figures: Figures) -> str:
    """Unit and base of the pairs, and what their intervals do not correct."""
    return _(
        "Unit: EPCI that answered (%(n)s), one answer each. Nobody knows how many EPCI "
        "of the perimeter have each of these: the intervals are not corrected for "
        "that number, and are wider for it."
    ) % {"n": number(figures.base.responding)}


def caution(figures: Figures) -> str:
    """What must be read beside the pairs (rule 13)."""
    parts = [
        _(
            "Each question is crossed with another one, never with a total that holds "
            "both. A strategy is called formalised from two marks of four: our choice. "
            "Going with is not causing."
        )
    ]
    if any(DELIBERATION_IN_BOTH in link.remarks for link in figures.links):
        parts.append(
            _(
                "A deliberation counts both in the sponsorship (P3) and in the "
                "formalised strategy (S4): part of their link is one and the same act."
            )
        )
    return " ".join(parts)
