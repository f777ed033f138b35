"""What a portrait is made of: frozen objects, read by page, PDF, DOCX and XLSX."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jalons.analysis.findings import Direction, Proposal, Reach, is_old
from jalons.analysis.position import Position
from jalons.diagnosis.communes import Communes
from jalons.diagnosis.maturity import Maturity
from jalons.diagnosis.reference import Peers
from jalons.diagnosis.themes import Public, public_of
from jalons.indicators.figures import Figure
from jalons.indicators.models import Indicator
from jalons.indicators.resemblance import Peer
from jalons.indices.results import Standing
from jalons.territories.models import CURRENT_YEAR, SMALL, Territory

Kind = Territory.Kind

DIRECTIONS: Mapping[str, Direction] = {"higher": "higher", "lower": "lower"}


@dataclass(frozen=True, slots=True)
class Spread:
    """From the least to the greatest of the parts whose value is known, and of what
    years and sources these values are."""

    low: float
    high: float
    n: int
    years: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure of the territory, where it stands, and what is needed to quote it.

    Without definition the indicator is awaited; without figure nothing is loaded for
    this territory; a figure without value has its reason. `among_alike` is the median
    of the territories that resemble.
    """

    code: str
    title: str
    indicator: Indicator | None = None
    figure: Figure | None = None
    position: Position | None = None
    among_alike: float | None = None
    spread: Spread | None = None

    @property
    def value(self) -> float | None:
        return self.figure.value if self.figure else None

    @property
    def unit(self) -> str:
        return self.indicator.unit if self.indicator else ""

    @property
    def unit_label(self) -> str:
        """The unit in words, for files."""
        return str(self.indicator.get_unit_display()) if self.indicator else ""

    @property
    def status(self) -> str:
        return self.figure.status if self.figure else ""

    @property
    def dated(self) -> str:
        """The year of the value, else of those of its parts."""
        if self.figure:
            return self.figure.dated
        return self.spread.years if self.spread else ""

    @property
    def is_inherited(self) -> bool:
        """Whether the value is that of a larger territory."""
        return bool(self.figure and self.figure.inherited_from)

    @property
    def is_old(self) -> bool:
        """Whether its year says too little of today to call it a strength."""
        if self.figure is None:
            return False
        return is_old(int(self.figure.vintage[:4]), CURRENT_YEAR)

    @property
    def direction(self) -> Direction:
        stated = self.indicator.direction if self.indicator else ""
        return DIRECTIONS.get(stated, "neither")


@dataclass(frozen=True, slots=True)
class Concerned:
    """How many people or households of a group live there; None when not countable."""

    code: str
    share: float | None
    count: int | None
    figure: Figure | None

    @property
    def public(self) -> Public:
        """Not kept with the rest: texts to be translated take long to read back."""
        return public_of(self.code)


@dataclass(frozen=True, slots=True)
class Shared:
    """A weak point, and the neighbours on whose territory it is found too."""

    figure: KeyFigure
    reach: Reach
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """What is known of one territory. `described` is the territory of the figures:
    another one when nothing is loaded for `territory` itself."""

    territory: Territory
    described: Territory
    groups: tuple[Territory, ...]
    peers: Peers
    figures: tuple[KeyFigure, ...]
    publics: tuple[Concerned, ...]
    alike: tuple[Peer, ...]
    neighbours: tuple[Territory, ...]
    proposals: tuple[Proposal, ...]
    shared: tuple[Shared, ...]
    standing: Standing | None
    maturity: Maturity | None
    communes: Communes | None
    supports: tuple[KeyFigure, ...] = ()
    has_iris: bool = False
    """Whether parts of it are loaded, with a portrait of their own."""
    iris: tuple[Territory, ...] = ()
    """Those parts, for a commune: in a larger territory they are too many to list."""

    @property
    def is_borrowed(self) -> bool:
        return self.described != self.territory

    @property
    def known(self) -> list[KeyFigure]:
        return [one for one in self.figures if one.value is not None]

    @property
    def inherited(self) -> list[KeyFigure]:
        """Those of a larger territory, shown and flagged, never counted as its own."""
        return [one for one in self.figures if one.is_inherited]

    @property
    def around(self) -> tuple[Territory, ...]:
        """For a commune or an IRIS, whose portrait tells more, the nearest first: its
        commune always, its EPCI where that describes it, were it in part."""
        if self.territory.kind not in SMALL:
            return ()
        leans = self.is_borrowed or self.inherited
        kinds = (Kind.COMMUNE, Kind.EPCI) if leans else (Kind.COMMUNE,)
        return tuple(one for one in self.groups if one.kind in kinds)

    @property
    def epci(self) -> Territory | None:
        around = (self.territory, *self.groups)
        return next((one for one in around if one.kind == Kind.EPCI), None)

    @property
    def loaded(self) -> list[KeyFigure]:
        """Those of which something is loaded, were it a secret."""
        return [one for one in self.figures if one.figure or one.spread]

    def figure(self, code: str) -> KeyFigure | None:
        return next((one for one in self.figures if one.code == code), None)
