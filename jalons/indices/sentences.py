"""What an index allows one to say, in sentences."""

from __future__ import annotations

from collections import Counter

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jalons.analysis.uncertainty import RankRange
from jalons.indices import words
from jalons.indices.results import (
    BORROWED,
    LEAST_REFERENCE_SHARE,
    SINGLE,
    Results,
    Standing,
)

VERDICTS: dict[str, str | Promise] = {
    "robust": gettext_lazy(
        "Robust: at least nine computations in ten, each with other choices, say the "
        "same. Errors in the figures themselves are not counted."
    ),
    "sensitive": gettext_lazy(
        "Sensitive: the answer depends on the choices made; do not lean on it alone."
    ),
    BORROWED: gettext_lazy(
        "This score is above all that of a larger territory: it says little of what "
        "sets this one apart."
    ),
    SINGLE: gettext_lazy(
        "It rests on a single indicator: whether other choices would say the same "
        "cannot be judged. Read the figure itself, or keep more indicators."
    ),
}


def score(standing: Standing) -> str:
    """The score, its scale, and that of the reference."""
    if standing.score is None:
        return ""
    parts = {
        "name": standing.name,
        "score": words.decimal(standing.score),
        "reference": standing.reference.label,
        "other": words.decimal(standing.reference.score),
    }
    if standing.scale is None:
        message = _("%(name)s: %(score)s, against %(other)s for %(reference)s.")
        return message % parts
    low, high = (words.decimal(end, 0) for end in standing.scale)
    message = _(
        "%(name)s: %(score)s on a scale from %(low)s to %(high)s, against %(other)s "
        "for %(reference)s. The higher the score, the greater the risk."
    )
    return message % (parts | {"low": low, "high": high})


def position(rank: RankRange, level: str) -> str:
    """The interval of ranks: never a rank alone."""
    parts = {
        "low": words.whole(rank.low),
        "middle": words.whole(rank.middle),
        "high": words.whole(rank.high),
        "all": words.territories(level, rank.n),
    }
    if rank.low == rank.high:
        message = _(
            "In nine computations out of ten, it is number %(low)s of %(all)s (1: most "
            "fragile)."
        )
        return message % parts
    message = _(
        "In nine computations out of ten, it stands between %(low)s and %(high)s of "
        "%(all)s (1: most fragile), around %(middle)s."
    )
    return message % parts


def stability(rank: RankRange, level: str, draws: int) -> str:
    """Whether other choices would say the same, for those who compute no index."""
    is_fragile = rank.fragile_share >= 0.5
    parts = {
        "draws": words.whole(draws),
        "share": words.percent(max(rank.fragile_share, 1 - rank.fragile_share)),
        "all": words.territories(level, rank.n),
    }
    if is_fragile:
        message = _(
            "We computed the index again in %(draws)s ways, all as defensible: in "
            "%(share)s of them this territory is among the most fragile third of "
            "%(all)s."
        )
    else:
        message = _(
            "We computed the index again in %(draws)s ways, all as defensible: in "
            "%(share)s of them this territory is outside the most fragile third of "
            "%(all)s."
        )
    return message % parts


def verdict(standing: Standing) -> str:
    """The label, and what it means; empty without rank."""
    return str(VERDICTS[standing.label]) if standing.label else ""


def made_of(standing: Standing) -> str:
    """On how many indicators the score truly rests."""
    return ngettext(
        "This score rests on %(n)s indicator.",
        "This score rests on %(n)s indicators.",
        standing.used,
    ) % {"n": words.whole(standing.used)}


def reason(standing: Standing) -> str:
    """Why there is no score."""
    parts = {
        "known": words.percent(standing.known_share),
        "reference": standing.reference.label,
        "scored": words.whole(standing.reference.scored),
        "all": words.territories(standing.level, standing.reference.n),
        "least": words.percent(LEAST_REFERENCE_SHARE),
    }
    messages = {
        "weight": _(
            "Not computable: only %(known)s of the weight of the index is known."
        ),
        "axis": _("Not computable: nothing is known of one of its axes."),
        "reference": _(
            "Not computable against %(reference)s: %(scored)s of %(all)s have a score, "
            "and a reference must be known for %(least)s of its inhabitants."
        ),
        "unloaded": _(
            "Not computable: no figure of the index is loaded at this level."
        ),
    }
    return messages[standing.reason] % parts if standing.reason else ""


def summary(results: Results) -> str:
    """How many territories are for sure among the most fragile third, in words."""
    ranks = {code: rank for code in results.shown if (rank := results.rank_of(code))}
    if not ranks or not results.is_reference_complete:
        return _("No territory of this area has a score.")
    labels = {code: results.label_of(code) for code in ranks}
    counts = Counter(labels.values())
    if counts[SINGLE] == len(ranks):
        return _single(results, len(ranks))
    robust = sum(
        labels[code] == "robust" and rank.fragile_share >= 0.5
        for code, rank in ranks.items()
    )
    lines = (
        _among_fragile(results, len(ranks), robust),
        _depending(counts["sensitive"]),
        _borrowed(counts[BORROWED]),
        _resting_on_one(counts[SINGLE]),
    )
    return " ".join(filter(None, lines))


def _among_fragile(results: Results, n: int, robust: int) -> str:
    parts = {
        "all": words.territories(results.area.level, n),
        "robust": words.whole(robust),
        "reference": results.reference.label,
    }
    if not robust:
        message = _(
            "Of %(all)s with a score, none is among the most fragile third (reference: "
            "%(reference)s) in nine computations out of ten."
        )
        return message % parts
    message = ngettext(
        "Of %(all)s with a score, %(robust)s is among the most fragile third "
        "(reference: %(reference)s) in nine computations out of ten at least.",
        "Of %(all)s with a score, %(robust)s are among the most fragile third "
        "(reference: %(reference)s) in nine computations out of ten at least.",
        robust,
    )
    return message % parts


def _depending(count: int) -> str:
    if not count:
        return ""
    message = ngettext(
        "For %(count)s other, it depends on the choices.",
        "For %(count)s others, it depends on the choices.",
        count,
    )
    return message % {"count": words.whole(count)}


def _single(results: Results, n: int) -> str:
    """When nothing can be said of certainty, whatever the territory."""
    message = _(
        "For %(all)s, the index rests on a single indicator: it says what this figure "
        "says, and whether other choices would say the same cannot be judged."
    )
    return message % {"all": words.territories(results.area.level, n)}


def _borrowed(count: int) -> str:
    """How many territories have a score that says little of themselves."""
    if not count:
        return ""
    message = ngettext(
        "For %(count)s, the score is above all that of a larger territory: it is "
        "counted on neither side.",
        "For %(count)s, the score is above all that of a larger territory: they are "
        "counted on neither side.",
        count,
    )
    return message % {"count": words.whole(count)}


def _resting_on_one(count: int) -> str:
    """How many territories have a score that other choices would not move."""
    if not count:
        return ""
    message = ngettext(
        "For %(count)s, the index rests on a single indicator: it is counted on "
        "neither side.",
        "For %(count)s, the index rests on a single indicator: they are counted on "
        "neither side.",
        count,
    )
    return message % {"count": words.whole(count)}
