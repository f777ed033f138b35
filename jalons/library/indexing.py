"""What is searched of a sheet, kept beside it."""

from __future__ import annotations

from jalons.library.definitions import read_tags
from jalons.library.models import Sheet, SheetText, Word
from jalons.library.stems import LONGEST, fold, line_of_stems, stems_of, words_in


def index_sheet(sheet: Sheet) -> None:
    """Bring what is searched of a sheet up to date."""
    read = sheet.read
    tags = [text for tag in read_tags().said(sheet.tags) for text in (tag.fr, tag.en)]
    place = sheet.territory.name if sheet.territory else ""
    zones = {
        "title": (sheet.title, sheet.title_en),
        "tags": (*tags, place, str(sheet.get_kind_display())),
        "summary": (sheet.summary, sheet.summary_en),
        "body": (*read.sections.values(), read.role, read.document),
    }
    lines = {zone: line_of_stems(*texts) for zone, texts in zones.items()}
    SheetText.objects.update_or_create(
        sheet=sheet, defaults={**lines, "stems": " ".join(lines.values())}
    )
    words = {
        word for texts in zones.values() for text in texts for word in words_in(text)
    }
    rows = {fold(word): stems_of(word)[0] for word in words}
    Word.objects.bulk_create(
        [
            Word(form=form[:LONGEST], stem=stem[:LONGEST], size=len(form))
            for form, stem in rows.items()
        ],
        ignore_conflicts=True,
    )
