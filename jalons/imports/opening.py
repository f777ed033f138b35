"""The file of an import, as it was given, read with the mapping it was tied to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files import File
from django.utils.translation import gettext as _

from jalons.files.tables import UnreadableFile
from jalons.imports import quarantine
from jalons.imports.loaders import AnswerFile, open_answers
from jalons.imports.mapping import Mapping, parse_mapping
from jalons.imports.models import ImportBatch


def mapping_of(batch: ImportBatch) -> Mapping:
    """The mapping of a file, checked against the survey as it is now."""
    definition = batch.campaign.version.read()
    return parse_mapping(batch.mapping.encode(), batch.mapping_name, definition)


def content_of(batch: ImportBatch) -> File[bytes]:
    """The file as it was given. Raises UnreadableFile."""
    try:
        if batch.stored is not None:
            return batch.stored.file.open("rb")
    except FileNotFoundError as error:
        raise _no_longer_kept(batch) from error
    raise _no_longer_kept(batch)


def _no_longer_kept(batch: ImportBatch) -> UnreadableFile:
    message = _("The file is no longer kept. Give it again.")
    return UnreadableFile(message, name=batch.file_name)


@contextmanager
def opened(batch: ImportBatch) -> Iterator[AnswerFile]:
    """The file of an import, opened with its mapping. Raises UnreadableFile."""
    mapping = mapping_of(batch)
    with content_of(batch) as content:
        file = open_answers(batch.campaign, mapping, content, name=batch.file_name)
        try:
            yield file
        finally:
            file.close()


def refused_rows(batch: ImportBatch) -> Iterator[str]:
    """The refused rows of a file that is still kept, as CSV."""
    with opened(batch) as file:
        yield from quarantine.blocks(file)
