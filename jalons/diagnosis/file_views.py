"""The figures of a territory as files for spreadsheets and programs, open to all."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jalons.diagnosis import commune_sheets, pages, workbooks
from jalons.documents.model import Document, Section
from jalons.files.exports import stream_csv
from jalons.observatory.documents import table_of
from jalons.territories.models import CURRENT_YEAR


@require_safe
@login_not_required
def figures_json(request: HttpRequest, code: str) -> HttpResponse:
    """Every table of the portrait, for programs."""
    shown = pages.open_reading(code)
    title = _("portrait %(name)s") % {"name": shown.portrait.territory.name}
    response = HttpResponse(
        workbooks.json_text(shown), content_type="application/json; charset=utf-8"
    )
    response.headers["Content-Disposition"] = content_disposition_header(
        True, f"{slugify(title)}.json"
    )
    return response


@require_safe
@login_not_required
def table_csv(request: HttpRequest, code: str, table: str) -> StreamingHttpResponse:
    """One table of the portrait."""
    sheet = workbooks.sheet_of(pages.open_reading(code), table)
    return stream_csv(f"{sheet.code}-{code}.csv", sheet.header, sheet.records())


@require_safe
@login_not_required
def communes_file(request: HttpRequest, code: str, format: str) -> HttpResponse:
    """The communes of a territory as a workbook."""
    if format != "xlsx":
        raise Http404
    found = pages.communes_of(pages.open_portrait(code))
    sheet = commune_sheets.sheet(found)
    document = Document(
        title=sheet.caption,
        sections=[Section(sheet.caption, [table_of(sheet)])],
        language=get_language() or "fr",
        source_line=found.sources,
        date_line=_("Communes of %(year)s") % {"year": CURRENT_YEAR},
        author="Jalons",
    )
    return pages.hand_out(document, format, f"communes {found.territory.name}")
