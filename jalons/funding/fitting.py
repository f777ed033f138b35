"""Which schemes fit an action, why, and what stands in the way.

A scheme that is closed, or that another territory alone may ask for, does not fit. Each
of the others says its reasons and its reservations; nothing is scored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from jalons.documents.words import date_format
from jalons.funding.models import Scheme
from jalons.roadmaps.figures import ActionRead
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.money import euros
from jalons.search.words import words_of
from jalons.territories.models import Territory, TerritoryQuerySet


@dataclass(frozen=True, slots=True)
class Fit:
    """A scheme that may be asked for, with what speaks for it and against."""

    scheme: Scheme
    reasons: Sequence[str]
    reservations: Sequence[str]


@dataclass(frozen=True, slots=True)
class Ground:
    """The territories of a roadmap, those around them and those inside."""

    own: frozenset[str]
    around: frozenset[str]
    inside: frozenset[str]


def searchable(roadmap: Roadmap) -> TerritoryQuerySet:
    """Its perimeter; the territory of the space when none is written."""
    own = list(roadmap.perimeter.values_list("pk", flat=True))
    found = Territory.objects.by_codes(own or [roadmap.space.territory_id])
    return found.exclude(kind=Territory.Kind.IRIS).order_by("name")


def ground_of(roadmap: Roadmap) -> Ground:
    """Its perimeter; the territory of the space when none is written."""
    own = list(roadmap.perimeter.all()) or [roadmap.space.territory]
    around: set[str] = set()
    inside: set[str] = set()
    for one in own:
        around |= set(Territory.objects.containing(one).values_list("pk", flat=True))
        inside |= set(Territory.objects.within(one).values_list("pk", flat=True))
    return Ground(
        frozenset(one.pk for one in own), frozenset(around), frozenset(inside)
    )


def fits_of(action: ActionRead, ground: Ground, *, on: date) -> list[Fit]:
    """Those of the catalogues offered to its space, fewest reservations first."""
    space = action.row.workstream.stake.roadmap.space
    schemes = (
        Scheme.objects.offered_to(space)
        .select_related("space")
        .prefetch_related("territories")
    )
    tried = (_fit(one, action, ground, on) for one in schemes)
    found = [one for one in tried if one is not None]
    return sorted(found, key=lambda one: (len(one.reservations), -len(one.reasons)))


def _fit(scheme: Scheme, action: ActionRead, ground: Ground, on: date) -> Fit | None:
    where = _territory(scheme, ground)
    if scheme.is_closed(on=on) or where is None:
        return None
    said = [
        where,
        _themes(scheme, action),
        _dates(scheme, on),
        _money(scheme, action),
    ]
    return Fit(
        scheme,
        [words for holds, words in said if holds and words],
        [words for holds, words in said if not holds and words],
    )


Said = tuple[bool, str]
"""Whether it speaks for the scheme, and the words; no words: nothing to say."""


def _territory(scheme: Scheme, ground: Ground) -> Said | None:
    where = list(scheme.territories.all())
    if not where:
        return True, _("Open everywhere")
    held = [one.name for one in where if one.pk in ground.own | ground.around]
    if held:
        return True, _("Territory: %(names)s") % {"names": ", ".join(held)}
    part = [one.name for one in where if one.pk in ground.inside]
    if part:
        return False, _("For a part of the territory: %(names)s") % {
            "names": ", ".join(part)
        }
    return None


def _themes(scheme: Scheme, action: ActionRead) -> Said:
    """Themes shared with the workstream, or named in what is to be done."""
    if not scheme.theme_names:
        return True, ""
    stream = action.row.workstream
    ours = {" ".join(words_of(one)) for one in stream.themes}
    text = f" {' '.join(words_of(f'{action.row.description} {stream.title}'))} "
    shared = [
        name
        for name in scheme.theme_names
        if (words := " ".join(words_of(name))) in ours or f" {words} " in text
    ]
    if shared:
        return True, _("Theme: %(names)s") % {"names": ", ".join(shared)}
    told = {"names": ", ".join(scheme.theme_names)}
    return False, _("Its themes are not among yours: %(names)s") % told


def _dates(scheme: Scheme, on: date) -> Said:
    if scheme.opens_on and scheme.opens_on > on:
        return False, _("It opens on %(day)s") % {"day": date_format(scheme.opens_on)}
    if scheme.closes_on:
        return True, _("Open until %(day)s") % {"day": date_format(scheme.closes_on)}
    return True, ""


def _money(scheme: Scheme, action: ActionRead) -> Said:
    """The most that it may bring, when the cost of the action is known."""
    if scheme.rate is None:
        if scheme.ceiling is None:
            return True, ""
        return True, _("Up to %(most)s") % {"most": euros(scheme.ceiling)}
    cost = _cost(action)
    if cost is None:
        words = _("Up to %(rate)s%% of a cost that is not written yet")
        return False, words % {"rate": scheme.rate}
    most = cost * scheme.rate / 100
    if scheme.ceiling is not None:
        most = min(most, scheme.ceiling)
    told = {"rate": scheme.rate, "cost": euros(cost), "most": euros(most)}
    return True, _("Up to %(most)s (%(rate)s%% of %(cost)s at most)") % told


def _cost(action: ActionRead) -> Decimal | None:
    """Its budget, when no line of it remains to be costed."""
    amounts = [one.amount for one in action.budget]
    if not amounts or None in amounts:
        return None
    return sum((one for one in amounts if one is not None), Decimal(0))
