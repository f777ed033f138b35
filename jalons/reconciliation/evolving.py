"""What changed between two waves, in words, as a drawing and as a document.

For the team of the survey, which may read each score; nothing here is for the public.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jalons.analysis.change import LEAST_FOR_INTERVAL, Change
from jalons.documents.model import (
    Alignment,
    Block,
    Callout,
    Cell,
    Document,
    Figure,
    Lead,
    Number,
    Section,
    Table,
)
from jalons.documents.words import date_format
from jalons.drawing.passages import draw_passages
from jalons.drawing.skins import PAGE, PRINT, Skin
from jalons.drawing.svg import Plate
from jalons.surveys.models import Campaign
from jalons.surveys.waves import Comparison

CLEAR = 0.05
"""Under it a coin tossed would hardly split so unevenly."""


@dataclass(frozen=True, slots=True)
class Evolution:
    """A comparison with the names of its classes and dimensions, ready to be read."""

    campaign: Campaign
    found: Comparison
    levels: tuple[str, ...]
    dimensions: tuple[str, ...]

    @property
    def counts(self) -> list[list[int]]:
        """Rows leave, columns arrive, the lowest level first."""
        flow = self.found.passages
        return [
            [flow.count(before, after) for after in flow.classes]
            for before in flow.classes
        ]

    @property
    def lines(self) -> list[tuple[str, list[int], int]]:
        """Each level left: its name, where its EPCI went, how many they were."""
        return [
            (name, row, sum(row))
            for name, row in zip(self.levels, self.counts, strict=True)
        ]

    @property
    def arrived(self) -> list[int]:
        return [sum(column) for column in zip(*self.counts, strict=True)]

    @property
    def dimension_lines(self) -> list[tuple[str, Change]]:
        changes = self.found.dimensions.values()
        return list(zip(self.dimensions, changes, strict=True))

    @property
    def without_interval(self) -> str:
        return without_interval(self.found.change)

    @property
    def dimension_note(self) -> str:
        """What a dash in the table of dimensions says."""
        whys = (without_interval(change) for _name, change in self.dimension_lines)
        return next((why for why in whys if why), "")

    @property
    def sentence(self) -> str:
        return flow_sentence(self)

    @property
    def flow_caption(self) -> str:
        return flow_caption(self)

    @property
    def flow_note(self) -> str:
        return flow_note(self)

    @property
    def drawing(self) -> SafeString:
        return drawn(self, PAGE)

    @property
    def moments(self) -> tuple[str, str]:
        waves = (self.found.previous, self.campaign)
        return tuple(moment(one) for one in waves)  # type: ignore[return-value]


def evolution_of(campaign: Campaign, found: Comparison) -> Evolution:
    """With the words of the grid, in the language of the reader."""
    grid = campaign.version.read().grid
    assert grid is not None
    language = get_language() or "fr"
    return Evolution(
        campaign,
        found,
        tuple(one.title.in_language(language) for one in grid.classes),
        tuple(one.title.in_language(language) for one in grid.dimensions),
    )


def moment(campaign: Campaign) -> str:
    assert campaign.closed_at is not None
    return date_format(campaign.closed_at, "YEAR_MONTH_FORMAT")


def flow_sentence(one: Evolution) -> str:
    """How many changed level, and whether one may speak of a direction."""
    flow = one.found.passages
    if not flow.n:
        return _("No EPCI has a level in both waves.")
    words = ngettext(
        "Of the %(n)s EPCI that answered both waves, %(up)s reached a higher level, "
        "%(stayed)s stayed at theirs, %(down)s went to a lower one.",
        "Of the %(n)s EPCI that answered both waves, %(up)s reached a higher level, "
        "%(stayed)s stayed at theirs, %(down)s went to a lower one.",
        flow.n,
    )
    said = words % {
        "n": flow.n,
        "up": flow.up,
        "stayed": flow.stayed,
        "down": flow.down,
    }
    return f"{said} {_direction(flow.p, flow.up, flow.down)}"


def _direction(p: float | None, up: int, down: int) -> str:
    if p is None:
        return _("None changed level.")
    if p > CLEAR:
        return _("One cannot conclude that levels moved in one direction.")
    if up > down:
        return _("More went up than chance alone would give; why is not known by this.")
    return _("More went down than chance alone would give; why is not known by this.")


def drawn(one: Evolution, skin: Skin) -> SafeString:
    plate = Plate(
        svg_id=f"passages-{one.campaign.pk}",
        title=_("From level to level"),
        description=f"{one.sentence} {_('The table says the same, level by level.')}",
        watermark=_("SIMULATED") if one.campaign.is_simulated else None,
    )
    return draw_passages(one.levels, one.counts, one.moments, plate, skin)


def document(one: Evolution) -> Document:
    """The page as a file, with what it must not be used for."""
    return Document(
        title=_("What changed since the wave before?"),
        subtitle=f"{one.found.previous.title} → {one.campaign.title}",
        sections=[
            Section(_("From level to level"), list(_level_blocks(one))),
            Section(_("Dimension by dimension"), [_dimensions(one)]),
            Section(_("EPCI by EPCI"), [_territories(one)], is_detail=True),
        ],
        language=get_language() or "fr",
        source_line=_("Frozen scores of both waves, %(sponsor)s, n = %(n)d EPCI")
        % {"sponsor": one.campaign.sponsor, "n": one.found.change.n},
        date_line=date_format(one.campaign.today(), "DATE_FORMAT"),
        author=one.campaign.sponsor,
        watermark=_("SIMULATED") if one.campaign.is_simulated else None,
        cautions=[caution()],
    )


def caution() -> str:
    return _(
        "For the team of the survey only, not to be passed around. By name: this is "
        "not a ranking. Those who answered twice are volunteers, and a change of "
        "points is not the effect of an action."
    )


def _level_blocks(one: Evolution) -> Iterator[Block]:
    yield Lead(one.sentence)
    if one.found.passages.n:
        title = _("From level to level")
        yield Figure(drawn(one, PRINT), one.sentence, title, height_mm=95)
    rows: list[list[Cell]] = [
        [name, *map(_count, counts), _count(total)] for name, counts, total in one.lines
    ]
    rows.append([_("Total"), *map(_count, one.arrived), _count(one.found.passages.n)])
    yield Table(
        flow_caption(one),
        [_("Level left"), *one.levels, _("Total")],
        rows,
        _ends(len(one.levels) + 1),
        note=flow_note(one),
    )
    yield Callout(caution(), "caution")


def flow_rows(one: Evolution) -> tuple[list[str], list[list[object]]]:
    """The square of levels, a line for each pair that somebody went through or not."""
    header = [_("Level left"), _("Level reached"), _("EPCI")]
    rows: list[list[object]] = [
        [name, reached, count]
        for name, counts, _total in one.lines
        for reached, count in zip(one.levels, counts, strict=True)
    ]
    return header, rows


def flow_caption(one: Evolution) -> str:
    before, after = one.moments
    words = _("EPCI by level in %(before)s (rows) and in %(after)s (columns)")
    return words % {"before": before, "after": after}


def flow_note(one: Evolution) -> str:
    words = ngettext(
        "%(n)s EPCI has an uncertain level in one wave or the other, because of "
        "missing answers. Near a limit, half a point is enough to change level.",
        "%(n)s EPCI have an uncertain level in one wave or the other, because of "
        "missing answers. Near a limit, half a point is enough to change level.",
        one.found.uncertain,
    )
    return words % {"n": one.found.uncertain}


def _dimensions(one: Evolution) -> Table:
    return Table(
        _("Mean change of each dimension, in points"),
        [_("Dimension"), _("Mean change"), _("Interval of 95 in 100"), _("Higher")]
        + [_("Unchanged"), _("Lower")],
        [
            [
                *(name, _signed(change.mean), interval(change), _count(change.up)),
                *(_count(change.same), _count(change.down)),
            ]
            for name, change in one.dimension_lines
        ],
        _ends(5),
        note=one.dimension_note,
    )


def without_interval(change: Change) -> str:
    """Why no interval is given; nothing where one is."""
    if change.interval is not None:
        return ""
    if change.n < LEAST_FOR_INTERVAL:
        return _("Fewer than five EPCI are compared: no interval is given.")
    return _("Where all the EPCI moved by as much, no interval can be given.")


def interval(change: Change) -> str:
    if change.interval is None:
        return "–"
    bounds = {
        "low": _signed(change.interval.low).text,
        "high": _signed(change.interval.high).text,
    }
    return _("from %(low)s to %(high)s") % bounds


def _territories(one: Evolution) -> Table:
    before, after = one.moments
    head = [_("EPCI"), before, after, _("Change between the waves"), *one.dimensions]
    rows: list[list[Cell]] = [
        [
            *(each.name, _number(each.before), _number(each.after)),
            *map(_signed, (each.difference, *each.dimensions)),
        ]
        for each in one.found.territories
    ]
    caption = _("EPCI of both waves, in points")
    return Table(caption, head, rows, _ends(len(head) - 1))


def _ends(count: int) -> list[Alignment]:
    """A column of names, then `count` columns of numbers."""
    ends: list[Alignment] = ["end"] * count
    return ["start", *ends]


def _count(value: int) -> Number:
    return Number(str(value), value)


def _number(value: float) -> Number:
    return Number(number_format(value, 1 if value % 1 else 0), value)


def _signed(value: float | None) -> Number:
    if value is None:
        return Number("–", None)
    rounded = round(value, 1)
    sign = "−" if rounded < 0 else "+" if rounded > 0 else ""
    told = number_format(abs(rounded), 1 if rounded % 1 else 0)
    return Number(f"{sign}{told}", round(value, 2))
