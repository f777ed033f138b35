"""A file of refused rows, mended and given back: its columns are already known."""

from __future__ import annotations

from contextlib import suppress

from django.core.files.uploadedfile import UploadedFile

from jalons.files.tables import UnreadableFile, first_lines
from jalons.imports.loaders import NOTE
from jalons.imports.mapping import InvalidMapping
from jalons.imports.matching import SET_ASIDE
from jalons.imports.models import ImportBatch
from jalons.imports.opening import mapping_of
from jalons.surveys.models import Campaign


def returned_from(campaign: Campaign, file: UploadedFile) -> ImportBatch | None:
    """The last import whose refused rows this file may be, by the columns we add."""
    columns = _columns_of(file)
    if not any(column.startswith(NOTE) for column in columns):
        return None
    for batch in campaign.imports.exclude(mapping="").order_by("-pk"):
        with suppress(InvalidMapping):
            if {*mapping_of(batch).needed_columns()} <= columns:
                return batch
    return None


def choices_again(batch: ImportBatch, file: UploadedFile) -> dict[str, object]:
    """What was chosen on the screens for that import; our columns are not read."""
    columns = batch.choices.get("columns")
    if not columns:
        return {}
    ours = {name: SET_ASIDE for name in _columns_of(file) if name.startswith(NOTE)}
    return {**batch.choices, "columns": {**columns, **ours}, "sheet": ""}


def _columns_of(file: UploadedFile) -> set[str]:
    with suppress(UnreadableFile):
        lines = first_lines(file, name=str(file.name), count=1)
        return {cell for _line, cells in lines for cell in cells}
    return set()
