"""The results in words and in drawings, for the page, the projector and the files."""

from __future__ import annotations

from django.template.defaultfilters import floatformat
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.analysis.change import LEAST_FOR_INTERVAL, Change
from jalons.analysis.prospective import GRADES, Rated
from jalons.analysis.spread import Spread
from jalons.drawing.clouds import Placed, draw_cloud
from jalons.drawing.quadrants import Point, Square, draw_quadrants
from jalons.drawing.skins import PAGE, PRINT, Skin
from jalons.drawing.svg import Plate
from jalons.workshops.figures import Results
from jalons.workshops.learning import Learning


def quadrant_words(code: str) -> str:
    """The name of a quadrant, as the guide of the method words it."""
    return {
        "invest": _("critical stakes: invest"),
        "strengthen": _("assets to strengthen"),
        "maintain": _("achievements to maintain"),
        "watch": _("to be watched"),
        "": _("on an axis: to be discussed"),
    }[code]


MOST_DRAWN = 60
"""Words of a cloud; past it, they are in its table only."""


def draw(found: Results, skin: Skin = PAGE) -> SafeString | str:
    """The drawing of an activity that has one; nothing before the first answer."""
    if found.words:
        return _draw_words(found, skin)
    return draw_matrix(found, skin)


def _draw_words(found: Results, skin: Skin) -> SafeString:
    plate = Plate(
        svg_id="cloud",
        title=_("Word cloud"),
        description=_("The table says the same, word by word."),
        watermark=_watermark(found),
    )
    shown = [Placed(one.text, one.height) for one in found.words[:MOST_DRAWN]]
    return draw_cloud(shown, plate, skin)


def _watermark(found: Results) -> str | None:
    simulated = found.activity.workshop.meeting.is_simulated
    return _("SIMULATED") if simulated else None


def draw_empty_matrix() -> SafeString:
    """The matrix to be filled by hand, cut at the middle of the scale."""
    middle = (GRADES[0] + GRADES[-1]) / 2
    plate = Plate(
        svg_id="matrix",
        title=_("Matrix of impact and mastery"),
        description=_("Empty, to be filled by hand."),
    )
    return draw_quadrants(_square(middle, middle), [], plate, PRINT)


def draw_matrix(found: Results, skin: Skin = PAGE) -> SafeString | str:
    """The matrix; nothing before the first vote."""
    placed = [line for line in found.rated if line.rated.n]
    if found.matrix is None or not placed:
        return ""
    square = _square(found.matrix.cut_x, found.matrix.cut_y)
    plate = Plate(
        svg_id="matrix",
        title=_("Matrix of impact and mastery"),
        description=_("The table says the same, item by item."),
        watermark=_watermark(found),
    )
    points = [_point(str(line.item.number), line.rated) for line in placed]
    return draw_quadrants(square, points, plate, skin)


def _square(cut_x: float, cut_y: float) -> Square:
    return Square(
        x_title=_("Mastery of the territory →"),
        y_title=_("Impact →"),
        names=tuple(quadrant_words(code).capitalize() for code in ORDER),  # type: ignore[arg-type]
        cut_x=cut_x,
        cut_y=cut_y,
    )


def learning_words(found: Learning) -> list[str]:
    """What changed between two answers of the same people, and what it is worth."""
    told = [_change_words(found.everybody)]
    if found.authorities:
        told.append(
            _("Among elected members and agents. %(change)s")
            % {"change": _change_words(found.authorities)}
        )
    told.append(
        _(
            "To be read as if those present had been drawn at random. What people say "
            "they know is not what they know, and a change is not proof of an effect."
        )
    )
    return told


def _change_words(found: Change) -> str:
    said = _(
        "n = %(n)s answered both times: mean %(before)s before, %(after)s after, out "
        "of 5 (%(up)s higher, %(same)s equal, %(down)s lower)."
    ) % {
        "n": found.n,
        "before": floatformat(found.mean_before, 1),
        "after": floatformat(found.mean_after, 1),
        "up": found.up,
        "same": found.same,
        "down": found.down,
    }
    if found.interval is None:
        return f"{said} {_without_interval(found)}"
    bounds = {
        "mean": _signed(found.mean or 0),
        "low": _signed(found.interval.low),
        "high": _signed(found.interval.high),
    }
    change = _("Mean change %(mean)s, 95%% interval from %(low)s to %(high)s.")
    return f"{said} {change % bounds}"


def _without_interval(found: Change) -> str:
    """Why there is none, and what five who moved alike do not show."""
    if found.n < LEAST_FOR_INTERVAL:
        return _("Under five people, no interval can be given.")
    words = _("All moved by as much: no interval can be given.")
    if found.is_surely_one_way:
        return words
    return f"{words} {_('One cannot conclude that the whole moved in one direction.')}"


def _signed(value: float) -> str:
    """With its sign, a true minus included; none for what rounds to zero."""
    words = floatformat(abs(value), 1)
    if not round(value, 1):
        return words
    return f"{'+' if value > 0 else '−'}{words}"


ORDER = ("invest", "strengthen", "maintain", "watch")


def cut_words(found: Results) -> str:
    """Where the axes are cut, and by which rule."""
    assert found.matrix is not None
    cuts = {
        "x": floatformat(found.matrix.cut_x, "-1"),
        "y": floatformat(found.matrix.cut_y, "-1"),
    }
    if found.activity.is_cut_at_midpoint:
        return _("Axes are cut at the middle of the scale (3).")
    return (
        _("Axes are cut at the median of the items: impact %(y)s, mastery %(x)s.")
        % cuts
    )


def _point(label: str, rated: Rated) -> Point:
    assert rated.x is not None
    assert rated.y is not None
    return Point(
        label,
        rated.x,
        rated.y,
        _around(rated.mastery, rated.x),
        _around(rated.impact, rated.y),
    )


def _around(spread: Spread | None, centre: float) -> tuple[float, float]:
    """The half of the grades in the middle; unknown, the centre alone."""
    return (spread.low, spread.high) if spread else (centre, centre)
