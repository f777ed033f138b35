"""An index opened for one territory: axes, indicators, who adds what to the score."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from jalons.analysis.contributions import Contribution, Explanation, explain
from jalons.analysis.index import Group, Index, shares, ticked
from jalons.indicators.figures import Figure, described, known, loaded_somewhere
from jalons.indices.definitions import said
from jalons.indices.models import IndexDefinition
from jalons.indices.results import UNLOADED, Axis, Line, Results, Standing
from jalons.territories.models import Territory

BOUNDED = ("percentile", "min_max", "steps")
MISSING, ELSEWHERE = "missing", "elsewhere"
"""Loaded, but of no territory of this kind: a département whose EPCI are known."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An index as the reader wants it: its definition, and the index made from it."""

    definition: IndexDefinition
    index: Index
    option: str = ""

    @property
    def is_personalised(self) -> bool:
        return self.index != self.definition.read().index(self.option)

    @property
    def title(self) -> str:
        definition = self.definition.read()
        if self.option:
            option = said(definition.options[self.option].title)
            return f"{said(definition.title)} ({option})"
        return said(definition.title)


def opened(asked: Asked, results: Results, territory: Territory) -> Standing:
    """Everything the index says of a territory of the area."""
    code = territory.code
    at = results.rows.get(code)
    explanation = None
    if results.score_of(code) is not None:
        explanation = explain(asked.index, results.figures, results.compared, code)
    scale = asked.index.scale
    return Standing(
        territory=code,
        name=territory.name,
        index=asked.definition.code,
        title=asked.title,
        version=asked.definition.number,
        is_personalised=asked.is_personalised,
        level=results.area.level,
        scale=(scale.low, scale.high) if scale.formula in BOUNDED else None,
        reference=results.reference,
        score=results.score_of(code),
        rank=results.rank_of(code) if explanation else None,
        axes=_axes(asked, results, at),
        lines=_lines(asked, results, territory, explanation),
        points_of_missing=explanation.points_of_missing if explanation else 0.0,
        known_share=0.0 if at is None else float(results.scores.known_share[at]),
        imputed_share=results.imputed_share_of(code),
        reason=results.reason_of(code),
        draws=results.uncertainty.draws if results.uncertainty else 0,
    )


def _axes(asked: Asked, results: Results, at: int | None) -> tuple[Axis, ...]:
    titles = asked.definition.read().titles()
    whole = ticked(asked.index)
    weights = iter(shares(whole).tolist())
    axes = []
    for axis in whole.parts:
        inside = axis.parts if isinstance(axis, Group) else (axis,)
        weight = sum(next(weights) for _part in inside)
        value = (
            float("nan") if at is None else float(results.scores.parts[axis.code][at])
        )
        shown = None if isnan(value) else value
        axes.append(Axis(axis.code, titles[axis.code], shown, weight))
    return tuple(axes)


def _lines(
    asked: Asked,
    results: Results,
    territory: Territory,
    explanation: Explanation | None,
) -> tuple[Line, ...]:
    definition = asked.definition.read()
    codes = results.scores.indicators
    if territory.kind == Territory.Kind.IRIS:
        figures = described(codes, territory)
    else:
        figures = known(codes, [territory.code]).get(territory.code, {})
    parts = explanation.lines if explanation else ()
    elsewhere = loaded_somewhere([code for code in codes if code not in figures])
    explained = {line.indicator: line for line in parts}
    return tuple(
        _line(
            (axis.id, one.id, said(one.title)),
            figures.get(one.id),
            explained.get(one.id),
            results.known_counts[one.id],
            _absent(one.id, results, elsewhere),
        )
        for axis, one in definition.parts
        if one.id in results.known_counts
    )


def _absent(indicator: str, results: Results, elsewhere: set[str]) -> str:
    """Why a file says nothing of a territory: it knows others like it, or only
    others of another kind, or there is no file."""
    if results.known_counts[indicator]:
        return MISSING
    return ELSEWHERE if indicator in elsewhere else UNLOADED


def _line(
    names: tuple[str, str, str],
    figure: Figure | None,
    part: Contribution | None,
    n: int,
    absent: str,
) -> Line:
    axis, indicator, title = names
    return Line(
        axis=axis,
        indicator=indicator,
        title=title,
        value=figure.value if figure else None,
        unit=figure.unit if figure else "",
        status=figure.status if figure else absent,
        is_imputed=bool(part and part.is_imputed),
        vintage=figure.vintage if figure else "",
        source=figure.source if figure else "",
        n=n,
        weight=part.weight if part else None,
        on_scale=part.on_scale if part else None,
        reference_on_scale=part.reference_on_scale if part else None,
        points=part.points if part else None,
        base=figure.n if figure else None,
        owner=figure.inherited_kind if figure else "",
    )
