"""The restitution as a document: the same figures, tables and sentences as the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.documents.model import (
    Alignment,
    Block,
    Callout,
    Cell,
    Document,
    Facts,
    Figure,
    Graphic,
    Items,
    Lead,
    Paragraph,
    Records,
    Section,
    Strong,
    Table,
)
from jalons.documents.words import date_format
from jalons.drawing.skins import PRINT
from jalons.observatory import (
    answer_tables,
    crossing_tables,
    degree_tables,
    link_readings,
    readings,
    sentences,
    sources,
    tables,
)
from jalons.observatory.answer_results import Question
from jalons.observatory.pictures import maturity_map
from jalons.observatory.restitution import Restitution, facts
from jalons.observatory.results import Crossing
from jalons.observatory.sheets import Row, Sheet


def document(shown: Restitution) -> Document:
    """The whole restitution, for its audience."""
    source = shown.source
    if shown.is_team:
        source = _("%(source)s. For the team only, do not circulate") % {
            "source": source
        }
    if shown.is_preview:
        source = _("%(source)s. Preview, not published") % {"source": source}
    return Document(
        title=shown.title,
        subtitle=shown.campaign.title,
        sections=list(_sections(shown)),
        language=get_language() or "fr",
        source_line=source,
        date_line=_date_line(shown),
        author=shown.campaign.sponsor,
        watermark=shown.watermark,
    )


def _date_line(shown: Restitution) -> str:
    if not shown.campaign.is_closed:
        return _("Survey still open: these figures may change")
    closed = date_format(shown.campaign.last_day, "DATE_FORMAT")
    return _("Survey closed on %(date)s") % {"date": closed}


def _sections(shown: Restitution) -> Iterator[Section]:
    yield Section(_("In short"), list(_summary(shown)))
    if shown.is_empty:
        return
    if shown.has_classes:
        yield Section(_("Level of progress"), list(_progress(shown)))
    yield Section(_("By département and by profile"), list(_participation(shown)))
    if shown.has_classes:
        yield Section(_("Crossings"), list(_crossings(shown)))
    if shown.figures.links:
        yield Section(_("What goes with a strategy"), list(_links(shown)))
    yield Section(_("What respondents say"), list(_answers(shown)))
    yield Section(_("Where these figures come from"), list(_origin(shown)))


def _summary(shown: Restitution) -> Iterator[Block]:
    yield Lead(shown.lead)
    yield Facts(facts(shown, shown.figures.questions))
    if shown.message_with_counts:
        yield Paragraph(shown.message_with_counts)


def _progress(shown: Restitution) -> Iterator[Block]:
    picture = maturity_map(shown, PRINT)
    if picture:
        yield Figure(
            svg=picture.svg,
            alt=picture.summary,
            caption=picture.title,
            note=sentences.caution(),
            legend=picture.legend,
        )
    yield table_of(tables.distribution(shown.figures, shown.words))
    yield _caution()
    yield table_of(tables.territories(shown.figures, shown.words))


def _participation(shown: Restitution) -> Iterator[Block]:
    yield table_of(tables.departements(shown.figures, shown.words))
    yield table_of(tables.profiles(shown.figures, shown.words))
    if shown.figures.base.channels:
        yield table_of(tables.channels(shown.figures))
    yield _caution()


def _crossings(shown: Restitution) -> Iterator[Block]:
    yield Paragraph(readings.examined(shown.figures))
    for crossing in shown.figures.crossings:
        title = crossing_tables.crossing_title(crossing)
        yield Section(title, list(_crossing(shown, crossing)))
    if told := readings.withheld(shown.figures):
        yield Paragraph(told)
    if told := readings.confounded(shown.figures, shown.words):
        yield Callout(told, "caution")


def _crossing(shown: Restitution, crossing: Crossing) -> Iterator[Block]:
    focus = crossing_tables.focus(crossing, shown.words, shown.figures)
    said = readings.crossing_said(crossing, shown.words, shown.figures)
    if focus:
        yield table_of(focus)
    if said:
        yield Paragraph([f"{said.statement} ", Strong(said.conclusion)])
        if said.details:
            yield Paragraph(said.details)
        if said.variants:
            yield Items(said.variants)
    yield table_of(crossing_tables.pivot(crossing, shown.words, shown.figures))
    if said:
        yield Callout(" ".join(said.warnings), "caution")
    yield _caution()


def _links(shown: Restitution) -> Iterator[Block]:
    yield table_of(crossing_tables.links(shown.figures, shown.words))
    yield Items([link_readings.said(one, shown.words) for one in shown.figures.links])
    yield Callout(link_readings.caution(shown.figures), "caution")
    yield _caution()


def _answers(shown: Restitution) -> Iterator[Block]:
    for question in shown.figures.questions:
        yield from _question(shown, question)
        yield _caution()
    made = degree_tables.builders(shown.figures.degrees, shown.words)
    yield from (table_of(build()) for build in made.values())
    if made:
        yield _caution()


def _question(shown: Restitution, question: Question) -> Iterator[Block]:
    yield table_of(answer_tables.question(question, shown.words))
    if len(question.groups) > 1:
        yield table_of(answer_tables.all_groups(question, shown.words))
    if question.role == "themes":
        yield Paragraph(sentences.shared_themes(question, shown.words))


def _origin(shown: Restitution) -> Iterator[Block]:
    yield Paragraph(shown.source)
    yield Items(sources.limits(shown))


def _caution() -> Callout:
    return Callout(sentences.caution(), "caution")


def table_of(sheet: Sheet) -> Table:
    """On paper a drawing has a column of its own, beside its number."""
    drawn = [any(row.cells[at].drawing for row in sheet.rows) for at in _places(sheet)]
    header: list[str] = []
    alignments: list[Alignment] = []
    for column, is_drawn in zip(sheet.columns, drawn, strict=True):
        header += [column.title, ""] if is_drawn else [column.title]
        alignments += ["end" if column.is_number else "start"]
        alignments += ["start"] if is_drawn else []
    return Table(
        caption=sheet.caption,
        header=header,
        rows=[list(_cells(row, drawn)) for row in sheet.rows],
        alignments=alignments,
        note=sheet.note,
        records=Records(sheet.header, list(sheet.records()), sheet.source),
    )


def _places(sheet: Sheet) -> range:
    return range(len(sheet.columns))


def _cells(row: Row, drawn: Sequence[bool]) -> Iterator[Cell]:
    for cell, is_drawn in zip(row.cells, drawn, strict=True):
        yield cell.text
        if is_drawn:
            yield Graphic(cell.drawing(PRINT)) if cell.drawing else ""
