"""Territories that resemble mine: the nearest, how far, and why, in words.

Density, income, population and age unless the reader chooses otherwise. An IRIS, a
commune or an EPCI is compared with those of its région, a larger territory with those
of France.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jalons.analysis.alike import Alike as AlikeOfAll
from jalons.analysis.alike import peers_of_all
from jalons.analysis.observations import Figures
from jalons.analysis.peers import COUNT, Criterion, Neighbour, nearest, placed
from jalons.indicators.figures import matrix, revision
from jalons.territories.models import Territory

Kind = Territory.Kind


@dataclass(frozen=True, slots=True)
class Choice:
    """A criterion as offered: its word in addresses, its label, its figure.

    `name` is how a sentence calls it; `indicator` is empty for what the geography
    knows (inhabitants, density).
    """

    word: str
    label: str | Promise
    name: str | Promise
    unit: str
    criterion: Criterion
    indicator: str = ""


CHOICES = (
    Choice(
        "densite",
        gettext_lazy("Density (inhabitants per km²)"),
        pgettext_lazy("criterion", "density"),
        "per_km2",
        Criterion("density", "log"),
    ),
    Choice(
        "revenu",
        gettext_lazy("Median income"),
        pgettext_lazy("criterion", "income"),
        "euros",
        Criterion("median_income"),
        "median_income",
    ),
    Choice(
        "population",
        gettext_lazy("Number of inhabitants"),
        pgettext_lazy("criterion", "number of inhabitants"),
        "inhabitants",
        Criterion("population", "log"),
    ),
    Choice(
        "age",
        gettext_lazy("Share aged 65 or more"),
        pgettext_lazy("criterion", "age"),
        "percent",
        Criterion("share_65_plus"),
        "share_65_plus",
    ),
    Choice(
        "pauvrete",
        gettext_lazy("Poverty rate"),
        pgettext_lazy("criterion", "poverty"),
        "percent",
        Criterion("poverty_rate"),
        "poverty_rate",
    ),
    Choice(
        "diplome",
        gettext_lazy("Share with less than the baccalauréat"),
        pgettext_lazy("criterion", "education"),
        "percent",
        Criterion("below_bac"),
        "below_bac",
    ),
)
Table = tuple[dict[str, str], Figures]
FORMAT = 1
"""To be raised when `Table` changes: what is cached in an older shape is left."""
KEPT_SECONDS = 30 * 24 * 3600
USUAL = ("densite", "revenu", "population", "age")


@dataclass(frozen=True, slots=True)
class Trait:
    """One criterion of both territories; None where it is unknown."""

    label: str
    unit: str
    mine: float | None
    theirs: float | None


@dataclass(frozen=True, slots=True)
class Peer:
    """A territory that resembles mine: closest criterion first, and the reason."""

    code: str
    name: str
    distance: float
    reason: str
    traits: tuple[Trait, ...]


@dataclass(frozen=True, slots=True)
class Resemblance:
    """The nearest territories among `compared`, by the criteria of `words`.

    `unknown` names the criteria that are not known of the territory itself: when they
    are too many, there are no peers.
    """

    words: tuple[str, ...]
    peers: tuple[Peer, ...]
    unknown: tuple[str, ...]
    compared: int
    within: str
    """Name of the région they lie in; empty for France."""


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike another territory is, among those of France that can be compared.

    `nearer` of the `compared` ones are more alike; it is None when too little is known
    of one of the two. `peer` then says what is known, and its distance is of no use.
    """

    peer: Peer
    nearer: int | None
    compared: int


def words_of(query: Iterable[str]) -> tuple[str, ...]:
    """The criteria asked for in an address, in their usual order; the usual ones when
    none is known."""
    asked = set(query)
    return tuple(one.word for one in CHOICES if one.word in asked) or USUAL


def resembling(
    territory: Territory, words: Sequence[str] = USUAL, count: int = COUNT
) -> Resemblance:
    """The `count` territories of the same kind that resemble this one most."""
    choices = [one for one in CHOICES if one.word in words]
    region = None
    if territory.kind in (Kind.IRIS, Kind.COMMUNE, Kind.EPCI):
        region = Territory.objects.regions().containing(territory).first()
    names, figures = _kept_table(territory.kind, region, choices)
    found: tuple[Neighbour, ...] = ()
    if territory.code in names:
        criteria = [one.criterion for one in choices]
        found = nearest(figures, territory.code, criteria, count)
    return Resemblance(
        words=tuple(one.word for one in choices),
        peers=tuple(_peer(one, names[one.code], choices) for one in found),
        unknown=_unknown(territory.code, figures, choices),
        compared=max(0, len(names) - 1),
        within=region.name if region else "",
    )


def alike(
    territory: Territory, others: Collection[str], words: Sequence[str] = USUAL
) -> dict[str, Alike]:
    """How alike each of `others` is to a territory of the same kind, by code.

    Among all those of France: territories of two régions are placed on one scale.
    """
    choices = [one for one in CHOICES if one.word in words]
    names, figures = _kept_table(territory.kind, None, choices)
    if territory.code not in names:
        return {}
    criteria = [one.criterion for one in choices]
    found = placed(figures, territory.code, criteria, others)
    return {
        code: Alike(
            _peer(one.neighbour, names[code], choices), one.nearer, one.comparable
        )
        for code, one in found.items()
    }


def of_all(kind: str, words: Sequence[str] = USUAL) -> AlikeOfAll:
    """The peers of every territory of a kind, among those of France."""
    choices = [one for one in CHOICES if one.word in words]
    _names, figures = _kept_table(kind, None, choices)
    return peers_of_all(figures, [one.criterion for one in choices])


def _kept_table(
    kind: str, region: Territory | None, choices: Sequence[Choice]
) -> Table:
    """The table of the territories compared, kept until something else is loaded."""
    words = "+".join(one.word for one in choices)
    place = region.pk if region else ""
    key = f"resemblance:{FORMAT}:{kind}:{place}:{words}:{revision()}"
    found: Table | None = cache.get(key)
    if found is None:
        candidates = Territory.objects.filter(kind=kind)
        candidates = candidates.within(region) if region else candidates.current()
        found = _table(candidates, choices)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _table(candidates, choices: Sequence[Choice]) -> Table:
    """Names by code, and one column for each criterion."""
    rows = list(
        candidates.order_by("code").values_list(
            "code", "name", "population", "area_km2"
        )
    )
    people = np.array([row[2] or np.nan for row in rows], dtype=float)
    area = np.array([row[3] or np.nan for row in rows], dtype=float)
    loaded = matrix([one.indicator for one in choices if one.indicator], candidates)
    columns = {"population": people, "density": people / area}
    values = [
        columns.get(one.criterion.code, loaded.of(one.indicator)) for one in choices
    ]
    codes = tuple(one.criterion.code for one in choices)
    names = {row[0]: row[1] for row in rows}
    return names, Figures(
        tuple(names), codes, np.column_stack(values), loaded.population
    )


def _unknown(code: str, figures: Figures, choices: Sequence[Choice]) -> tuple[str, ...]:
    if code not in figures.codes:
        return tuple(str(one.label) for one in choices)
    mine = figures.only([code]).values[0]
    return tuple(
        str(one.label)
        for one, value in zip(choices, mine, strict=True)
        if value != value
    )


def _peer(found: Neighbour, name: str, choices: Sequence[Choice]) -> Peer:
    by_code = {one.criterion.code: one for one in choices}
    traits = tuple(
        Trait(
            str(by_code[one.criterion].label),
            by_code[one.criterion].unit,
            one.mine,
            one.theirs,
        )
        for one in found.likenesses
    )
    return Peer(found.code, name, found.distance, _reason(found, by_code), traits)


def _reason(found: Neighbour, by_code: dict[str, Choice]) -> str:
    """What brings together, what sets apart, what could not be compared."""

    def listed(codes: Iterable[str]) -> str:
        return get_text_list([str(by_code[code].name) for code in codes], _("and"))

    sentences = []
    if found.near:
        sentences.append(_("Close by %(criteria)s.") % {"criteria": listed(found.near)})
    if found.far:
        sentences.append(
            _("Differs by %(criteria)s.") % {"criteria": listed(found.far)}
        )
    if not sentences:
        sentences.append(_("Neither very close nor very different on any criterion."))
    if found.unknown:
        message = _("Not compared: %(criteria)s (unknown).")
        sentences.append(message % {"criteria": listed(found.unknown)})
    return " ".join(sentences)
