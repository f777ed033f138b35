"""Indicators of what changes: giving up, maturity, gaps between communes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
from django.utils.translation import gettext as _

from jalons.analysis.weighting import effective_size
from jalons.documents.words import date_format
from jalons.evaluation.computing import (
    TENTH,
    Asked,
    Computed,
    is_secret,
    percent,
    rounded,
)
from jalons.evaluation.models import Measure
from jalons.fieldwork.figures import results_of
from jalons.fieldwork.people import People, people_of
from jalons.fieldwork.tables import answered
from jalons.indices.areas import usual_area
from jalons.indices.figures import PREFERRED
from jalons.indices.figures import results_of as index_of
from jalons.indices.models import IndexDefinition
from jalons.questionnaires.definitions import Question
from jalons.rounds.models import Round

GAVE_UP = "field_gave_up"
YES, NO = ("several_times", "once"), ("no", "no_procedure")
FIFTHS = 5


def gave_up(asked: Asked) -> Computed:
    """R4: people met who gave up a procedure, weighted, in the last field survey."""
    people = _last_round(asked)
    if people is None:
        return Computed(None, 0, _("No field survey of this space asks it."))
    asked_code = people.by_meaning.get(GAVE_UP)
    found = [
        one for one in results_of(people).questions if one.question.code == asked_code
    ]
    shares = {one.code: one.share for each in found for one in each.shares}
    said = [shares.get(code) for code in YES]
    if not found or not found[0].n or None in said:
        why = _("Too few people answered, or too few gave up: secret.")
        return Computed(None, None, why)
    share = sum(one for one in said if one is not None)
    lines = [(_("field survey"), _named(people))]
    return Computed(
        rounded(100 * share),
        found[0].n,
        lines=lines,
        effective_n=_effective_n(people, found[0].question),
    )


def _effective_n(people: People, asked: Question) -> float:
    """Of how many answers of one weight those to this question are worth (Kish)."""
    (said,) = (each for one, each in answered(people) if one.code == asked.code)
    known = np.array([one in asked.option_codes for one in said], dtype=bool)
    return effective_size(people.adjusted.weights[known])


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
    """The same, from an index by commune; people count as they are, unweighted."""
    fragile = highest_fifth(scores)
    if not fragile:
        return Computed(None, 0, _("The index is known for fewer than five communes."))
    counts = {True: [0, 0], False: [0, 0]}
    code = people.by_meaning[GAVE_UP]
    for answers, commune in zip(people.answers, people.communes, strict=True):
        said = answers.get(code)
        if said in (*YES, *NO) and commune in scores:
            group = counts[commune in fragile]
            group[0] += said in YES
            group[1] += 1
    return _gap(counts[True], counts[False], (_("most fragile"), _("others")))


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
        people = sum(asked.communes[code].population or 0 for code in codes)
        groups.append([sum(supported[code] for code in codes), people])
    told = (_("most fragile fifth"), _("least fragile fifth"))
    # Inhabitants of whole communes: a population is no number of people asked.
    return replace(_gap(groups[0], groups[1], told), n=None)


def _gap(first: list[int], last: list[int], names: tuple[str, str]) -> Computed:
    """The gap between two shares of people, in points, and both of them."""
    if not first[1] or not last[1]:
        return Computed(None, 0, _("Nobody in one of the two groups."))
    if any(is_secret(one) for k, n in (first, last) for one in (k, n - k)):
        return Computed(
            None, None, _("Too few people in one of the two groups: secret.")
        )
    lines = [
        (name, _("%(percent)s%% (n = %(n)s)") % {"percent": percent(k, n), "n": n})
        for name, (k, n) in zip(names, (first, last), strict=True)
    ]
    gap = Decimal(100 * first[0]) / first[1] - Decimal(100 * last[0]) / last[1]
    return Computed(rounded(gap, TENTH), first[1] + last[1], lines=lines)


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
