"""Indicators of what changes: giving up, maturity, gaps between communes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from jalons.analysis.weighting import effective_size
from jalons.documents.words import date_format
from jalons.evaluation.computing import (
    Asked,
    Computed,
    inhabitants_of,
    is_secret,
    percent,
)
from jalons.evaluation.models import Measure
from jalons.evaluation.values import rounded
from jalons.fieldwork.figures import UNDER, measured
from jalons.fieldwork.people import People, people_of
from jalons.indices.areas import usual_area
from jalons.indices.figures import PREFERRED
from jalons.indices.figures import results_of as index_of
from jalons.indices.models import IndexDefinition
from jalons.rounds.models import Round

GAVE_UP = "field_gave_up"
YES, NO = ("several_times", "once"), ("no", "no_procedure")
FIFTHS = 5


def gave_up(asked: Asked) -> Computed:
    """R4: people met who gave up a procedure, weighted, in the last field survey."""
    people = _last_round(asked)
    if people is None:
        return Computed(None, 0, _("No field survey of this space asks it."))
    found = measured(people)["gave_up"]
    if not found.n or found.share is None:
        why = _("Too few people answered, or too few gave up: secret.")
        return Computed(None, None, why)
    if 0 < found.share <= UNDER:
        return Computed(None, found.n, _("Under one percent: not told closer."))
    lines = [(_("field survey"), _named(people))]
    return Computed(
        rounded(100 * found.share),
        found.n,
        lines=lines,
        effective_n=_effective_n(people),
    )


def _effective_n(people: People) -> float:
    """Of how many answers of one weight those to this question are worth (Kish)."""
    return effective_size(people.adjusted.weights[_known(people)])


def _known(people: People) -> NDArray[np.bool_]:
    """Who answered this question."""
    code = people.by_meaning[GAVE_UP]
    return np.array([one.get(code) in (*YES, *NO) for one in people.answers], bool)


def _last_round(asked: Asked) -> People | None:
    """The last field survey of the space begun by that day, that asks it."""
    rounds = Round.objects.filter(
        campaign__space=asked.roadmap.space_id,
        campaign__opens_on__lte=asked.on,
        revoked_at=None,
    )
    last = rounds.order_by("-campaign__opens_on", "-pk").first()
    people = people_of(last) if last else None
    return people if people and people.by_meaning.get(GAVE_UP) else None


def _named(people: People) -> str:
    campaign = people.round.campaign
    return f"{campaign.title}, {date_format(campaign.opens_on)}"


def gap_in_giving_up(asked: Asked) -> Computed:
    """M1: share who gave up in the most fragile fifth of communes, less the others'."""
    people = _last_round(asked)
    if people is None:
        return Computed(None, 0, _("No field survey of this space asks it."))
    return giving_up_gap(people, _scores(asked))


def giving_up_gap(people: People, scores: Mapping[str, float]) -> Computed:
    """The same, from an index by commune; people weigh what they weigh in R4.

    Beside a weighted share an exact one would be one equation more on how many said it
    in each commune: with weights, both are told to a percent, and so is their gap.
    """
    fragile = highest_fifth(scores)
    if not fragile:
        return Computed(None, 0, _("The index is known for fewer than five communes."))
    code, weights = people.by_meaning[GAVE_UP], people.adjusted.weights
    yes = np.array([one.get(code) in YES for one in people.answers], dtype=bool)
    placed = _known(people) & np.array([one in scores for one in people.communes], bool)
    within = np.array([one in fragile for one in people.communes], dtype=bool)
    groups = []
    for group in (placed & within, placed & ~within):
        k, n = int(yes[group].sum()), int(group.sum())
        share = None
        if n and people.adjusted.is_weighted:
            weighted = float(np.average(yes[group], weights=weights[group]))
            share = Decimal(round(100 * weighted))
        groups.append(Group(k, n, share))
    return _gap(groups[0], groups[1], (_("most fragile"), _("others")))


def gap_in_support(asked: Asked) -> Computed:
    """M2: people supported for 100 inhabitants, most less least fragile fifth."""
    return support_gap(asked, _scores(asked))


def support_gap(asked: Asked, scores: Mapping[str, float]) -> Computed:
    """The same, from an index by commune.

    From the last day on which “people supported” was measured commune by commune.
    """
    first, last = highest_fifth(scores), lowest_fifth(scores)
    if not first or not last:
        return Computed(None, 0, _("The index is known for fewer than five communes."))
    supported, day = _supported(asked)
    if not day or not (first | last) <= set(supported):
        why = _("“People supported” is not measured for each of these communes.")
        return Computed(None, None, why)
    groups = []
    for codes in (first, last):
        people = inhabitants_of(asked.communes[code] for code in codes)
        if people is None:
            why = _("The population of one of these communes is not known.")
            return Computed(None, None, why)
        groups.append(Group(sum(supported[code] for code in codes), people))
    told = (_("most fragile fifth"), _("least fragile fifth"))
    # Inhabitants of whole communes: a population is no number of people asked.
    return replace(_gap(groups[0], groups[1], told), n=None)


@dataclass(frozen=True, slots=True)
class Group:
    """`k` people of `n`; `weighted`, in percent, stands for k/n where there is one."""

    k: int
    n: int
    weighted: Decimal | None = None

    @property
    def percent(self) -> Decimal:
        return (
            Decimal(100 * self.k) / self.n if self.weighted is None else self.weighted
        )

    @property
    def told(self) -> str:
        if self.weighted is None:
            words, shown = _("%(percent)s%% (n = %(n)s)"), percent(self.k, self.n)
        else:
            words, shown = _("%(percent)s%% once weighted (n = %(n)s)"), self.weighted
        return words % {"percent": shown, "n": self.n}


def _gap(first: Group, last: Group, names: tuple[str, str]) -> Computed:
    """The gap between two shares of people, in points, and both of them."""
    groups = (first, last)
    if not first.n or not last.n:
        return Computed(None, 0, _("Nobody in one of the two groups."))
    if any(is_secret(count) for one in groups for count in (one.k, one.n - one.k)):
        return Computed(
            None, None, _("Too few people in one of the two groups: secret.")
        )
    lines = [(name, one.told) for name, one in zip(names, groups, strict=True)]
    gap = rounded(first.percent - last.percent)
    return Computed(gap, first.n + last.n, lines=lines)


def _supported(asked: Asked) -> tuple[dict[str, int], date | None]:
    """The last day measured commune by commune, each known by its code or name."""
    rows = Measure.objects.filter(
        followed__evaluation__roadmap=asked.roadmap,
        followed__code="O1",
        is_current=True,
        measured_on__lte=asked.on,
        value__isnull=False,
    ).exclude(part="")
    said = list(
        rows.order_by("measured_on").values_list("measured_on", "part", "value")
    )
    codes = {one.name.casefold(): code for code, one in asked.communes.items()}
    found: dict[str, int] = {}
    day = said[-1][0] if said else None
    for on, part, value in said:
        code = part if part in asked.communes else codes.get(part.casefold())
        if on == day and code and value is not None:
            found[code] = int(value)
    return found, day


def _scores(asked: Asked) -> dict[str, float]:
    """By commune, the first index that has any of their own, never a borrowed one."""
    known = {one.code: one for one in IndexDefinition.objects.latest_each()}
    first = next(iter(asked.communes.values()), None)
    for code in PREFERRED if first else ():
        if code not in known or first is None:
            continue
        results = index_of(known[code].read().index(), usual_area(first))
        said = {
            one: results.score_of(one)
            for one in asked.communes
            if not results.is_borrowed(one)
        }
        if found := {one: score for one, score in said.items() if score is not None}:
            return found
    return {}


def highest_fifth(scores: Mapping[str, float]) -> frozenset[str]:
    """The fifth with the highest scores, all that equal the last one with it.

    >>> sorted(highest_fifth({"a": 1, "b": 5, "c": 3, "d": 2, "e": 4}))
    ['b']
    """
    size = len(scores) // FIFTHS
    if not size:
        return frozenset()
    limit = sorted(scores.values(), reverse=True)[size - 1]
    return frozenset(code for code, score in scores.items() if score >= limit)


def lowest_fifth(scores: Mapping[str, float]) -> frozenset[str]:
    """The fifth with the lowest scores."""
    return highest_fifth({code: -score for code, score in scores.items()})
