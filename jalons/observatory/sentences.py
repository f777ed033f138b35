"""Sentences written from the numbers: the lead, the map in words, the cautions."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.observatory.answer_results import TOTAL, Question
from jalons.observatory.results import (
    NO_ANSWER,
    NOT_PUBLISHED,
    Figures,
    IncomeCut,
    Line,
    Spot,
)
from jalons.observatory.words import (
    Words,
    enumeration,
    number,
)

SHARED_TOP = 3
SHARED_LEAST = 10
"""Respondents a group must have for its first themes to mean something."""


def caution() -> str:
    """Said under every map and every chart (S000-33), in our words."""
    return _(
        "Only the answers to the questionnaire are shown: they do not describe every "
        "territory nor everything that is done there. Read broad trends, not a ranking."
    )


def interval_label() -> str:
    return _(
        "95% intervals, to be read as if the respondents had been drawn at random."
    )


def small_numbers() -> str:
    return _("Small numbers (fewer than 30 in one group): the gaps are fragile.")


def units(figures: Figures) -> str:
    """Which EPCI the figures by territory rest on."""
    if figures.audience == "public" and figures.shows_classes:
        return _("EPCI whose answer is published")
    return _("responding EPCI")


def thirds_over(cut: IncomeCut) -> str:
    """The EPCI over which thirds of income are taken."""
    if not cut.regions:
        return _("all the EPCI of the survey")
    return _("the %(n)s EPCI of %(regions)s whose income is known") % {
        "n": number(cut.epci),
        "regions": enumeration(cut.regions),
    }


def map_summary(spots: Iterable[Spot], classes: Iterable[str], words: Words) -> str:
    """The map in words: how many territories of each class and of each blank."""
    found = [spot.state for spot in spots]
    parts = [
        _("%(count)s “%(name)s”") % {"count": n, "name": lowered(words.state(code))}
        for code in (*classes, NOT_PUBLISHED, NO_ANSWER)
        if (n := found.count(code))
    ]
    return _("Of %(n)s EPCI: %(parts)s.") % {
        "n": len(found),
        "parts": enumeration(parts),
    }


def quoted(words: Words, variable: str, codes: Iterable[str]) -> str:
    """Classes as they are named: “advanced” or “very advanced”."""
    return _(" or ").join(
        _("“%(name)s”") % {"name": lowered(words.label(variable, code))}
        for code in codes
    )


def lowered(text: str) -> str:
    """A label inside a sentence."""
    return text[:1].lower() + text[1:]


def raised(text: str) -> str:
    """A label that starts a title."""
    return text[:1].upper() + text[1:]


def anywhere(figures: Figures, words: Words, *, with_counts: bool = True) -> str:
    """Whether every type of territory has advanced ones (S000-38), by counts."""
    crossing = figures.crossing("maturity_by_density")
    if crossing is None or crossing.reading is None:
        return ""
    lines = [line for line in crossing.reading.lines if line.n]
    if not lines or any(line.cells[0].is_secret for line in lines):
        return ""
    some = [line for line in lines if line.cells[0].count]
    if len(some) == len(lines):
        start = _("Any type of territory can act: each class of density has EPCI")
    else:
        start = ngettext(
            "%(n)s class of density in %(all)s has EPCI",
            "%(n)s classes of density in %(all)s have EPCI",
            len(some),
        ) % {"n": len(some), "all": len(lines)}
    said = _("%(start)s classed %(classes)s") % {
        "start": start,
        "classes": quoted(words, "maturity", crossing.reading.columns),
    }
    return f"{said} ({_counts(lines, words)})." if with_counts else f"{said}."


def _counts(lines: Iterable[Line], words: Words) -> str:
    """ "dense: 9 of 13, sparse: 32 of 57"."""
    return ", ".join(
        _("%(name)s: %(count)s of %(n)s")
        % {
            "name": lowered(words.label("density", line.label)),
            "count": line.cells[0].count,
            "n": line.n,
        }
        for line in lines
    )


def shared_themes(question: Question, words: Words) -> str:
    """Themes among the three first of every group large enough (S000-39)."""
    tops = []
    for at, group in enumerate(question.groups):
        counts = {one.option: one.counts[at].count for one in question.choices}
        if group.code == TOTAL or not group.n or group.n < SHARED_LEAST:
            continue
        if None not in counts.values():
            tops.append((group, _top(counts)))
    if len(tops) < 2:
        return _(
            "Too few groups are large enough, or can be shown whole, to say which "
            "themes they share."
        )
    shared = set.intersection(*(top for _group, top in tops))
    groups = enumeration(
        [f"{words.group(group.code)} (n = {number(group.n)})" for group, _top in tops]
    )
    names = [
        _("“%(name)s”") % {"name": words.option(question.code, one.option)}
        for one in question.choices
        if one.option in shared
    ]
    if not names:
        return _(
            "No theme is among the three most chosen by every group: %(groups)s."
        ) % {"groups": groups}
    return ngettext(
        "Shared priority, among the three most chosen by every group: %(names)s. "
        "Groups: %(groups)s.",
        "Shared priorities, among the three most chosen by every group: %(names)s. "
        "Groups: %(groups)s.",
        len(names),
    ) % {"names": enumeration(names), "groups": groups}


def _top(counts: dict[str, int | None]) -> set[str]:
    """The most chosen options, ties included."""
    known = sorted((count or 0 for count in counts.values()), reverse=True)
    least = known[:SHARED_TOP][-1]
    return {option for option, count in counts.items() if count and count >= least}


def lead(figures: Figures, words: Words) -> str:
    """The answer in a sentence: how many have got far, how many begin."""
    if not (figures.base.responses or figures.base.used):
        return _("No answer was received: there is nothing to show.")
    if not figures.classes or any(one.is_secret for one in figures.distribution):
        return _("%(n)s EPCI answered, of %(all)s.") % {
            "n": figures.base.responding,
            "all": figures.base.perimeter,
        }
    upper = sum(one.count or 0 for one in figures.distribution[-2:])
    return ngettext(
        "Of %(n)s %(units)s, %(upper)s is classed %(classes)s and %(lower)s %(first)s.",
        "Of %(n)s %(units)s, %(upper)s are classed %(classes)s "
        "and %(lower)s %(first)s.",
        upper,
    ) % {
        "n": figures.base.used,
        "units": units(figures),
        "upper": upper,
        "classes": quoted(words, "maturity", figures.classes[-2:]),
        "lower": figures.distribution[0].count,
        "first": quoted(words, "maturity", figures.classes[:1]),
    }
