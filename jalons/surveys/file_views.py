"""Answers given back as files, for the team of the survey."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.files.exports import stream_csv
from jalons.files.sheets import TooLong
from jalons.spaces.access import Right
from jalons.surveys import access, answer_files, tables
from jalons.surveys import code_book as book

ROW_COUNT = "X-Row-Count"


@require_safe
def export(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Every answer sent, as codes or in words, streamed; not to be passed around."""
    found = _asked(request, pk)
    return _streamed(found, answer_files.csv_text(found), "csv", "text/csv")


@require_safe
def export_json(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The same, with the code book, for a program."""
    found = _asked(request, pk)
    return _streamed(found, answer_files.json_text(found), "json", "application/json")


@require_safe
def export_xlsx(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The same as a workbook, written whole before its first byte is sent."""
    found = _asked(request, pk)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.xlsx"
        try:
            count = answer_files.write_xlsx(found, path)
        except TooLong:
            messages.error(request, _("A sheet cannot hold so many answers: take CSV."))
            return redirect("surveys:show", pk)
        # The name goes with the folder; the content stays while it is open.
        response = FileResponse(
            path.open("rb"), as_attachment=True, filename=_name(found, "xlsx")
        )
    response.headers[ROW_COUNT] = str(count)
    return response


@require_safe
def code_book(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """What each column of the exports means."""
    campaign = access.get_campaign(request.user, pk, Right.EDIT)
    return stream_csv(
        f"{campaign.slug}-dictionnaire.csv",
        book.header(),
        book.rows(campaign, get_language() or "fr"),
    )


@require_safe
def contacts(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The people who agreed to be called back, for whoever calls them."""
    campaign = access.get_campaign(request.user, pk, Right.EDIT)
    return stream_csv(
        f"{campaign.slug}-contacts-ne-pas-diffuser.csv",
        tables.contacts_header(),
        tables.contacts_rows(campaign, get_language() or "fr"),
        is_simulated=campaign.is_simulated,
    )


def _asked(request: SignedInRequest, pk: int) -> tables.Export:
    campaign = access.get_campaign(request.user, pk, Right.EDIT)
    wording: tables.Wording = "words" if request.GET.get("textes") == "1" else "codes"
    return tables.export_of(campaign, wording, get_language() or "fr")


def _streamed(
    found: tables.Export, content: Iterable[str], suffix: str, kind: str
) -> StreamingHttpResponse:
    response = StreamingHttpResponse(content, content_type=f"{kind}; charset=utf-8")
    name = _name(found, suffix)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers[ROW_COUNT] = str(found.row_count)
    return response


def _name(found: tables.Export, suffix: str) -> str:
    return f"{found.campaign.slug}-ne-pas-diffuser.{suffix}"
