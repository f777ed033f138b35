from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from jalons.indicators import definitions
from jalons.indicators.definitions import (
    IndicatorDefinition,
    ReleaseDefinition,
    SourceDefinition,
)
from jalons.indicators.loaders import FigureFile, read_figures
from jalons.indicators.models import Indicator, Observation, Release, Source
from jalons.indicators.problems import InvalidFile, Problem
from jalons.territories import tables
from jalons.territories.models import Territory
from jalons.territories.operations import record_edition
from jalons.territories.tables import Counts

SOURCES = "sources.toml"


@dataclass(frozen=True, slots=True)
class FiguresReport:
    """What loading the figures changed, or would change."""

    sources: Counts
    indicators: Counts
    observations: dict[str, Counts]
    """By name of file."""


def load_figures(folder: Path | None = None, *, dry_run: bool = False) -> FiguresReport:
    """Load definitions and figures of a data folder; once more changes nothing.

    The folder holds `indicators/` and `figures/`. All or nothing: raises InvalidFile
    with every problem of the first file that cannot be read. With `dry_run` the
    changes are counted and undone.
    """
    folder = folder or settings.REFERENCE_DIR
    sources = definitions.read_sources(folder / "figures" / SOURCES)
    indicators = definitions.read_indicators(folder / "indicators")
    _check_sources(sources, indicators)
    with transaction.atomic():
        report = FiguresReport(
            sources=_write_sources(sources),
            indicators=_write_indicators(indicators),
            observations={
                release.file: _load_release(folder / "figures", source, release)
                for source in sources
                for release in source.release
            },
        )
        record_edition(report.sources, report.indicators, *report.observations.values())
        transaction.set_rollback(dry_run)
    return report


def _check_sources(
    sources: Sequence[SourceDefinition], indicators: Sequence[IndicatorDefinition]
) -> None:
    known = {source.id for source in sources}
    message = _("This source is not in %(file)s: add it there, or correct the name.")
    problems = [
        Problem(f"{indicator.id}.toml", 1, "source", message % {"file": SOURCES})
        for indicator in indicators
        if indicator.source not in known
    ]
    if problems:
        raise InvalidFile(problems)


def _write_sources(sources: Sequence[SourceDefinition]) -> Counts:
    rows = [
        Source(
            code=source.id,
            title=source.title,
            producer=source.producer,
            licence=source.licence,
            url=source.url,
        )
        for source in sources
    ]
    return tables.write(tables.compare(Source.objects.all(), rows, ("code",)))


def _write_indicators(indicators: Sequence[IndicatorDefinition]) -> Counts:
    versions = dict(Indicator.objects.values_list("code", "version"))
    rows = [_indicator(each, versions.get(each.id, 1)) for each in indicators]
    changes = tables.compare(Indicator.objects.all(), rows, ("code",))
    for row in changes.changed:
        row.version += 1
    return tables.write(changes)


def _indicator(definition: IndicatorDefinition, version: int) -> Indicator:
    return Indicator(
        code=definition.id,
        version=version,
        source_id=definition.source,
        title=definition.title.model_dump(exclude_none=True),
        question=definition.question.model_dump(exclude_none=True),
        limits=definition.limits.model_dump(exclude_none=True),
        unit=definition.unit,
        direction=definition.direction,
        formula=definition.formula,
        columns=definition.columns,
        author=definition.author,
        reviewer=definition.reviewer,
        reviewed_on=definition.reviewed_on,
        review_before=definition.review_before,
    )


def _load_release(
    folder: Path, source: SourceDefinition, definition: ReleaseDefinition
) -> Counts:
    figures = read_figures(
        folder / definition.file,
        Indicator.objects.filter(source=source.id).in_bulk(),
        set(Territory.objects.values_list("code", flat=True)),
    )
    release = _release(source, definition, figures)
    _count(release, figures)
    rows = [
        Observation(
            territory_id=cell.code,
            indicator_id=cell.indicator,
            release=release,
            value=cell.value,
            status=cell.status,
        )
        for cell in figures.cells
    ]
    key = ("indicator_id", "territory_id", "release_id")
    return tables.replace(tables.compare(release.observations.all(), rows, key))


def _count(release: Release, figures: FigureFile) -> None:
    """Keep with the release how many figures it has, and how many lack a value."""
    counts = dict(Counter(str(cell.status) for cell in figures.cells))
    territories = len({cell.code for cell in figures.cells})
    if (release.counts, release.territory_count) != (counts, territories):
        Release.objects.filter(pk=release.pk).update(
            counts=counts, territory_count=territories
        )


def _release(
    source: SourceDefinition, definition: ReleaseDefinition, figures: FigureFile
) -> Release:
    """The release of a file; its date of loading moves only when the file changed."""
    release, _created = Release.objects.get_or_create(
        source_id=source.id,
        vintage=definition.vintage,
        file=definition.file,
        defaults={"checksum": figures.checksum},
    )
    if release.checksum != figures.checksum:
        release.checksum = figures.checksum
        release.save(update_fields=["checksum", "loaded_at"])
    return release
