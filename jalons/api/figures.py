"""Figures as the API tells them: those of the pages, one shape for all."""

from __future__ import annotations

from collections.abc import Iterable

from jalons.api.answers import Figure
from jalons.indicators import figures

SAME = (
    *("indicator", "value", "status", "unit", "vintage"),
    *("source", "n", "known_share"),
)


def figures_of(indicators: Iterable[str], territories: list[str]) -> list[Figure]:
    """The latest ones, by indicator then code; nothing is inherited."""
    found = figures.observations(indicators, territories)
    return [
        _told(code, figure)
        for by_code in found.values()
        for code, figure in sorted(by_code.items())
    ]


def _told(code: str, figure: figures.Figure) -> Figure:
    told = {name: getattr(figure, name) for name in SAME}
    return Figure(territory=code, licence=figure.licence or None, **told)
