"""What is loaded and what is not, for the page of data: sources, ages, gaps."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.indicators.definitions import SourceDefinition, read_sources
from jalons.indicators.models import Indicator, Observation, Release, Source
from jalons.indicators.producers.registry import PRODUCERS
from jalons.indicators.undoing import can_be_undone
from jalons.spaces.models import Space
from jalons.territories.models import CURRENT_YEAR, FIRST_YEAR, Contour, Territory

Status = Observation.Status
HOME_REGION = "R75"
IRIS = "iris"
# Its base is the number of households of the census.
HOUSEHOLDS = "one_person_households"
VALUED = (Status.PUBLISHED, Status.INHERITED, Status.IMPUTED)


@dataclass(frozen=True, slots=True)
class Loaded:
    """One file loaded: its vintage, its age, how much of it is known."""

    file: str
    vintage: str
    retrieved_at: datetime | None
    """None for what comes with the project."""
    territories: int
    valued: int
    secret: int
    missing: int
    pk: int = 0
    can_be_undone: bool = False
    gives: str = ""
    """What it measures, in words; empty for what comes with the project."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An indicator without any figure, and the indices that wait for it."""

    indicator: Indicator
    indices: Sequence[str]


@dataclass(frozen=True, slots=True)
class Stock:
    """A source: what is loaded of it, what is not, where to get it."""

    source: Source
    page: str
    loaded: Sequence[Loaded]
    wanted: Sequence[Wanted]

    @property
    def vintages(self) -> list[tuple[str, list[Loaded]]]:
        """The latest first, each with its tables: a census is made of several."""
        found: dict[str, list[Loaded]] = defaultdict(list)
        for one in self.loaded:
            found[one.vintage].append(one)
        return list(found.items())

    @property
    def is_read(self) -> bool:
        """Whether a file of its producer is read as it is."""
        return self.source.pk in PRODUCERS

    @property
    def is_geography(self) -> bool:
        """Whether its file tells territories rather than figures."""
        return self.source.pk == IRIS


@dataclass(frozen=True, slots=True)
class Inventory:
    """Sources of which something is loaded, then those of which nothing is."""

    loaded: Sequence[Stock]
    absent: Sequence[Stock]


def inventory() -> Inventory:
    """Every public source, with its files and the indicators that wait for one."""
    pages = {one.id: one for one in sources()}
    files: dict[str, list[Loaded]] = defaultdict(list)
    labels = {one.code: one.label for one in Indicator.objects.all()}
    for release in Release.objects.order_by("-vintage", "file"):
        files[release.source_id].append(_loaded(release, labels))
    wanted = _wanted()
    stocks = [
        Stock(
            source,
            pages[source.code].page if source.code in pages else source.url,
            files.get(source.code, []),
            wanted.get(source.code, []),
        )
        for source in Source.objects.filter(space=None).order_by("title")
    ]
    return Inventory(
        [stock for stock in stocks if stock.loaded],
        [stock for stock in stocks if not stock.loaded],
    )


def has_households() -> bool:
    """Whether the households of the census are loaded, commune by commune."""
    return Observation.objects.filter(
        indicator=HOUSEHOLDS, territory__kind=Territory.Kind.COMMUNE, base__gt=0
    ).exists()


def sources() -> Sequence[SourceDefinition]:
    """The sources as they are described, with their addresses."""
    path = settings.REFERENCE_DIR / "figures" / "sources.toml"
    return _sources(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _sources(path: Path, _changed_at: int) -> Sequence[SourceDefinition]:
    return tuple(read_sources(path))


def _loaded(release: Release, labels: Mapping[str, str] | None = None) -> Loaded:
    counts = release.counts
    codes = release.file.partition("/")[2].split("+")
    gives = _("; ").join(labels[code] for code in codes if labels and code in labels)
    return Loaded(
        file=release.name or release.file,
        vintage=release.vintage,
        retrieved_at=release.retrieved_at,
        territories=release.territory_count,
        valued=sum(counts.get(status, 0) for status in VALUED),
        secret=counts.get(Status.SECRET, 0),
        missing=counts.get(Status.MISSING, 0),
        pk=release.pk,
        can_be_undone=can_be_undone(release),
        gives=gives,
    )


def _wanted() -> Mapping[str, Sequence[Wanted]]:
    """Indicators without figure, by source."""
    folder = settings.REFERENCE_DIR / "indices"
    waiting = indices_by_indicator(folder, _changed_at(folder))
    language = get_language() or "fr"
    found: dict[str, list[Wanted]] = defaultdict(list)
    known = Indicator.objects.filter(observations__isnull=False).values("code")
    absent = Indicator.objects.filter(source__space=None).exclude(code__in=known)
    for indicator in absent.order_by("code"):
        titles = [t.get(language, t["fr"]) for t in waiting.get(indicator.code, ())]
        found[indicator.source_id].append(Wanted(indicator, titles))
    return found


def _changed_at(folder: Path) -> int:
    """When the last of the files of a folder changed, or the folder itself."""
    every = (folder, *folder.glob("*.toml"))
    return max(path.stat().st_mtime_ns for path in every)


@lru_cache(maxsize=4)
def indices_by_indicator(
    folder: Path, _changed_at: int
) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """Titles of the indices in which each indicator has a weight."""
    found: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for path in sorted(folder.glob("*.toml")):
        index = tomllib.loads(path.read_text(encoding="utf-8"))
        for code in _weighted(index.get("axis", ())):
            found[code].append(index["title"])
    return found


def _weighted(axes: Iterable[Mapping]) -> list[str]:
    return [
        indicator["id"]
        for axis in axes
        if axis["weight"]
        for indicator in axis["indicator"]
        if indicator["weight"]
    ]


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """A figure given by a team: what it is, its source, its value for a territory.

    `status` is empty when the file says nothing of that territory.
    """

    indicator: Indicator
    source: Source
    loaded: Loaded
    value: float | None
    status: str


def own_figures(space: Space, territory: Territory | None = None) -> list[OwnFigure]:
    """The figures of a team, the latest first, for the space's territory or another.

    Whoever calls has checked that the reader is a member of the space.
    """
    releases = (
        Release.objects.filter(source__space=space)
        .select_related("source")
        .order_by("-loaded_at", "-pk")
    )
    indicators = {
        one.source_id: one for one in Indicator.objects.filter(source__space=space)
    }
    code = territory.pk if territory else space.territory_id
    observed = Observation.objects.filter(release__source__space=space, territory=code)
    values = {
        release: (value, status)
        for release, value, status in observed.values_list(
            "release_id", "value", "status"
        )
    }
    return [
        OwnFigure(
            indicators[release.source_id],
            release.source,
            _loaded(release),
            *values.get(release.pk, (None, "")),
        )
        for release in releases
    ]


@dataclass(frozen=True, slots=True)
class Geography:
    """How the territories are counted, and how many communes can be drawn."""

    region: str
    first_year: int
    current_year: int
    first_count: int
    count: int
    drawn: int
    communes: int


def geography() -> Geography:
    """EPCI of the region that comes with the project, in the first year and today."""
    region = Territory.objects.filter(code=HOME_REGION).first()
    epci = Territory.objects.epci()
    return Geography(
        region=region.name if region else HOME_REGION,
        first_year=FIRST_YEAR,
        current_year=CURRENT_YEAR,
        first_count=epci.within(HOME_REGION, FIRST_YEAR).count(),
        count=epci.within(HOME_REGION).count(),
        drawn=Contour.objects.filter(
            territory__kind=Territory.Kind.COMMUNE, vintage=CURRENT_YEAR
        ).count(),
        communes=Territory.objects.communes().current().count(),
    )
