"""Office files (DOCX, ODT, PPTX, XLSX) that do not change when nothing changes.

They are ZIP archives in which the libraries write the hour of the machine: it is
taken out, so that the same document gives the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

PROPERTIES = "docProps/core.xml"
_MOMENTS = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", re.DOTALL)

LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}


def without_clock(package: bytes) -> bytes:
    """The same archive, its parts in the same order, dated as ZIP dates nothing."""
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(package)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            name, content = info.filename, old.read(info)
            if name == PROPERTIES:
                content = _MOMENTS.sub(b"", content)
            entry = zipfile.ZipInfo(name)
            entry.compress_type = info.compress_type
            new.writestr(entry, content)
    return made.getvalue()


def locale_of(language: str) -> str:
    """The language as office programs name it, to choose their dictionary."""
    return LANGUAGES.get(language, language)
