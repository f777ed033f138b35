"""The parts a document can hold: what each shows, and what it waits for when empty.

A new part is one more line of `PARTS`: its code, its title, its blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.actors.vocabulary import read_vocabulary
from jalons.adoption import diagnosis_part
from jalons.adoption.material import Material
from jalons.conditions.documents import conditions_blocks
from jalons.documents.model import (
    Block,
    Callout,
    Cell,
    Figure,
    Items,
    Number,
    Paragraph,
    Section,
    SectionKind,
    Table,
)
from jalons.documents.words import date_format
from jalons.drawing.figures import Bar, Scale, figure
from jalons.drawing.svg import Plate
from jalons.ecosystems.documents import chart_blocks
from jalons.evaluation.documents import evaluation_blocks
from jalons.returns.reading import PointsRead
from jalons.roadmaps import documents
from jalons.roadmaps.figures import FunderTotal
from jalons.roadmaps.models import Line
from jalons.roadmaps.money import euros
from jalons.steering.documents import timeline_blocks

MATURITY = "maturity"
"""Its level is that of a survey, which may withdraw it."""
FUNDERS_DRAWN = 12
"""Bars that one chart bears; the table below it has every funder."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A part: its heading, what it shows of the roadmap, why it may be empty."""

    code: str
    title: Promise
    blocks: Callable[[Material], Iterable[Block]]
    empty: Promise
    kind: SectionKind = "section"
    # What a team judges of itself is published when it says so.
    begins_shown: bool = True


def _course(material: Material) -> Iterator[Block]:
    yield from documents.course(material.plan)


def _maturity(material: Material) -> Iterator[Block]:
    if material.level and material.portrait:
        yield Paragraph(material.portrait.maturity)
        if material.level.state == "published" and material.points:
            yield _points(material.points)
        told = _("Source: the public results of this survey, as they stood on %(day)s.")
        yield Callout(told % {"day": date_format(timezone.localdate())})


def _points(points: Sequence[PointsRead]) -> Table:
    return Table(
        _("Points by dimension"),
        [_("Dimension"), _("Points"), _("Of")],
        [[one.name, one.points, one.maximum] for one in points],
        ("start", "end", "end"),
    )


def _stakes(material: Material) -> Iterator[Block]:
    if not material.plan.stakes:
        return
    yield Table(
        _("Stakes, and the workstreams that answer them"),
        [_("No."), _("Stake"), _("Key workstreams")],
        [
            [
                str(one.number),
                one.row.text,
                " · ".join(f"{each.code} {each.row.title}" for each in one.workstreams)
                or _("none yet"),
            ]
            for one in material.plan.stakes
        ],
    )


def _workstreams(material: Material) -> Iterator[Block]:
    for stake in material.plan.stakes:
        title = f"{stake.number}. {stake.row.text}"
        # Ten slides bear the table of the stakes, not each workstream.
        yield Section(title, list(documents.stake_blocks(stake)), is_detail=True)


def _resources(material: Material) -> Iterator[Block]:
    is_detail = False
    for board in material.maps:
        for chart in board.charts:
            if not chart.linked:
                continue
            caption = _("Resources around it")
            blocks = list(chart_blocks(board, chart, material.skin, caption=caption))
            alone = [one.resource.name for one in chart.without_owner]
            if alone:
                told = _("Known, with nobody in charge yet: %(names)s.")
                blocks.append(Callout(told % {"names": ", ".join(alone)}, "caution"))
            yield Section(str(chart.centre), blocks, is_detail=is_detail)
            is_detail = True
    bare = [
        str(chart.centre)
        for board in material.maps
        for chart in board.charts
        if chart.ties and not chart.linked
    ]
    if bare:
        told = _("No resource is tied yet to: %(names)s.")
        yield Callout(told % {"names": "; ".join(bare)}, "caution")


def _timeline(material: Material) -> Iterable[Block]:
    return timeline_blocks(material.plan, material.skin)


def _budget(material: Material) -> Iterator[Block]:
    plan = material.plan
    costed = [one for one in plan.funders if one.amount]
    if len(costed) > 1:
        yield _funders_drawn(material, costed)
    if plan.funders:
        yield documents.budget(plan)


def _funders_drawn(material: Material, costed: list[FunderTotal]) -> Figure:
    drawn = costed[:FUNDERS_DRAWN]
    top = max(one.amount for one in drawn if one.amount)
    rows = [
        Bar(one.funder, float(one.amount / top), euros(one.amount))
        for one in drawn
        if one.amount
    ]
    caption = _("What each funder brings")
    alt = _("%(first)s brings the most, %(amount)s; the table below has all of them.")
    plate = Plate(
        "funders",
        caption,
        _("The table says the same, funder by funder."),
        _("SIMULATED") if material.roadmap.is_simulated else None,
    )
    return Figure(
        figure(rows, plate, material.skin, Scale(ticks=())),
        alt % {"first": drawn[0].funder, "amount": euros(drawn[0].amount)},
        caption,
    )


def _evaluation(material: Material) -> Iterable[Block]:
    return evaluation_blocks(material.roadmap, material.skin)


def _conditions(material: Material) -> Iterable[Block]:
    return conditions_blocks(material.roadmap)


def _governance(material: Material) -> Iterator[Block]:
    yield documents.carried(material.roadmap)
    streams = material.plan.workstreams
    if streams:
        kinds = (Line.Kind.LEADS, Line.Kind.DOES, Line.Kind.INVOLVED)
        rows: list[list[Cell]] = [
            [
                f"{one.code} {one.row.title}",
                *(
                    ", ".join(line.text for line in one.lines.get(kind, ())) or "–"
                    for kind in kinds
                ),
            ]
            for one in streams
        ]
        header = [_("Workstream"), _("Leads it"), _("Does"), _("Is involved")]
        yield Table(_("Who leads, does, is involved"), header, rows)


def _participants(material: Material) -> Iterator[Block]:
    """Gatherings and bodies, never the name of a person."""
    if not material.meetings:
        return
    yield Table(
        _("Where the roadmap was discussed"),
        [_("Day"), _("Meeting"), _("Bodies invited"), _("People present")],
        [
            [
                date_format(one.meeting.day),
                f"{one.meeting.title} ({one.meeting.get_kind_display()})",
                Number(str(len(one.guests)), len(one.guests)),
                Number(str(one.present or "–"), one.present or None),
            ]
            for one in material.meetings
        ],
        ("start", "start", "end", "end"),
        note=_("“–”: presence was not noted, or the sheet was erased in its time."),
    )
    guests = {one.pk: one for each in material.meetings for one in each.guests}
    if guests:
        families = read_vocabulary().families
        by_family: dict[str, list[str]] = {}
        for one in sorted(guests.values(), key=lambda one: one.name.casefold()):
            name = str(families.get(one.family, one.family))
            by_family.setdefault(name, []).append(one.name)
        yield Section(
            _("Bodies invited"),
            [Items([f"{name}: {', '.join(by_family[name])}" for name in by_family])],
            is_detail=True,
        )


def _nothing(material: Material) -> Iterable[Block]:
    """A part that holds the words of the team only."""
    return ()


def _annexes(material: Material) -> Iterator[Block]:
    """Where lines come from, never the words somebody had there: all read it."""
    if found := list(documents.sources(material.plan)):
        yield Section(_("Where the lines come from"), found)


PARTS: tuple[Kind, ...] = (
    Kind(
        "course",
        gettext_lazy("Our shared direction, and its horizon"),
        _course,
        gettext_lazy("Write the shared direction on the project sheet."),
    ),
    Kind(
        "diagnosis",
        gettext_lazy("What the diagnosis says"),
        diagnosis_part.blocks,
        gettext_lazy("No diagnosis of its territories in this space yet."),
    ),
    Kind(
        MATURITY,
        gettext_lazy("How ready the institution is"),
        _maturity,
        gettext_lazy("No survey publishes a level for this territory."),
    ),
    Kind(
        "stakes",
        gettext_lazy("The stakes"),
        _stakes,
        gettext_lazy("No stake is written yet."),
    ),
    Kind(
        "workstreams",
        gettext_lazy("The key workstreams and their actions"),
        _workstreams,
        gettext_lazy("No stake is written yet."),
        "chapter",
    ),
    Kind(
        "resources",
        gettext_lazy("What we can count on"),
        _resources,
        gettext_lazy("No resource map names a resource in this space yet."),
        "chapter",
    ),
    Kind(
        "timeline",
        gettext_lazy("When"),
        _timeline,
        gettext_lazy("No action is written yet."),
    ),
    Kind(
        "budget",
        gettext_lazy("What it costs, and who pays"),
        _budget,
        gettext_lazy("No action names a funder yet."),
    ),
    Kind(
        "evaluation",
        gettext_lazy("How we will know what changes"),
        _evaluation,
        gettext_lazy("No evaluation of this roadmap is begun yet."),
    ),
    Kind(
        "governance",
        gettext_lazy("Who carries the roadmap"),
        _governance,
        gettext_lazy("Nothing to show yet."),
    ),
    Kind(
        "conditions",
        gettext_lazy("The conditions of success, as we see them"),
        _conditions,
        gettext_lazy("None of the nine conditions was looked at yet."),
        begins_shown=False,
    ),
    Kind(
        "participants",
        gettext_lazy("Who took part"),
        _participants,
        gettext_lazy("No meeting has been held since the approach began."),
    ),
    Kind(
        "thanks",
        gettext_lazy("Thanks"),
        _nothing,
        gettext_lazy("Write here whom you thank: bodies, never the name of a person."),
    ),
    Kind(
        "annexes",
        gettext_lazy("Annexes"),
        _annexes,
        gettext_lazy("No line was taken up from a workshop or a diagnosis."),
        "annex",
    ),
)
KINDS = {one.code: one for one in PARTS}
