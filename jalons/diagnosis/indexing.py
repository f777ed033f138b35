"""The index of digital fragility of one territory: in words, and axis by axis.

A score never goes without its reference nor a rank without its interval (rule 9).
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.diagnosis import words
from jalons.indices.results import SINGLE, Standing
from jalons.indices.words import percent
from jalons.territories.models import Territory

LABELS: dict[str, str | Promise] = {
    "robust": gettext_lazy("robust: the ways of computing it agree"),
    "sensitive": gettext_lazy("sensitive: it depends on how it is computed"),
    SINGLE: gettext_lazy(
        "it rests on a single indicator: whether other ways of computing it would "
        "agree cannot be judged"
    ),
    "borrowed": gettext_lazy(
        "above all the value of a larger territory: it says little of this one"
    ),
}
REASONS: dict[str, str | Promise] = {
    "weight": gettext_lazy("too few of its figures are loaded"),
    "axis": gettext_lazy("one of its axes has no figure"),
    "reference": gettext_lazy("too little is known of the territories compared"),
    "unloaded": gettext_lazy("no figure is loaded at this level"),
}
STRONGEST = 2
"""How many figures are said to raise or lower the score most."""


def sentences_of(standing: Standing | None, described: Territory) -> list[str]:
    """Score and reference, interval of rank, what weighs most; else the reason."""
    if standing is None:
        return [_("No index is loaded.")]
    if standing.score is None:
        return [_uncomputed(standing)]
    lines = [*_owner(standing, described), _score(standing)]
    if standing.rank:
        lines.append(_rank(standing))
    lines += _strongest(standing)
    lines.append(
        _(
            "An index compares territories at one time: it is no target, cannot be "
            "followed from year to year, and says nothing of one person."
        )
    )
    return lines


def _owner(standing: Standing, described: Territory) -> list[str]:
    """Said first when the index is that of the EPCI of a commune."""
    if standing.territory == described.code:
        return []
    message = _(
        "Too few figures of communes are loaded for an index of %(name)s: what follows "
        "is the index of its EPCI, %(epci)s."
    )
    return [message % {"name": described.name, "epci": standing.name}]


def _uncomputed(standing: Standing) -> str:
    missing = _("; ").join(one.title for one in standing.missing)
    return _("%(title)s: not computable, %(reason)s. Missing: %(missing)s.") % {
        "title": standing.title,
        "reason": REASONS.get(standing.reason, standing.reason),
        "missing": missing,
    }


def _score(standing: Standing) -> str:
    said = {
        "title": standing.title,
        "score": words.plain(standing.score or 0, ""),
        "name": standing.reference.label,
        "reference": words.plain(standing.reference.score or 0, ""),
    }
    if standing.scale is None:
        return _("%(title)s: %(score)s (%(name)s: %(reference)s).") % said
    said["low"], said["high"] = (f"{bound:g}" for bound in standing.scale)
    return (
        _(
            "%(title)s: %(score)s on a scale from %(low)s to %(high)s, the highest "
            "being the most fragile (%(name)s: %(reference)s)."
        )
        % said
    )


def _rank(standing: Standing) -> str:
    rank = standing.rank
    if rank is None:
        return ""
    if standing.label == SINGLE:
        return f"{str(LABELS[SINGLE]).capitalize()}."
    return _(
        "Over %(draws)s ways of computing it, it stands, nine times in ten, between "
        "places %(low)s and %(high)s of %(n)s (1 is the most fragile), and is in the "
        "most fragile third in %(share)s of them. %(label)s."
    ) % {
        "draws": words.whole(standing.draws),
        "low": words.whole(rank.low),
        "high": words.whole(rank.high),
        "n": words.whole(rank.n),
        "share": percent(rank.fragile_share),
        "label": str(LABELS[standing.label]).capitalize(),
    }


def _strongest(standing: Standing) -> list[str]:
    """The figures that move the score most, against the reference."""
    known = [one for one in standing.lines if one.points]
    most = sorted(known, key=lambda one: -abs(one.points or 0))[:STRONGEST]
    raising = [one.title for one in most if (one.points or 0) > 0]
    lowering = [one.title for one in most if (one.points or 0) < 0]
    lines = []
    if raising:
        message = _("What raises the score most: %(names)s.")
        lines.append(message % {"names": words.listed(raising)})
    if lowering:
        message = _("What lowers the score most: %(names)s.")
        lines.append(message % {"names": words.listed(lowering)})
    return lines
