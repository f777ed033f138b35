"""What a workshop gave, as files, at any time: the same lines in each."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.files.exports import stream_csv
from jalons.files.sheets import Sheet, write_workbook
from jalons.spaces.access import Right, get_space
from jalons.workshops import access, exports
from jalons.workshops.models import Workshop


@require_safe
def export(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponseBase:
    """Every contribution and every vote, for a spreadsheet."""
    workshop, is_team = _find(request, space_pk, pk)
    return stream_csv(
        _name(workshop, "csv"),
        exports.header(),
        exports.lines_of(workshop, is_team=is_team),
        is_simulated=workshop.meeting.is_simulated,
    )


@require_safe
def export_xlsx(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponseBase:
    """The same as a workbook, written whole before its first byte is sent."""
    workshop, is_team = _find(request, space_pk, pk)
    lines = exports.lines_of(workshop, is_team=is_team)
    sheet = Sheet(_("Contributions"), exports.header(), lines)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "contributions.xlsx"
        write_workbook(path, [sheet], is_simulated=workshop.meeting.is_simulated)
        # The name goes with the folder; the content stays while it is open.
        name = _name(workshop, "xlsx")
        return FileResponse(path.open("rb"), as_attachment=True, filename=name)


@require_safe
def export_json(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponseBase:
    """The same, for a program."""
    workshop, is_team = _find(request, space_pk, pk)
    response = StreamingHttpResponse(
        exports.json_text(workshop, is_team=is_team),
        content_type="application/json; charset=utf-8",
    )
    name = _name(workshop, "json")
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _find(request: SignedInRequest, space_pk: int, pk: int) -> tuple[Workshop, bool]:
    """The workshop, and whether its reader sees what is hidden from the room."""
    space = get_space(request.user, space_pk, Right.READ)
    return access.get_workshop(space, pk), access.sees_hidden(request.user, space)


def _name(workshop: Workshop, suffix: str) -> str:
    return f"contributions-{workshop.code}.{suffix}"
