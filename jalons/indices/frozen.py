"""A frozen result as it is read, years later: from what was stored, nothing else.

Neither today's figures, nor the formulas, nor the format of definitions are needed: a
document that quotes a result must find it again whatever became of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.indicators.figures import dated
from jalons.indices import words
from jalons.indices.models import IndexResult
from jalons.indices.tables import plain
from jalons.territories.models import Territory

Stored = Mapping[str, object]

COLUMNS = (
    "code",
    "name",
    "score",
    "rank_low",
    "rank_middle",
    "rank_high",
    "ranked",
    "share_in_most_fragile_third",
    "label",
    "index",
    "version",
    "reference",
    "frozen_on",
    "code_version",
    "checksum",
)


@dataclass(frozen=True, slots=True)
class Part:
    """An axis or an indicator as it was weighted; a vintage for an indicator."""

    title: str
    weight: str
    vintage: str
    is_axis: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A territory as it was named and scored."""

    code: str
    name: str
    score: float
    ranks: tuple[int, int, int]
    fragile_share: float
    label: str

    @property
    def score_text(self) -> str:
        return words.decimal(self.score)

    @property
    def ranks_text(self) -> str:
        low, _middle, high = self.ranks
        return _("%(low)s to %(high)s") % {"low": low, "high": high}

    @property
    def share_text(self) -> str:
        return words.percent(self.fragile_share)

    @property
    def label_text(self) -> str:
        return words.label(self.label) or _("not judged then")


@dataclass(frozen=True, slots=True)
class Frozen:
    """Everything that a frozen result says of itself."""

    result: IndexResult
    title: str
    question: str
    limits: str
    reference: str
    counted: str
    parts: tuple[Part, ...]
    rows: tuple[Row, ...]


def frozen_of(result: IndexResult) -> Frozen:
    content = cast(Stored, result.definition.content)
    rows = tuple(sorted(_rows(result), key=lambda row: plain(row.name)))
    return Frozen(
        result=result,
        title=_said(content.get("title")) or result.definition.code,
        question=_said(content.get("question")),
        limits=_said(content.get("limits")),
        reference=reference_of(result),
        counted=words.territories(result.level, len(rows)),
        parts=tuple(_parts(content, cast(Mapping[str, str], result.vintages))),
        rows=rows,
    )


def title_of(result: IndexResult) -> str:
    content = cast(Stored, result.definition.content)
    return _said(content.get("title")) or result.definition.code


def reference_of(result: IndexResult) -> str:
    """The name of the reference as it was; France when it has no code."""
    if not result.reference:
        return _("France")
    return result.reference_name or result.reference


def records(frozen: Frozen) -> Iterator[tuple[object, ...]]:
    """The lines of the CSV, each of which can be read alone."""
    result = frozen.result
    about = (
        result.definition.code,
        result.definition.number,
        frozen.reference,
        localdate(result.frozen_at).isoformat(),
        result.code_version,
        result.checksum,
    )
    for row in frozen.rows:
        numbers = (*row.ranks, len(frozen.rows), row.fragile_share)
        label = words.label(row.label)
        yield (row.code, row.name, row.score, *numbers, label, *about)


def _rows(result: IndexResult) -> Iterator[Row]:
    scores = cast(Mapping[str, Mapping[str, object]], result.scores)
    # Older results kept no names: those of today, if the codes still exist.
    nameless = [code for code, one in scores.items() if "name" not in one]
    names = {one.code: one.name for one in Territory.objects.by_codes(nameless)}
    for code, one in scores.items():
        low, middle, high = cast(list[int], one["ranks"])
        yield Row(
            code,
            str(one.get("name") or names.get(code, code)),
            cast(float, one["score"]),
            (low, middle, high),
            cast(float, one["fragile_share"]),
            str(one.get("label", "")),
        )


def _parts(content: Stored, vintages: Mapping[str, str]) -> Iterator[Part]:
    for axis in cast(list[Stored], content.get("axis", [])):
        yield Part(_said(axis.get("title")), _weight(axis), "", True)
        for one in cast(list[Stored], axis.get("indicator", [])):
            vintage = vintages.get(str(one.get("id")), "")
            shown = dated(vintage) if vintage else str(words.STATUSES["unloaded"])
            yield Part(_said(one.get("title")), _weight(one), shown, False)


def _weight(part: Stored) -> str:
    weight = part.get("weight", 1)
    return f"{weight:g}" if isinstance(weight, int | float) else words.NO_VALUE


def _said(text: object) -> str:
    """A text of the definition in the reader's language, on one line."""
    if not isinstance(text, dict):
        return str(text or "")
    is_english = (get_language() or "fr").startswith("en")
    found = text.get("en" if is_english else "fr") or next(iter(text.values()), "")
    return " ".join(str(found).split())
