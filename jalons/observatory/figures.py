"""The one query per number: a restitution for the team, one for the public.

The team reads the answers as they are now, kept in the cache until something changes.
The public reads what was frozen in `Publication` when it was checked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django.core.cache import cache
from pydantic import TypeAdapter

from jalons.analysis.intervals import wilson
from jalons.indices.figures import standing_of
from jalons.observatory import answers, participation
from jalons.observatory.answer_results import Count, Question
from jalons.observatory.answers import Profiles
from jalons.observatory.crossings import crossings
from jalons.observatory.degrees import degrees_of
from jalons.observatory.dimensions import dimensions
from jalons.observatory.links import links
from jalons.observatory.loading import load
from jalons.observatory.material import Material, for_public
from jalons.observatory.models import Publication
from jalons.observatory.protection import Protected, protected
from jalons.observatory.redaction import examined, judged
from jalons.observatory.results import Audience, Crossing, Figures, Target
from jalons.observatory.revisions import revisions
from jalons.observatory.variables import SPECS, class_codes
from jalons.surveys.figures import validated_territories
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory

FORMAT = 10
"""To be raised when `Figures` changes, or the rules of secrecy: what is cached in an
older shape, or was hidden by older rules, is left."""
KEPT_SECONDS = 30 * 24 * 3600

_STORED = TypeAdapter(Figures)
T = TypeVar("T")


def team_figures(campaign: Campaign) -> Figures:
    """Everything, exact, for members of the space entitled to the raw answers."""
    return _cached(campaign, "team", lambda one: _team(load(one)))


def team_questions(campaign: Campaign, departement: str) -> tuple[Question, ...]:
    """The headline figures among the respondents of one département."""
    name = f"questions:{departement}"
    return _cached(campaign, name, lambda one: _in_departement(load(one), departement))


def public_figures(campaign: Campaign) -> Protected:
    """What would be published today, kept in the cache until something changes."""
    return _cached(campaign, "public", _public)


def _public(campaign: Campaign) -> Protected:
    """Small counts hidden; never the raw answers."""
    material = for_public(load(campaign))
    groups = answers.grouped_profiles(material.definition, material.answers)
    return protected(material, _figures(material, "public", groups))


def published_figures(publication: Publication) -> Figures:
    """What was published, as it was checked, less what was taken back since."""
    return published_together([publication])[0]


def published_together(publications: Sequence[Publication]) -> list[Figures]:
    """The same of each, in their order: the database is asked as often for many as for
    one.

    A territory that has since withdrawn its validation is shown no more, nor found by
    subtraction: every class is then counted again without it.
    """
    stored = [_STORED.validate_python(one.figures) for one in publications]
    validated = validated_territories([one.campaign_id for one in publications])
    less = [
        one.campaign
        for one, figures in zip(publications, stored, strict=True)
        if not figures.shown_territories <= validated[one.campaign_id]
    ]
    again = _all_cached(less, "public", _public)
    return [
        _without(figures, again[one.campaign_id].figures)
        if one.campaign_id in again
        else figures
        for one, figures in zip(publications, stored, strict=True)
    ]


def _without(stored: Figures, again: Figures) -> Figures:
    """What was checked, but for the classes, which are counted again."""
    crossings = _crossings_again(stored, again)
    return replace(
        stored,
        shows_classes=again.shows_classes,
        base=replace(stored.base, used=again.base.used),
        spots=again.spots,
        distribution=again.distribution,
        departements=tuple(
            replace(new, responses=old.responses)
            for old, new in zip(stored.departements, again.departements, strict=True)
        ),
        crossings=crossings,
        comparisons=examined(crossings),
        dimensions=again.dimensions,
    )


def _crossings_again(stored: Figures, again: Figures) -> tuple[Crossing, ...]:
    """The crossings of classes made again, those of answers as they were checked.

    Answers rest on every territory that answered, whoever validated: without one
    more, or one less, their tables would tell what that one said.
    """
    kept = [one for one in stored.crossings if one.column_variable == "political"]
    made = [one for one in again.crossings if one.column_variable != "political"]
    codes = [spec.code for spec in SPECS]
    return judged(sorted((*made, *kept), key=lambda one: codes.index(one.code)))


def to_store(figures: Figures) -> Any:
    """The figures as plain JSON values, for `Publication`."""
    return _STORED.dump_python(figures, mode="json")


def target_list(
    campaign: Campaign, *, with_intermediate: bool = False, with_fragile: bool = False
) -> tuple[Target, ...]:
    """Very vulnerable territories that are little advanced, by name (rule 30).

    `with_intermediate` adds the second class, `with_fragile` those that most ways of
    computing the index put among the most fragile third. For the team only.
    """
    classes = class_codes(campaign.version.read())
    wanted = classes[: 2 if with_intermediate else 1]
    every = _cached(campaign, "candidates", lambda one: _candidates(load(one)))
    found = tuple(one for one in every if one.class_code in wanted)
    if with_fragile:
        found = _with_index(found)
    return tuple(one for one in found if one.is_vulnerable or one.is_fragile)


def _candidates(material: Material) -> tuple[Target, ...]:
    grid, cut = material.definition.grid, material.income_cut
    return tuple(
        Target(
            code=place.code,
            name=place.name,
            departement=material.departements.get(place.departement or ""),
            class_code=standing.class_code,
            is_uncertain=standing.is_uncertain,
            respondents=standing.respondents,
            low=standing.low,
            high=standing.high,
            points=grid.total if grid else 0,
            income=place.income,
            income_limit=cut.low if cut else None,
            is_vulnerable=place.vulnerability == "high",
        )
        for place in material.used
        if (standing := material.standings[place.code])
    )


def _with_index(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    places = Territory.objects.in_bulk([one.code for one in targets])
    found = ((one, standing_of(places[one.code])) for one in targets)
    return tuple(
        replace(one, fragile_share=standing.rank.fragile_share)
        if standing and standing.rank and not standing.is_borrowed
        else one
        for one, standing in found
    )


def _team(material: Material) -> Figures:
    return _figures(material, "team", answers.each_profile(material.definition))


def _figures(material: Material, audience: Audience, groups: Profiles) -> Figures:
    classes = class_codes(material.definition)
    found = [material.standings[place.code].class_code for place in material.used]
    n, size = len(found), len(material.places)
    crossed = crossings(material)
    return Figures(
        audience=audience,
        shows_classes=bool(material.shown),
        base=participation.base(material),
        spots=participation.spots(material, with_points=audience == "team"),
        classes=classes,
        distribution=tuple(
            Count(k, n, wilson(k, n, size)) for k in map(found.count, classes)
        ),
        departements=participation.departements(material),
        crossings=crossed,
        comparisons=examined(crossed),
        links=links(material),
        questions=answers.questions(material.definition, material.answers, groups),
        vintages=material.vintages,
        income_cut=material.income_cut,
        degrees=degrees_of(material.definition, material.answers),
        dimensions=dimensions(material),
    )


def _in_departement(material: Material, code: str) -> tuple[Question, ...]:
    inside = {place.code for place in material.places if place.departement == code}
    within = answers.of_territories(inside, material.answers)
    groups = answers.each_profile(material.definition)
    return answers.questions(material.definition, material.answers, groups, within)


def _cached(campaign: Campaign, name: str, compute: Callable[[Campaign], T]) -> T:
    return _all_cached([campaign], name, compute)[campaign.pk]


def _all_cached(
    campaigns: Collection[Campaign], name: str, compute: Callable[[Campaign], T]
) -> dict[int, T]:
    """Of each survey, by its key; only what is not kept yet is computed."""
    if not campaigns:
        return {}
    now = revisions(campaigns)
    keys = {
        one.pk: f"observatory:{FORMAT}:{name}:{one.pk}:{now[one.pk]}"
        for one in campaigns
    }
    found: dict[str, T] = cache.get_many([*keys.values()])
    for one in campaigns:
        key = keys[one.pk]
        if key not in found:
            found[key] = compute(one)
            cache.set(key, found[key], KEPT_SECONDS)
    return {pk: found[key] for pk, key in keys.items()}
