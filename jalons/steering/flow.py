"""The traces of a roadmap in a drawing: sources, stakes, workstreams, actions."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.drawing.flows import Box, Column, draw_flow
from jalons.drawing.skins import PAGE, Skin
from jalons.drawing.svg import Plate
from jalons.roadmaps.models import Roadmap
from jalons.steering.traces import Source, Trace


def draw_traces(
    roadmap: Roadmap, traces: Sequence[Trace], skin: Skin = PAGE
) -> SafeString:
    """What has no source begins at its own column: the team wrote it."""
    sources = {_key(one.source): one.source for one in traces if one.source}
    titles = (_("Stakes"), _("Key workstreams"), _("Actions"))
    columns = [Column(_("Comes from"), [_source(one) for one in sources.values()])]
    for level, title in enumerate(titles, start=1):
        boxes = [_line(one) for one in traces if one.level == level]
        columns.append(Column(title, boxes))
    plate = Plate(
        svg_id=f"traces-{roadmap.pk}",
        title=_("From sources to actions"),
        description=_("The list says the same, line by line."),
        watermark=_("SIMULATED") if roadmap.is_simulated else None,
    )
    return draw_flow(columns, plate, skin)


def _key(source: Source) -> str:
    """A workshop or a diagnosis is one box; what no longer holds has its own."""
    return source.key if source.gone else source.place


def _source(source: Source) -> Box:
    words = f"{source.kind}{_(': ')}{source.title}"
    if source.gone:
        words = f"{_('no longer holds')} · {words} · {source.words}"
    return Box(_key(source), words, is_gone=bool(source.gone))


def _line(trace: Trace) -> Box:
    from_source = [_key(trace.source)] if trace.source else []
    above = [trace.above] if trace.above else []
    words = f"{trace.code} {trace.words}"
    return Box(trace.code, words, [*from_source, *above])
