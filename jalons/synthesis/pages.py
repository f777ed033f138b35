"""What each page of a synthesis shows, whoever reads it: the team or the public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from jalons.documents import CONTENT_TYPES
from jalons.documents import render as make_file
from jalons.files.exports import stream_csv
from jalons.hosts.signing import with_host
from jalons.synthesis.content import Content, Map, Piece, Table
from jalons.synthesis.documents import document

T = TypeVar("T", bound=HttpResponseBase)

FRAGMENTS = {
    "text": "synthesis/_text.html",
    "heading": "synthesis/_heading.html",
    "caution": "synthesis/_caution.html",
    "facts": "synthesis/_facts.html",
    "table": "synthesis/_table.html",
    "map": "synthesis/_map.html",
    "quotes": "synthesis/_quotes.html",
    "missing": "synthesis/_missing.html",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A synthesis and its addresses: the team's preview, or the public's."""

    content: Content
    slug: str
    kwargs: Mapping[str, object]
    is_public: bool
    app: str = "synthesis"
    """Whose addresses they are: a document composed above has the same pages."""

    def url(self, name: str, **more: object) -> str:
        prefix = "public" if self.is_public else "preview"
        full = f"{prefix}_{name}" if name else prefix
        return reverse(f"{self.app}:{full}", kwargs={**self.kwargs, **more})

    @property
    def home(self) -> str:
        return self.url("")

    @property
    def desk_url(self) -> str:
        """Where the team writes it."""
        name = "show" if self.app == "synthesis" else "edit"
        return reverse(f"{self.app}:{name}", kwargs=dict(self.kwargs))

    @property
    def method_url(self) -> str:
        return self.url("method")

    @property
    def chapters(self) -> list[tuple[str, str]]:
        """Title and address of each chapter."""
        return [
            (chapter.title, self.url("chapter", number=number))
            for number, chapter in enumerate(self.content.chapters, start=1)
        ]

    @property
    def files(self) -> list[tuple[str, str]]:
        names = {
            "pdf": _("Report (PDF)"),
            "docx": _("Report to be reworked (DOCX)"),
            "odt": _("Report to be reworked (ODT)"),
            "pptx": _("Slides (PPTX)"),
            "xlsx": _("Every table (XLSX)"),
        }
        return [(label, self.url("file", format=one)) for one, label in names.items()]

    @property
    def tables(self) -> list[tuple[str, str]]:
        """Caption and address of every table as CSV."""
        return [
            (one.caption, self.url("table", code=one.code))
            for one in self.content.tables
        ]


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece, its template, and the address of its CSV when it is a table."""

    piece: Piece
    template: str
    csv: str = ""


def cover(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The title, the chapters, the files, and who made it."""
    return render(request, "synthesis/cover.html", {"opened": opened})


def chapter(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    found = opened.content.chapters
    if not 1 <= number <= len(found):
        raise Http404
    chapters = opened.chapters
    context = {
        "opened": opened,
        "chapter": found[number - 1],
        "pieces": [_shown(opened, piece) for piece in found[number - 1].pieces],
        "previous": chapters[number - 2] if number > 1 else None,
        "following": chapters[number] if number < len(chapters) else None,
        "has_map": any(isinstance(one, Map) for one in found[number - 1].pieces),
    }
    return render(request, "synthesis/chapter.html", context)


def method(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Data and method: enough to make every number again."""
    context = {
        "opened": opened,
        "parts": [
            (part, opened.url("table", code=part.table.code) if part.table else "")
            for part in opened.content.method
        ],
    }
    return render(request, "synthesis/method.html", context)


def table(opened: Opened, code: str) -> HttpResponseBase:
    found = opened.content.table(code)
    if found is None:
        raise Http404
    name = f"{opened.slug}-{code}.csv"
    is_simulated = opened.content.is_simulated
    response = stream_csv(name, found.header, found.records, is_simulated=is_simulated)
    return _sent(response, opened, name)


def file(opened: Opened, format: str) -> HttpResponse:
    """The whole synthesis as a file."""
    if format not in CONTENT_TYPES:
        raise Http404
    content = make_file(with_host(document(opened.content)), format)
    response = HttpResponse(content, content_type=CONTENT_TYPES[format])
    return _sent(response, opened, f"synthese-{opened.slug}.{format}")


def _shown(opened: Opened, piece: Piece) -> Shown:
    csv = opened.url("table", code=piece.code) if isinstance(piece, Table) else ""
    return Shown(piece, FRAGMENTS[piece.kind], csv)


def _sent(response: T, opened: Opened, name: str) -> T:
    """A file under its name, kept from search engines when it is simulated."""
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    if not opened.is_public or opened.content.is_simulated:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
