from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from jalons.imports import drafting, matching
from jalons.imports.composing import content_of
from jalons.imports.guessing import LIKELY, resemblance
from jalons.imports.loaders import MissingColumns
from jalons.imports.mapping import Mapping
from jalons.imports.models import ImportBatch
from jalons.surveys.models import Campaign, Response

EXAMPLE: Path = settings.REFERENCE_DIR / "mappings/limesurvey-maturite.toml"
PAST_SHOWN = 20
MISSING_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Missing:
    """A column that a mapping needs, and the column of the file most like it."""

    name: str
    nearest: str


@dataclass(frozen=True, slots=True)
class MissingReport:
    """The columns that a file lacks: the first ones, then the others to unfold."""

    first: list[Missing]
    others: list[Missing]
    found: tuple[str, ...]


def missing_columns(error: MissingColumns) -> MissingReport:
    lacking = [Missing(name, _nearest(name, error.found)) for name in error.columns]
    return MissingReport(lacking[:MISSING_SHOWN], lacking[MISSING_SHOWN:], error.found)


def _nearest(name: str, found: tuple[str, ...]) -> str:
    scores = ((resemblance(name, other), other) for other in found)
    score, other = max(scores, default=(0.0, ""))
    return other if score >= LIKELY else ""


def past_imports(campaign: Campaign) -> QuerySet[ImportBatch]:
    return campaign.imports.select_related("given_by").order_by("-pk")[:PAST_SHOWN]


@dataclass(frozen=True, slots=True)
class ChannelTold:
    title: str
    count: int


def channels_told(batch: ImportBatch) -> list[ChannelTold]:
    """The rows of a file by channel; none when they all came by the file alone."""
    counts = batch.report.get("channels", {})
    if set(counts) <= {Response.Channel.IMPORT}:
        return []
    labels = dict(Response.Channel.choices)
    return [ChannelTold(str(labels[code]), n) for code, n in sorted(counts.items())]


@dataclass(frozen=True, slots=True)
class GivenWeight:
    """A column of weights that a file gave, who computed it, and when it came."""

    number: int
    column: str
    source: str
    file_name: str
    recorded_at: datetime


def given_weights(campaign: Campaign) -> tuple[GivenWeight, ...]:
    """The weights that files recorded and not undone gave to this survey."""
    recorded = campaign.imports.filter(
        state=ImportBatch.State.RECORDED, report__weighted__gt=0
    )
    return tuple(
        GivenWeight(
            batch.pk,
            batch.report["weight_column"],
            batch.report["weight_source"],
            batch.file_name,
            batch.recorded_at,
        )
        for batch in recorded.order_by("pk")
        if batch.recorded_at
    )


def drafted(batch: ImportBatch, said: drafting.Said) -> Mapping:
    """The mapping that the screens made, as its file will state it."""
    matched = matching.matched_of(batch.choices)
    content = content_of(
        batch.campaign.version.read(), matched, said, batch.header_line, batch.sheet
    )
    named = {"title": batch.file_name, "author": batch.campaign.space.name}
    return Mapping.model_validate_json(json.dumps({**named, **content}))
