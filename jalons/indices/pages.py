"""What the pages of an index show, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.indicators.models import Indicator
from jalons.indices import sentences, tables, words
from jalons.indices.definitions import said
from jalons.indices.figures import origins_of, standing_in
from jalons.indices.models import IndexDefinition
from jalons.indices.pictures import rank_whisker
from jalons.indices.results import SINGLE, Counts, Results, Standing
from jalons.indices.tables import AxisTable
from jalons.indices.tuning import Tuning
from jalons.territories.models import POPULATION_YEAR, Territory


@dataclass(frozen=True, slots=True)
class Texts:
    """What a definition says of itself."""

    title: str
    question: str
    published: str
    ours: str
    limits: str
    indicators: int
    author: str
    reviewer: str


def texts_of(version: IndexDefinition) -> Texts:
    definition = version.read()
    return Texts(
        title=said(definition.title),
        question=said(definition.question),
        published=said(definition.published),
        ours=said(definition.ours),
        limits=said(definition.limits),
        indicators=sum(1 for _axis, one in definition.parts if one.weight),
        author=definition.author,
        reviewer=definition.reviewer or _("not reviewed"),
    )


@dataclass(frozen=True, slots=True)
class Panel:
    """One territory opened: sentences, then axes and indicators."""

    standing: Standing
    score: str
    reason: str
    position: str
    stability: str
    verdict: str
    made_of: str
    whisker: SafeString | None
    axes: list[AxisTable]
    rest: str
    imputed: str


def opened_panel(tuning: Tuning) -> Panel | None:
    """The territory asked for, when it is of the level compared."""
    territory = tuning.territory
    if territory is None or territory.kind != tuning.area.level:
        return None
    found = standing_in(tuning.asked, territory, tuning.area)
    # One indicator alone is ranked by nothing but itself: no draw to tell of.
    rank = None if found.label == SINGLE else found.rank
    level = found.level
    return Panel(
        standing=found,
        score=sentences.score(found),
        reason=sentences.reason(found),
        position=sentences.position(rank, level) if rank else "",
        stability=sentences.stability(rank, level, found.draws) if rank else "",
        verdict=sentences.verdict(found),
        made_of=sentences.made_of(found),
        whisker=rank_whisker(rank) if rank else None,
        axes=tables.axes(found),
        rest=words.signed(found.points_of_missing) if found.missing else "",
        imputed=words.percent(found.imputed_share),
    )


@dataclass(frozen=True, slots=True)
class Blank:
    """An indicator that is not published for every territory of the reference.

    `wanting` says for how many it is not, and what is read there instead; `source` and
    `url` where the file that would fill it is published, once the indicator is
    described.
    """

    title: str
    wanting: str
    source: str = ""
    url: str = ""


def what_is_missing(tuning: Tuning, results: Results) -> list[Blank]:
    """Indicators that are not published for all the territories of the reference."""
    every = {code: results.counts_of(code) for code in results.known_counts}
    n = results.reference.n
    counts = {code: one for code, one in every.items() if one.published < n}
    described = Indicator.objects.select_related("source").in_bulk(list(counts))
    titles = tuning.asked.definition.read().titles()
    found = []
    for code, count in counts.items():
        text = _wanting(count, results)
        source = described[code].source if code in described else None
        if source is None:
            found.append(Blank(titles[code], text))
            continue
        where = f"{source.title}, {source.producer}"
        url = reverse("indicators:definition", args=[code])
        found.append(Blank(titles[code], text, where, url))
    return found


def _wanting(count: Counts, results: Results) -> str:
    """How many territories have no published value, and what stands for it."""
    if not count.published and not count.inherited:
        return _("file not loaded")
    told = {
        "all": words.territories(results.area.level, results.reference.n),
        "published": words.whole(count.published),
        "inherited": words.whole(count.inherited),
        "missing": words.whole(count.missing),
    }
    if count.inherited and count.missing:
        message = _(
            "of %(all)s: published for %(published)s, value of a larger territory for "
            "%(inherited)s, missing for %(missing)s"
        )
    elif count.inherited:
        message = _(
            "of %(all)s: published for %(published)s, value of a larger territory for "
            "%(inherited)s"
        )
    else:
        message = _("of %(all)s: published for %(published)s, missing for %(missing)s")
    return message % told


def origins_read(results: Results) -> list[str]:
    """Where the figures come from, then by what a territory weighs."""
    people = _("INSEE, municipal population of %(year)s") % {"year": POPULATION_YEAR}
    if results.area.level == Territory.Kind.IRIS:
        people = _("the inhabitants of the census")
    weight = _("Each territory counts for its inhabitants: %(people)s.")
    return [*origins_of(results), weight % {"people": people}]


@dataclass(frozen=True, slots=True)
class TunedIndicator:
    """An indicator with its box and its weight, in the form of settings."""

    code: str
    title: str
    note: str
    is_ticked: bool
    weight: BoundField
    value: str


@dataclass(frozen=True, slots=True)
class TunedAxis:
    """An axis with its weight and its indicators, in the form of settings."""

    code: str
    title: str
    weight: BoundField
    value: str
    indicators: list[TunedIndicator]


def parts_of(tuning: Tuning) -> list[TunedAxis]:
    """The parts of the definition, with the weights the reader has given."""
    definition = tuning.asked.definition.read()
    weights = {
        part.code: int(part.weight)
        for axis in tuning.asked.index.axes
        for part in (axis, *axis.parts)
    }
    return [
        TunedAxis(
            axis.id,
            said(axis.title),
            tuning.form.weight_of(axis.id),
            _typed(tuning, axis.id, weights[axis.id]),
            [
                TunedIndicator(
                    one.id,
                    said(one.title),
                    said(one.note) if one.note else "",
                    weights[one.id] > 0,
                    tuning.form.weight_of(one.id),
                    _typed(tuning, one.id, weights[one.id] or one.weight or 1),
                )
                for one in axis.indicator
            ],
        )
        for axis in definition.axis
    ]


def _typed(tuning: Tuning, code: str, weight: int) -> str:
    """What the reader typed when it is refused, so that it can be mended."""
    field = tuning.form.weight_of(code)
    return str(field.data) if field.errors else str(weight)
