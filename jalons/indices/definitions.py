"""Definitions of indices: TOML files that experts review, kept as rows by version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import get_language
from pydantic import Field, StringConstraints

from jalons.analysis.index import Index
from jalons.analysis.index_file import InvalidDefinition, index_of
from jalons.indicators.definitions import Code, Shape, Text, Words, read_shape
from jalons.indicators.problems import InvalidFile, Problem

IndexCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Weight = Annotated[int, Field(ge=0, le=10)]
Share = Annotated[float, Field(ge=0, le=1)]


class IndicatorPart(Shape):
    """An indicator of an axis; `note` says why it is unticked, when it is."""

    id: Code
    weight: Weight
    raised_by: Literal["higher", "lower"]
    title: Text
    note: Text | None = None


class Axis(Shape):
    """Indicators that are averaged together."""

    id: Code
    weight: Weight
    title: Text
    indicator: list[IndicatorPart]


class ScaleRule(Shape):
    """How figures are brought to one scale."""

    formula: Literal["percentile", "min_max", "z_score", "reference_100", "steps"]
    low: int
    high: int
    trim: list[int]
    weighted_by: Literal["population", "territories"]


class CoverageRule(Shape):
    """What must be known for a score to be given."""

    least_weight_share: Share
    least_per_axis: int


class Option(Shape):
    """Other weights, published or argued, that the reader may choose in one gesture."""

    title: Text
    weights: Mapping[Code, Weight]


class Definition(Shape):
    """An index as its file gives it: what computes, and what is said of it."""

    id: IndexCode
    aggregation: Literal["arithmetic", "geometric"]
    author: Words
    reviewer: str = ""
    reviewed_on: date | None = None
    title: Text
    question: Text
    # What is published of the index that this one follows, and what we chose.
    published: Text
    ours: Text
    limits: Text
    scale: ScaleRule
    coverage: CoverageRule
    axis: list[Axis]
    options: Mapping[Code, Option] = Field(default_factory=dict)

    def index(self, option: str = "") -> Index:
        """What the formulas need."""
        return index_of(content_of(self), option)

    @property
    def parts(self) -> Iterator[tuple[Axis, IndicatorPart]]:
        """Every indicator with its axis, in the order of the file."""
        return ((axis, one) for axis in self.axis for one in axis.indicator)

    def titles(self) -> dict[str, str]:
        """Axes and indicators in the reader's language, by code."""
        axes = {axis.id: said(axis.title) for axis in self.axis}
        return axes | {one.id: said(one.title) for _axis, one in self.parts}


def said(text: Text) -> str:
    """The text in the reader's language, on one line."""
    is_english = (get_language() or "fr").startswith("en")
    return " ".join((text.en if is_english else text.fr).split())


def read_definition(path: Path) -> Definition:
    """Read and check one file; raises InvalidFile with what must be mended."""
    definition = read_shape(path, Definition)
    try:
        for option in ("", *definition.options):
            definition.index(option)
    except (InvalidDefinition, ValueError) as error:
        raise InvalidFile([Problem(path.name, 1, "axis", str(error))]) from error
    return definition


def content_of(definition: Definition) -> dict[str, object]:
    """What is stored; keys at their default are left out, so that a key added to the
    format later changes no checksum."""
    return definition.model_dump(mode="json", exclude_defaults=True)


def restore(content: object) -> Definition:
    """The definition that `content_of` gave."""
    return Definition.model_validate_json(json.dumps(content))


def checksum_of(definition: Definition) -> str:
    """SHA-256 of the content: comments and layout of the file do not count."""
    text = json.dumps(content_of(definition), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
