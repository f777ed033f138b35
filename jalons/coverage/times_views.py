"""The travel times that a team gives, and that every reader may choose."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from jalons.accounts.access import SignedInRequest
from jalons.coverage import operations
from jalons.coverage.access import get_table
from jalons.coverage.forms import TimesForm
from jalons.coverage.loaders import Report, read_times
from jalons.files.tables import UnreadableFile, read_table
from jalons.spaces.access import Right, get_space
from jalons.spaces.models import Space


@require_http_methods(["GET", "HEAD", "POST"])
def times(request: SignedInRequest, pk: int) -> HttpResponse:
    """The tables of the team; a file is loaded whole, or told row by row."""
    space = get_space(request.user, pk, Right.EDIT)
    form = TimesForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        report = _read(form)
        if report and _load(request, space, form, report):
            return redirect("coverage:times", pk)
    context = {
        "space": space,
        "form": form,
        "report": report,
        "tables": space.travel_times.order_by("name"),
    }
    return render(request, "coverage/times.html", context)


def _read(form: TimesForm) -> Report | None:
    upload = form.cleaned_data["file"]
    try:
        return read_times(read_table(upload), name=upload.name)
    except UnreadableFile as error:
        form.add_error("file", str(error))
        return None


def _load(
    request: SignedInRequest, space: Space, form: TimesForm, report: Report
) -> bool:
    """Whether the table is kept; what prevents it is said in the form or the report."""
    if report.refused and not form.cleaned_data["leaves_refused"]:
        return False
    try:
        operations.load_times(
            form.described, report.times, space=space, by=request.user
        )
    except operations.NameTaken:
        form.add_error("name", _("A table has this name already: choose another."))
        return False
    except operations.NoTime:
        form.add_error("file", _("The file gives no time to keep."))
        return False
    count = len(report.times)
    said = ngettext("%(n)d time is loaded.", "%(n)d times are loaded.", count)
    messages.success(request, said % {"n": count})
    return True


@require_POST
def remove_times(request: SignedInRequest, pk: int, table_pk: int) -> HttpResponse:
    space = get_space(request.user, pk, Right.EDIT)
    operations.remove_times(get_table(space, table_pk), by=request.user)
    messages.success(request, _("The table is removed: pages show kilometres again."))
    return redirect("coverage:times", pk)
