"""The tables of an index, in the reader's words, by name or by département."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.analysis.sensitivity import Correlation, LeftOut
from jalons.analysis.sobol import Shares
from jalons.analysis.uncertainty import RankRange
from jalons.analysis.uncertainty_sources import Sources
from jalons.indicators.figures import dated
from jalons.indices import words
from jalons.indices.figures import origins_of
from jalons.indices.results import SINGLE, Line, Results, Standing
from jalons.indices.tuning import Tuning
from jalons.territories.models import CURRENT_YEAR, Membership, Territory, held_in

MOST_ROWS = 1_000
"""A longer table is read by département, or downloaded."""


@dataclass(frozen=True, slots=True)
class Row:
    """One territory of the table that says what the map shows."""

    code: str
    name: str
    departement: str
    score: float | None
    rank: RankRange | None
    label: str
    """`robust`, `sensitive`, `borrowed` or `single`; empty without rank."""
    url: str
    reason: str = ""
    """Why it has no score."""

    @property
    def score_text(self) -> str:
        if self.score is not None:
            return words.decimal(self.score)
        return str(words.UNSCORED[self.reason])

    @property
    def ranks_text(self) -> str:
        if self.rank is None:
            return _("no place")
        return _("%(low)s to %(high)s") % {"low": self.rank.low, "high": self.rank.high}

    @property
    def share_text(self) -> str:
        if self.rank is None:
            return _("not told")
        return words.percent(self.rank.fragile_share)

    @property
    def label_text(self) -> str:
        return str(words.LABELS[self.label]) if self.label else _("not computable")


def rows(
    tuning: Tuning, results: Results, *, by_departement: bool = False
) -> list[Row]:
    """By name, or by département then name: never by score."""
    departements = _departements(results)
    address = tuning.url("show", territoire="")
    found = []
    for code in results.shown:
        label = results.label_of(code)
        found.append(
            Row(
                code,
                results.names[code],
                departements.get(code, ""),
                results.score_of(code),
                None if label == SINGLE else results.rank_of(code),
                label,
                f"{address}{code}#ouvert",
                results.reason_of(code),
            )
        )

    def order(row: Row) -> tuple[str, str]:
        return plain(row.departement) if by_departement else "", plain(row.name)

    return sorted(found, key=order)


def _departements(results: Results) -> dict[str, str]:
    """Name of the département of each territory shown."""
    found = Membership.objects.filter(
        held_in(CURRENT_YEAR), group__kind=Territory.Kind.DEPARTEMENT
    ).filter(member__in=results.area.shown().order_by())
    return dict(found.values_list("member_id", "group__name"))


def plain(text: str) -> str:
    """For sorting: without accents nor capitals."""
    decomposed = unicodedata.normalize("NFKD", text)
    return decomposed.encode("ascii", "ignore").decode().casefold()


COLUMNS = (
    "code",
    "name",
    "departement",
    "score",
    "rank_low",
    "rank_middle",
    "rank_high",
    "ranked",
    "share_in_most_fragile_third",
    "label",
    "index",
    "version",
    "personalised",
    "reference",
    "status",
    "known_indicators",
    "indicators",
    "imputed_share",
    "sources",
)


def records(tuning: Tuning, results: Results) -> Iterator[tuple[object, ...]]:
    """The lines of the CSV, each of which can be read alone."""
    about = (
        tuning.code,
        tuning.asked.definition.number,
        _("yes") if tuning.asked.is_personalised else _("no"),
        results.reference.label,
    )
    sources = _("; ").join(origins_of(results))
    for row in rows(tuning, results):
        score = None if row.score is None else round(row.score, 4)
        rank = row.rank
        ranks = (
            (rank.low, rank.middle, rank.high, rank.n, rank.fragile_share)
            if rank
            else (None,) * 5
        )
        label = row.label_text if row.label else None
        named = (row.code, row.name, row.departement)
        yield (*named, score, *ranks, label, *about, *_base(row, results), sources)


def _base(row: Row, results: Results) -> tuple[object, ...]:
    """Why there is no score, else on how many figures it rests, and whose."""
    at = results.rows.get(row.code)
    known = 0 if at is None else int(results.used[at])
    inherited = round(results.imputed_share_of(row.code), 4)
    status = _("computed") if row.score is not None else row.score_text
    return status, known, len(results.known_counts), inherited


@dataclass(frozen=True, slots=True)
class LineCells:
    """One indicator of an opened territory, ready to be read."""

    title: str
    value: str
    vintage: str
    n: str
    weight: str
    on_scale: str
    reference: str
    points: str


@dataclass(frozen=True, slots=True)
class AxisTable:
    """One axis of an opened territory: its mean, and a line for each indicator."""

    title: str
    score: str
    weight: str
    lines: tuple[LineCells, ...]


def axes(standing: Standing) -> list[AxisTable]:
    """The opened index: axes, then the indicators of each."""
    return [
        AxisTable(
            axis.title,
            words.decimal(axis.score) if axis.score is not None else _("nothing known"),
            words.weight(axis.weight),
            tuple(_cells(line) for line in standing.lines if line.axis == axis.code),
        )
        for axis in standing.axes
    ]


def _cells(line: Line) -> LineCells:
    value = words.figure(line.value, line.unit, line.status)
    if line.is_imputed:
        value = _("%(value)s (inherited)") % {"value": value}
    return LineCells(
        title=line.title,
        value=value,
        vintage=dated(line.vintage),
        n=words.whole(line.n),
        weight=words.weight(line.weight),
        on_scale=words.decimal(line.on_scale),
        reference=words.decimal(line.reference_on_scale),
        points=words.signed(line.points),
    )


@dataclass(frozen=True, slots=True)
class LeftOutCells:
    """The index without one indicator, ready to be read."""

    title: str
    n: str
    correlation: str
    mean_shift: str
    greatest: str
    farthest: str
    changed: str


def left_out(
    found: Sequence[LeftOut], titles: Mapping[str, str], names: Mapping[str, str]
) -> list[LeftOutCells]:
    """Those without which the index can still be computed for some territories."""
    return [
        LeftOutCells(
            title=titles[one.indicator],
            n=words.whole(one.n),
            correlation=words.decimal(one.correlation, 2),
            mean_shift=words.decimal(one.mean_shift),
            greatest=words.decimal(one.greatest_shift, 0),
            farthest=names.get(one.farthest or "", _("none")),
            changed=words.decimal(one.changed_third, 0),
        )
        for one in found
        if one.correlation is not None
    ]


@dataclass(frozen=True, slots=True)
class SourceCells:
    """A choice, and the share of the moves of a place that comes from it."""

    title: str
    alone: str
    in_all: str


def sources(found: Sources | None, code: str) -> list[SourceCells]:
    """Of one territory, with the interval; else the mean over all of them."""
    if found is None:
        return []
    at = found.codes.index(code) if code in found.codes else None
    return [
        SourceCells(
            str(words.CHOICES[choice]),
            _share(found.indices.first, row, at),
            _share(found.indices.total, row, at),
        )
        for row, choice in enumerate(found.choices)
    ]


def _share(shares: Shares, row: int, at: int | None) -> str:
    if at is None:
        return words.weight(max(0.0, round(float(shares.value[row].mean()), 2)))
    value, low, high = (
        max(0.0, round(float(each[row, at]), 2))
        for each in (shares.value, shares.low, shares.high)
    )
    return _("%(value)s (%(low)s to %(high)s)") % {
        "value": words.weight(value),
        "low": words.weight(low),
        "high": words.weight(high),
    }


@dataclass(frozen=True, slots=True)
class PairCells:
    """Two indicators that go together, or against each other."""

    one: str
    other: str
    n: str
    value: str
    overlap: str


def pairs(found: Sequence[Correlation], titles: Mapping[str, str]) -> list[PairCells]:
    """Those that can be compared, both figures being known somewhere."""
    return [
        PairCells(
            one=titles[pair.one],
            other=titles[pair.other],
            n=words.whole(pair.n),
            value=words.decimal(pair.value, 2),
            overlap=str(words.OVERLAPS[pair.overlap]) if pair.overlap else "",
        )
        for pair in found
        if pair.value is not None
    ]


def alone(found: Sequence[Correlation], titles: Mapping[str, str]) -> list[str]:
    """Indicators that cannot be compared with any other."""
    compared = {
        code
        for pair in found
        if pair.value is not None
        for code in (pair.one, pair.other)
    }
    every = dict.fromkeys(code for pair in found for code in (pair.one, pair.other))
    return [titles[code] for code in every if code not in compared]
