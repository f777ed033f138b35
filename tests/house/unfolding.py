"""All that an answer says: its headers, its text, and what its files hold unfolded."""

from __future__ import annotations

import contextlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

from pypdf import PdfReader
from pypdf.errors import PyPdfError

DEEP = 3


def said_by(response) -> bytes:
    """Everything, one after the other: enough to look for a word."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    cookies = response.cookies.output()
    first = f"{response.reason_phrase}\n{headers}\n{unquote(headers)}\n{cookies}"
    return b"\n".join([first.encode(), *unfolded(response.getvalue())])


def unfolded(content: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes, and those of what they hold: archives, documents, compressed texts."""
    yield content
    if depth > DEEP:
        return
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from unfolded(archive.read(name), depth + 1)
    elif content[:2] == b"\x1f\x8b":
        yield from unfolded(zlib.decompress(content, 31), depth + 1)
    elif content[:5] == b"%PDF-":
        yield _text_of_pdf(content)


def _text_of_pdf(content: bytes) -> bytes:
    """Nothing of a file that is no PDF but in name: its bytes were looked at."""
    with contextlib.suppress(PyPdfError):
        pages = PdfReader(io.BytesIO(content)).pages
        text = "\n".join(page.extract_text() for page in pages)
        # A word cut at the end of a line is one word.
        return f"{text}\n{text.replace(chr(10), '')}".encode()
    return b""
