"""The theory of change: what may come from what, drawn and told in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.drawing.flows import Box as Drawn
from jalons.drawing.flows import Column, draw_flow
from jalons.drawing.skins import PAGE, Skin
from jalons.drawing.svg import Plate
from jalons.evaluation.figures import BoxRead, EvaluationRead
from jalons.evaluation.models import Box

Kind = Box.Kind
SOURCES: Mapping[Kind, Sequence[Kind]] = {
    Kind.VISION: (Kind.NEED,),
    Kind.ACTIVITY: (Kind.NEED, Kind.VISION),
    Kind.OUTPUT: (Kind.ACTIVITY,),
    Kind.OUTCOME: (Kind.ACTIVITY, Kind.OUTPUT),
    Kind.IMPACT: (Kind.OUTPUT, Kind.OUTCOME),
}
"""What a statement may be said to come from: the columns just before its own."""
HALVES = (
    (Kind.NEED, Kind.VISION, Kind.ACTIVITY),
    (Kind.ACTIVITY, Kind.OUTPUT, Kind.OUTCOME, Kind.IMPACT),
)
"""Two drawings whose words stay readable; activities stand in both."""


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two drawings, and its title."""

    title: str
    drawing: SafeString
    alternative: str


def halves_of(read: EvaluationRead, skin: Skin = PAGE) -> list[Half]:
    """Those that hold something."""
    titles = (
        _("From what is lacking to what is done"),
        _("From what is done to what changes"),
    )
    return [
        Half(title, _draw(read, kinds, rank, title, skin), _alternative(read, kinds))
        for rank, (title, kinds) in enumerate(zip(titles, HALVES, strict=True))
        if any(read.boxes.get(kind) for kind in kinds)
    ]


def _draw(
    read: EvaluationRead, kinds: Sequence[Kind], rank: int, title: str, skin: Skin
) -> SafeString:
    columns = [
        Column(str(kind.label), [_drawn(one) for one in read.boxes.get(kind, ())])
        for kind in kinds
    ]
    roadmap = read.row.roadmap
    plate = Plate(
        svg_id=f"theory-{roadmap.pk}-{rank}",
        title=title,
        description=_("The list says the same, statement by statement."),
        watermark=_("SIMULATED") if roadmap.is_simulated else None,
    )
    return draw_flow(columns, plate, skin)


def _drawn(one: BoxRead) -> Drawn:
    return Drawn(str(one.row.pk), one.row.text, [str(each.pk) for each in one.sources])


def _alternative(read: EvaluationRead, kinds: Sequence[Kind]) -> str:
    said = [
        _("%(kind)s: %(n)s") % {"kind": kind.label, "n": len(read.boxes.get(kind, ()))}
        for kind in kinds
    ]
    return _("Statements and their ties. %(counts)s.") % {"counts": "; ".join(said)}


def unlinked(read: EvaluationRead) -> list[Box]:
    """Statements that come from nothing, though they should."""
    return [
        one.row
        for kind in SOURCES
        for one in read.boxes.get(kind, ())
        if not one.sources
    ]
