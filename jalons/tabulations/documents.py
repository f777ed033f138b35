"""A table of the desk as a document: one sheet a layer, then each share's interval."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.documents.model import (
    Block,
    Callout,
    Document,
    Items,
    Paragraph,
    Records,
    Section,
    Table,
)
from jalons.documents.words import date_format
from jalons.observatory.sheets import Sheet
from jalons.surveys.models import Campaign
from jalons.tabulations import reading, sheets, weighing
from jalons.tabulations.reading import Read


def document(campaign: Campaign, shown: Read, address: str) -> Document:
    """The table, how it was made, and the address that makes it again."""
    blocks: list[Block] = []
    for layer in shown.table.layers:
        blocks.append(table(sheets.pivot(shown, layer)))
        blocks += [Paragraph(one) for one in reading.said(shown, layer)]
    blocks.append(table(sheets.long(shown)))
    blocks += [Callout(one, "caution") for one in reading.warnings(shown)]
    made = [*reading.filters(shown), *weighing.calibration(shown), address]
    return Document(
        title=shown.title,
        sections=[
            Section(_("Table"), blocks),
            Section(_("How it was made"), [Items(made)]),
        ],
        language=get_language() or "fr",
        source_line=source(campaign),
        date_line=date_format(campaign.today(), "DATE_FORMAT"),
        author=campaign.sponsor,
        watermark=_("SIMULATED") if campaign.is_simulated else None,
    )


def source(campaign: Campaign) -> str:
    text = _("Survey “%(title)s”, %(sponsor)s") % {
        "title": campaign.title,
        "sponsor": campaign.sponsor,
    }
    return _("%(source)s. For the team only, do not circulate") % {"source": text}


def table(sheet: Sheet) -> Table:
    """A sheet as a block of a document, its numbers kept as numbers."""
    return Table(
        caption=sheet.caption,
        header=[column.title for column in sheet.columns],
        rows=[[cell.text for cell in row.cells] for row in sheet.rows],
        alignments=["end" if one.is_number else "start" for one in sheet.columns],
        note=sheet.note,
        records=Records(sheet.header, list(sheet.records())),
    )
