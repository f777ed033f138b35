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
from jalons.indices.figures import standing_in
from jalons.indices.models import IndexDefinition
from jalons.indices.pictures import rank_whisker
from jalons.indices.results import SINGLE, Results, Standing
from jalons.indices.tables import AxisTable
from jalons.indices.tuning import Tuning


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
    """An indicator that is known in few territories of the reference, or none.

    `source` and `url` say where the file that would fill it is published, once the
    indicator is described.
    """

    title: str
    known: str
    is_unknown: bool
    source: str = ""
    url: str = ""


def what_is_missing(tuning: Tuning, results: Results) -> list[Blank]:
    """Indicators that are not known everywhere in the reference."""
    n = results.reference.n
    blanks = {code: known for code, known in results.known_counts.items() if known < n}
    described = Indicator.objects.select_related("source").in_bulk(list(blanks))
    titles = tuning.asked.definition.read().titles()
    found = []
    for code, known in blanks.items():
        counts = {
            "known": words.whole(known),
            "all": words.territories(results.area.level, n),
        }
        text = _("%(known)s of %(all)s") % counts
        source = described[code].source if code in described else None
        if source is None:
            found.append(Blank(titles[code], text, known == 0))
            continue
        where = f"{source.title}, {source.producer}"
        url = reverse("indicators:definition", args=[code])
        found.append(Blank(titles[code], text, known == 0, where, url))
    return found


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
