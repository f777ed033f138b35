"""The index of one territory as tables: whole, axis by axis, figure by figure.

Each figure has what answers for it: its base, its status (a secret is not a missing
value, neither is zero), whose value it is, its vintage and its source.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jalons.diagnosis import words
from jalons.diagnosis.indexing import LABELS, REASONS
from jalons.indicators.figures import dated
from jalons.indicators.models import Observation
from jalons.indices.opening import ELSEWHERE
from jalons.indices.results import SINGLE, UNLOADED, Axis, Line, Standing
from jalons.indices.words import STATUSES, decimal, figure, percent, signed, weight
from jalons.observatory.sheets import (
    Cell,
    Column,
    Raw,
    Row,
    Sheet,
    name,
    name_column,
)
from jalons.territories.models import Territory


def axes(standing: Standing | None) -> Sheet | None:
    """The score axis by axis; None without score."""
    if standing is None or standing.score is None:
        return None
    return Sheet(
        code="axes",
        caption=_("The index, axis by axis"),
        columns=(
            name_column(_("Axis")),
            Column(_("Score"), (_("score"),), is_number=True),
            Column(_("Weight"), (_("weight (%)"),), is_number=True),
            Column(
                _("Figures known"),
                (_("figures known (n)"), _("figures asked"), _("inherited (n)")),
                is_number=True,
            ),
        ),
        rows=tuple(Row(_axis_cells(standing, one)) for one in standing.axes),
        note=_("Definition version %(version)s; share of estimated values: %(share)s.")
        % {
            "version": standing.version,
            "share": percent(standing.imputed_share),
        },
        source=_("; ").join(standing.vintages),
    )


def _axis_cells(standing: Standing, axis: Axis) -> tuple[Cell, ...]:
    unknown = _("nothing known")
    score = unknown if axis.score is None else words.plain(axis.score, "")
    share = round(axis.weight * 100, 1)
    lines = [one for one in standing.lines if one.axis == axis.code]
    return (
        name(axis.title),
        Cell(score, (axis.score,)),
        Cell(words.text(round(axis.weight * 100), "share"), (share,)),
        _known(lines),
    )


def _known(lines: list[Line]) -> Cell:
    """How many of its figures an axis rests on, and how many are not its own."""
    used = [one for one in lines if one.points is not None]
    inherited = sum(one.is_imputed for one in used)
    said = {"known": len(used), "n": len(lines), "inherited": inherited}
    text = _("%(known)s of %(n)s") % said
    if inherited:
        text = _("%(known)s of %(n)s, %(inherited)s of them inherited") % said
    return Cell(text, (len(used), len(lines), inherited))


def lines(standing: Standing | None) -> Sheet | None:
    """Every figure of the index, those without value included; None without index."""
    if standing is None:
        return None
    titles = {one.code: one.title for one in standing.axes}
    return Sheet(
        code="indice",
        caption=_("The index, figure by figure"),
        columns=(
            Column(_("Figure"), (_("axis"), _("figure"), _("indicator"))),
            Column(
                _("Value"),
                (_("value"), _("unit"), _("base (n)"), _("status"), _("whose")),
                is_number=True,
            ),
            Column(_("Known in"), (_("territories known (n)"),), is_number=True),
            Column(
                _("On the scale"), (_("on the scale"), _("reference")), is_number=True
            ),
            Column(_("Weight"), (_("weight (%)"),), is_number=True),
            Column(_("Adds to the score"), (_("adds to the score"),), is_number=True),
            Column(_("Year"), (_("vintage"), _("source")), is_number=True),
        ),
        rows=tuple(Row(_line_cells(one, titles[one.axis])) for one in standing.lines),
        note=_(
            "A figure that is secret or missing is never counted as zero. What is "
            "added is in points of the score, above (+) or below (−) the reference: "
            "%(reference)s. Each figure is compared with the mean of the reference, "
            "and not with its place among its peers: a figure rather high among them "
            "may add little, or take away."
        )
        % {"reference": standing.reference.label},
        source=_("; ").join(standing.vintages),
    )


def _line_cells(one: Line, axis: str) -> tuple[Cell, ...]:
    share = None if one.weight is None else round(one.weight * 100, 1)
    value = figure(one.value, one.unit, one.status)
    if said := _owner(one):
        value = f"{value} ({said})"
    unit = str(words.UNITS.get(one.unit, one.unit))
    raw: tuple[Raw, ...] = (one.value, unit, one.base, status(one), said)
    return (
        Cell(one.title, (axis, one.title, one.indicator)),
        Cell(value, raw),
        Cell(words.whole(one.n), (one.n,)),
        Cell(decimal(one.on_scale), (one.on_scale, one.reference_on_scale)),
        Cell(weight(one.weight), (share,)),
        Cell(signed(one.points), (one.points,)),
        Cell(dated(one.vintage), (dated(one.vintage), one.source)),
    )


def status(one: Line) -> str:
    """Published, secret, missing, inherited, estimated, or why nothing is loaded."""
    if one.status in (ELSEWHERE, UNLOADED):
        return str(STATUSES[one.status])
    return str(Observation.Status(one.status).label)


def _owner(one: Line) -> str:
    return str(words.OWNERS[Territory.Kind(one.owner)]) if one.owner else ""


def summary(standing: Standing | None) -> Sheet | None:
    """Score, reference and places, for a workbook, where no sentence says them."""
    if standing is None:
        return None
    return Sheet(
        code="score",
        caption=_("The index: score, reference and place"),
        columns=(
            name_column(_("What")),
            Column(_("Value"), (_("value"), _("n"), _("status"))),
        ),
        rows=tuple(Row(one) for one in _summed(standing)),
        note=_("%(title)s, definition version %(version)s, for %(name)s.")
        % {
            "title": standing.title,
            "version": standing.version,
            "name": standing.name,
        },
        source=_("; ").join(standing.vintages),
    )


def _summed(standing: Standing) -> Iterator[tuple[Cell, ...]]:
    reference, rank = standing.reference, standing.rank
    why = str(REASONS.get(standing.reason, standing.reason))
    reading = str(LABELS[standing.label]) if standing.label else _("not computable")
    yield _line(_("Score"), standing.score, standing.used, why or _("computed"))
    title = _("Score of the reference: %(name)s") % {"name": reference.label}
    yield _line(title, reference.score, reference.scored, _("computed"))
    yield _line(_("Territories of the reference"), reference.n, reference.n, "")
    inherited = round(standing.imputed_share * 100, 1)
    yield _line(_("Share of estimated values (%)"), inherited, standing.used, "")
    if rank and standing.label != SINGLE:
        ways = standing.draws
        share = round(rank.fragile_share * 100, 1)
        yield _line(_("Best place, nine ways in ten"), rank.low, rank.n, reading)
        yield _line(_("Middle place"), rank.middle, rank.n, reading)
        yield _line(_("Last place, nine ways in ten"), rank.high, rank.n, reading)
        title = _("In the most fragile third, share of the ways (%)")
        yield _line(title, share, ways, reading)


def _line(title: str, value: float | None, n: int, said: str) -> tuple[Cell, ...]:
    text = said if value is None else words.plain(value, "")
    return name(title), Cell(text, (value, n, said))
