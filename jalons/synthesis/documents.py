"""A synthesis as a document: PDF, word processor, slides, workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from jalons.documents.model import (
    Block,
    Callout,
    Cover,
    Document,
    Fact,
    Facts,
    Figure,
    Items,
    Lead,
    Mention,
    Paragraph,
    Quote,
    Records,
    Section,
    Table,
)
from jalons.drawing.legends import Entry
from jalons.synthesis import content as parts
from jalons.synthesis.content import Content, Part, Piece

MOST_ROWS = 40
"""Rows of a table that are read in their chapter: a longer one is looked up."""


def document(content: Content) -> Document:
    """The whole synthesis; its method and its longest tables in an annex."""
    with translation.override(content.language):
        annex, full = _("Data and method"), _("Tables in full")
        moved = _("This table is at the end of the report: %(title)s.") % {
            "title": full
        }
    chapters = [
        Section(chapter.title, _under_headings(chapter.pieces, moved))
        for chapter in content.chapters
        if chapter.title.strip()
    ]
    made = [Section(part.title, list(_part(part))) for part in content.method]
    long = [one for one in content.pieces if _is_long(one)]
    if long:
        made.append(Section(full, [b for one in long for b in _blocks(one)]))
    return Document(
        title=content.title,
        subtitle=content.subtitle,
        sections=[*chapters, Section(annex, made, "annex")],
        language=content.language,
        source_line=content.source,
        date_line=content.date_line,
        author=content.author,
        watermark=_("SIMULATED") if content.is_simulated else None,
        cover=Cover(
            [Mention(one.role, one.holder) for one in content.publication],
            [Mention(one.role, one.holder) for one in content.group],
            content.thanks,
        ),
        cautions=content.cautions,
    )


def _under_headings(pieces: Sequence[Piece], moved: str) -> list[Block]:
    """The blocks of a chapter; those that follow a heading, in its own section."""
    found: list[Block] = []
    under = found
    for piece in pieces:
        if isinstance(piece, parts.Heading):
            under = []
            found.append(Section(piece.title, under))
        else:
            under.extend(_placed(piece, moved))
    return found


def _is_long(piece: Piece) -> bool:
    return isinstance(piece, parts.Table) and len(piece.rows) > MOST_ROWS


def _placed(piece: Piece, moved: str) -> Iterator[Block]:
    """A piece in its chapter; of a long table, where it is."""
    if isinstance(piece, parts.Table) and _is_long(piece):
        yield Paragraph(f"{piece.caption}\u00a0– {moved}")
    else:
        yield from _blocks(piece)


def _blocks(piece: Piece) -> Iterator[Block]:
    match piece:
        case parts.Text(kind="caution"):
            yield from (Callout(one, "caution") for one in piece.paragraphs)
        case parts.Text():
            yield from (Paragraph(one) for one in piece.paragraphs)
        case parts.Facts(lead, items):
            yield Lead(lead)
            yield Facts([Fact(i.label, i.value, i.unit, i.note) for i in items])
        case parts.Map():
            yield _figure(piece)
        case parts.Table():
            yield _table(piece)
            yield from (Paragraph(one) for one in piece.details)
        case parts.Quotes(items):
            yield from (Quote(one.text, one.attribution) for one in items)
        case parts.Missing(title, reason):
            yield Callout(f"{title}. {reason}", "caution")


def _figure(piece: parts.Map) -> Figure:
    return Figure(
        svg=piece.on_paper,
        alt=piece.alt,
        caption=piece.caption,
        note=piece.note,
        legend=[
            Entry(key.code, key.label, mark_safe(key.on_paper)) for key in piece.legend
        ],
        is_detail=piece.is_detail,
    )


def _table(piece: parts.Table) -> Table:
    return Table(
        caption=piece.caption,
        header=[column.title for column in piece.columns],
        rows=piece.rows,
        alignments=["end" if one.is_number else "start" for one in piece.columns],
        note=piece.note,
        records=Records(piece.header, piece.records),
        is_detail=piece.is_detail,
        conclusion=piece.conclusion,
    )


def _part(part: Part) -> Iterator[Block]:
    if part.lines:
        yield Items(part.lines)
    if part.table:
        yield _table(part.table)
