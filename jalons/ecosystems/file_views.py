"""A resource map as files: to read, to fill with a pen, to count."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import hand_out
from jalons.documents import CONTENT_TYPES
from jalons.documents import render as make_file
from jalons.ecosystems import access, exports
from jalons.ecosystems.documents import map_document, sheet_document
from jalons.ecosystems.models import ResourceMap
from jalons.files.exports import SIMULATED, stream_csv
from jalons.files.sheets import Sheet, write_workbook
from jalons.spaces.access import Right, get_space

DOCUMENTS = ("pdf", "docx", "odt")


@require_safe
def file(
    request: SignedInRequest, space_pk: int, pk: int, format: str
) -> HttpResponseBase:
    """The map in the format asked for; the same lines in each of those that count."""
    map = access.get_map(get_space(request.user, space_pk, Right.READ), pk)
    if format in DOCUMENTS:
        made = make_file(map_document(map), format)
        return hand_out(made, CONTENT_TYPES[format], map.title, format)
    match format:
        case "csv":
            lines = exports.lines_of(map)
            name, header = f"{slugify(map.title)}.csv", exports.header()
            return stream_csv(name, header, lines, is_simulated=map.is_simulated)
        case "xlsx":
            return _workbook(map)
        case "json":
            return _json(map)
    raise Http404


@require_safe
def sheet(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """What a table fills with a pen."""
    map = access.get_map(get_space(request.user, space_pk, Right.READ), pk)
    document = sheet_document(map)
    made = make_file(document, "pdf")
    return hand_out(made, CONTENT_TYPES["pdf"], document.title, "pdf")


def _workbook(map: ResourceMap) -> HttpResponseBase:
    table = Sheet(_("Links"), exports.header(), exports.lines_of(map))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "map.xlsx"
        write_workbook(path, [table], is_simulated=map.is_simulated)
        # The name goes with the folder; the content stays while it is open.
        name = f"{slugify(map.title)}.xlsx"
        return FileResponse(path.open("rb"), as_attachment=True, filename=name)


def _json(map: ResourceMap) -> HttpResponse:
    names = exports.header()
    told = {
        "map": map.title,
        "notice": SIMULATED if map.is_simulated else "",
        "links": [
            dict(zip(names, line, strict=True)) for line in exports.lines_of(map)
        ],
    }
    text = json.dumps(told, ensure_ascii=False, default=str)
    return hand_out(text.encode(), "application/json; charset=utf-8", map.title, "json")
