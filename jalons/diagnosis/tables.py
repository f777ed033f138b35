"""The tables of a portrait, read alike by page, PDF and workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.analysis.position import Position
from jalons.diagnosis import sentences
from jalons.diagnosis.portrait import Concerned, KeyFigure, Portrait
from jalons.drawing import charts
from jalons.drawing.skins import Skin
from jalons.indicators.figures import Figure
from jalons.indicators.models import Observation
from jalons.observatory.sheets import (
    Cell,
    Column,
    Raw,
    Row,
    Sheet,
    name,
    name_column,
)


def key_figures(portrait: Portrait) -> Sheet:
    """Value, place among the peers, and the median of those that resemble."""
    return Sheet(
        code="chiffres",
        caption=_("Key figures, and where they lie among %(peers)s")
        % {"peers": portrait.peers.label},
        columns=(
            Column(_("Figure"), (_("figure"), _("indicator"))),
            Column(
                _("Value"),
                (_("value"), _("unit"), _("base (n)"), _("status"), _("whose")),
                is_number=True,
            ),
            Column(_("Place among peers"), (_("place"), _("peers known (n)"))),
            Column(
                _("Middle half of the peers"), (_("low"), _("high")), is_number=True
            ),
            Column(
                _("Median of territories like yours"),
                (_("median alike"),),
                is_number=True,
            ),
            Column(_("Year"), (_("vintage"), _("source")), is_number=True),
        ),
        rows=tuple(Row(_key_cells(one)) for one in portrait.loaded),
        note=_(
            "The line spans the middle half of the peers, the dot is this territory, "
            "the dashes their median. Those alike were chosen on population, density, "
            "income and age: on these, being close to them is no result."
        ),
        source=_sources(portrait.loaded),
    )


def _sources(figures: Iterable[KeyFigure]) -> str:
    """Where the figures of a table come from, each source once."""
    told = (sentences.origin(one) for one in figures if one.figure or one.spread)
    return _("; ").join(sorted(set(told)))


def _status(one: KeyFigure) -> str:
    """Whether the value is published, and why there is none."""
    if one.figure is None:
        return sentences.value(one)
    return str(Observation.Status(one.figure.status).label)


def _key_cells(one: KeyFigure) -> tuple[Cell, ...]:
    position, figure = one.position, one.figure
    return (
        Cell(str(one.title), (str(one.title), one.code)),
        Cell(
            sentences.value(one),
            (
                one.value,
                one.unit_label,
                figure.n if figure else None,
                _status(one),
                sentences.owner(figure),
            ),
        ),
        Cell(
            sentences.place(one),
            (sentences.place(one), position.n) if position else (None, None),
            (lambda skin: place_drawing(position, skin)) if position else None,
        ),
        Cell(
            sentences.middle_half(one),
            (position.low, position.high) if position else (None, None),
        ),
        Cell(sentences.among_alike(one), (one.among_alike,)),
        Cell(
            one.dated,
            (figure.vintage if figure else one.dated, sentences.origin(one)),
        ),
    )


def place_drawing(position: Position, skin: Skin) -> SafeString:
    """A dot on the line of the middle half, from the least to the greatest."""
    drawn = charts.Interval(
        position.scaled(position.value),
        position.scaled(position.low),
        position.scaled(position.high),
    )
    return charts.whisker(drawn, skin, reference=position.scaled(position.median))


def publics(portrait: Portrait) -> Sheet:
    """The people concerned, in persons first."""
    shown = portrait.publics
    return Sheet(
        code="publics",
        caption=_("People more often far from digital tools"),
        columns=(
            name_column(_("Public")),
            Column(_("How many"), (_("count (rounded)"), _("why not counted"))),
            Column(
                _("Share"),
                (
                    *(_("share (%)"), _("of what"), _("base (n)"), _("whose")),
                    *(_("vintage"), _("source")),
                ),
            ),
        ),
        rows=tuple(Row(_public_cells(one)) for one in shown),
        note=_(
            "One person may be in several lines: never add them. Numbers are worked "
            "out from the share and what it is a share of, and rounded. Poverty: the "
            "rate leaves out people who live in institutions; it is applied to all "
            "inhabitants, in every territory alike. “Not counted”: INSEE publishes the "
            "number that the share is a share of, this site has not loaded it."
        ),
        source=_("; ").join(
            sorted({f"{f.source}, {f.dated}" for one in shown if (f := one.figure)})
        ),
    )


def _public_cells(one: Concerned) -> tuple[Cell, ...]:
    raw = (one.share, str(one.public.share_of), *_origin(one.figure))
    share = Cell(sentences.share(one), raw)
    return name(str(one.public.title)), _counted(one), share


def _origin(figure: Figure | None) -> tuple[Raw, ...]:
    """Base, owner, vintage and source of a figure, for files."""
    if figure is None:
        return (None, "", None, "")
    return (figure.n, sentences.owner(figure), figure.vintage, figure.source)


def _counted(one: Concerned) -> Cell:
    """A number of persons; in a file too, no blank without its reason."""
    said = sentences.concerned(one)
    return Cell(said, (one.count, "" if one.count is not None else said))


def side_by_side(portraits: Sequence[Portrait]) -> Sheet:
    """Two to four territories, figure by figure; nobody is ranked."""
    named = [Column(one.territory.name, (one.territory.name,)) for one in portraits]
    rows = []
    for at in range(len(portraits[0].figures)):
        if not any(one.figures[at] in one.loaded for one in portraits):
            continue
        cells = [_compared(one.figures[at]) for one in portraits]
        rows.append(Row((name(_dated(portraits, at)), *cells)))
    return Sheet(
        code="comparaison",
        caption=_("The same figures, side by side"),
        columns=(name_column(_("Figure")), *named),
        rows=tuple(rows),
        note=_("Beside each value, its place among its own peers, who may differ."),
    )


def _dated(portraits: Sequence[Portrait], at: int) -> str:
    """The title of a figure with its years."""
    shown = [one.figures[at] for one in portraits]
    years = dict.fromkeys(one.figure.dated for one in shown if one.figure)
    title = str(shown[0].title)
    return f"{title} ({', '.join(years)})" if years else title


def _compared(figure: KeyFigure) -> Cell:
    position, value = figure.position, sentences.value(figure)
    return Cell(
        f"{value}, {sentences.place(figure)}" if position else value,
        (figure.value,),
        (lambda skin: place_drawing(position, skin)) if position else None,
    )
