"""The map of an index: who is among the most fragile third, and how surely."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.core.cache import cache
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.analysis.uncertainty import RankRange
from jalons.drawing.charts import Interval, whisker
from jalons.drawing.legends import Entry, legend
from jalons.drawing.maps import Area as Spot
from jalons.drawing.maps import Category, Shape, choropleth
from jalons.drawing.skins import PAGE, Skin
from jalons.drawing.svg import Plate
from jalons.indices import sentences, words
from jalons.indices.figures import KEPT_SECONDS, fingerprint
from jalons.indices.results import BORROWED, SINGLE, Results
from jalons.indices.tuning import Tuning
from jalons.territories.maps import map_shapes
from jalons.territories.models import Territory

MAP_ID = "index-map"
NO_SCORE = "no_score"
MOST_LINKS = 500
"""Beyond, the areas of a map carry no address: a page of 4 293 would weigh too much."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A map, what it shows in words, and the lines of its legend."""

    svg: SafeString
    summary: str
    legend: list[Entry]


def category_of(rank: RankRange | None, label: str) -> str:
    """One of four shades of certainty; none without score, nor with another's.

    By one indicator alone, a side and no certainty.
    """
    if rank is None:
        return NO_SCORE
    if label == BORROWED:
        return BORROWED
    side = "fragile" if rank.fragile_share >= 0.5 else "other"
    return f"{side}_{label}"


def categories() -> list[Category]:
    return [
        Category("fragile_robust", _("Among the most fragile third, robust"), "c3"),
        Category("fragile_sensitive", _("Most often among them, sensitive"), "c2"),
        Category("other_sensitive", _("Most often outside, sensitive"), "c1"),
        Category("other_robust", _("Outside the most fragile third, robust"), "c0"),
        Category("fragile_single", _("Among it by a single indicator"), "c2"),
        Category("other_single", _("Outside it by a single indicator"), "c1"),
        Category(BORROWED, _("Above all the value of a larger territory"), "dotted"),
        Category(NO_SCORE, _("Not computable"), "hatched"),
    ]


def index_map(tuning: Tuning, results: Results, skin: Skin = PAGE) -> Picture | None:
    """The territories shown, each in the shade of what may be said of it.

    None without scores, or without contours: the table says the same.
    """
    if not results.reference.scored:
        return None
    key = _key(tuning, results, skin)
    found: Picture | None = cache.get(key)
    if found is None and (found := _drawn(tuning, results, skin)):
        cache.set(key, found, KEPT_SECONDS)
    return found


def _key(tuning: Tuning, results: Results, skin: Skin) -> str:
    """One picture for each result, language and address of its areas."""
    key = fingerprint("map", results.index, results.area)
    words_of = (get_language(), tuning.url("show"), skin.name)
    return f"{key}:{hashlib.sha256(repr(words_of).encode()).hexdigest()[:20]}"


def _drawn(tuning: Tuning, results: Results, skin: Skin) -> Picture | None:
    frame, shapes = map_shapes(results.area.shown())
    if not shapes:
        return None
    # One address for all, the code of the territory at its end.
    address = tuning.url("show", territoire="") if len(shapes) <= MOST_LINKS else ""
    words_of = {one.code: one.label for one in categories()}
    every = [_spot(results, shape, words_of, address) for shape in shapes]
    used = {spot.category for spot in every}
    kinds = [one for one in categories() if one.code in used]
    summary = sentences.summary(results)
    svg = choropleth(
        frame,
        every,
        kinds,
        Plate(MAP_ID, tuning.asked.title, summary),
        skin,
        outlines=_outlines(results),
    )
    return Picture(svg, summary, legend(kinds, skin))


def _spot(
    results: Results, shape: Shape, words_of: Mapping[str, str], address: str
) -> Spot:
    rank = results.rank_of(shape.code)
    certainty = results.label_of(shape.code)
    kind = category_of(rank, certainty)
    said = words_of[kind]
    if rank is not None and certainty not in (BORROWED, SINGLE):
        share = words.percent(max(rank.fragile_share, 1 - rank.fragile_share))
        message = _("%(category)s (%(share)s of the computations)")
        said = message % {"category": said, "share": share}
    label = _("%(name)s: %(state)s") % {"name": shape.name, "state": said}
    href = f"{address}{shape.code}#ouvert" if address else None
    return Spot(shape, kind, label, href)


def _outlines(results: Results) -> list[Shape]:
    """The borders of départements, when they help: over a région."""
    area = results.area
    if not area.zone.startswith("R") or area.level == Territory.Kind.DEPARTEMENT:
        return []
    inside = Territory.objects.departements().within(area.zone)
    _frame, shapes = map_shapes(inside)
    path = "".join(shape.path for shape in shapes)
    return [replace(shapes[0], path=path)] if path else []


def rank_whisker(rank: RankRange) -> SafeString:
    """The interval of ranks as a small drawing: the most fragile on the left."""
    low, middle, high = (
        (place - 1) / max(1, rank.n - 1) for place in (rank.low, rank.middle, rank.high)
    )
    return whisker(Interval(middle, low, high), PAGE, reference=1 / 3)
