"""The register of contributions: who gives what, promised or given, by college."""

from __future__ import annotations

from contextlib import closing

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page, hand_out
from jalons.coordination import access, exports, operations
from jalons.coordination.figures import Register, register_of
from jalons.coordination.forms import (
    ContributionForm,
    ContributionsFileForm,
    OnlineServiceForm,
    YearForm,
)
from jalons.coordination.loaders import Sorted, read_contributions
from jalons.files.exports import stream_csv
from jalons.files.tables import UnreadableFile, read_table
from jalons.spaces.access import Right, get_space, right_in
from jalons.spaces.models import Space

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@never_cache
def register(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """What is promised and given, of a year or of all."""
    space = get_space(request.user, space_pk, Right.READ)
    found, form = _read(request, space)
    context = {
        "space": space,
        "register": found,
        "year_form": form,
        "service_form": OnlineServiceForm(space=space),
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "coordination/register.html", context)


@require_safe
def file(request: SignedInRequest, space_pk: int, format: str) -> HttpResponseBase:
    """The register as a table: one line a contribution; in XLSX, the totals too."""
    space = get_space(request.user, space_pk, Right.READ)
    found, _form = _read(request, space)
    name = f"{_('contributions')}-{space_pk}"
    if format == "xlsx":
        return hand_out(exports.workbook(found), XLSX, name, "xlsx")
    if format != "csv":
        raise Http404
    return stream_csv(
        f"{name}.csv",
        exports.header(),
        exports.lines_of(found),
        is_simulated=found.is_simulated,
    )


@never_cache
@form_page
def give(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    form = ContributionForm(request.POST or None, space=space)
    if request.method == "POST" and form.is_valid():
        operations.save_contribution(form.save(commit=False), by=request.user)
        messages.success(request, _("It is in the register."))
        return redirect("coordination:register", space_pk)
    return render(request, "coordination/give.html", {"space": space, "form": form})


@never_cache
@form_page
def load(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """Contributions of a file: told first, then written, all or none."""
    space = get_space(request.user, space_pk, Right.EDIT)
    form = ContributionsFileForm(request.POST or None, request.FILES or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = _read_file(space, form)
        if found and not found.refused and not form.cleaned_data["dry_run"]:
            operations.import_contributions(space, found.rows, by=request.user)
            messages.success(request, _("The contributions are in the register."))
            return redirect("coordination:register", space_pk)
    context = {"space": space, "form": form, "found": found}
    return render(request, "coordination/load.html", context)


def _read_file(space: Space, form: ContributionsFileForm) -> Sorted | None:
    """What the file says; None when it cannot be read, and the form tells why."""
    upload = form.cleaned_data["file"]
    try:
        table = read_table(upload, name=upload.name)
        with closing(table.rows):
            return read_contributions(space, table, name=upload.name)
    except UnreadableFile as error:
        form.add_error("file", str(error))
        return None


@never_cache
@form_page
def change(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    row = access.get_contribution(space, pk)
    form = ContributionForm(request.POST or None, instance=row, space=space)
    if request.method == "POST" and form.is_valid():
        operations.save_contribution(form.save(commit=False), by=request.user)
        messages.success(request, _("It is in the register."))
        return redirect("coordination:register", space_pk)
    can_edit = right_in(request.user, space, Right.EDIT)
    context = {"space": space, "row": row, "form": form, "can_edit": can_edit}
    return render(request, "coordination/change.html", context)


@require_POST
def drop(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    row = access.get_contribution(space, pk)
    operations.remove_contribution(row, by=request.user)
    messages.success(request, _("Removed: “%(row)s”.") % {"row": row})
    return redirect("coordination:register", space_pk)


@require_POST
def note_service(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """What an actor asks of people online."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    form = OnlineServiceForm(request.POST, space=space)
    if form.is_valid():
        operations.note_online_service(form.save(commit=False), by=request.user)
        messages.success(request, _("It is in the register."))
        return redirect("coordination:register", space_pk)
    context = {"space": space, "form": form}
    return render(request, "coordination/service.html", context)


@require_POST
def drop_service(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    row = access.get_online_service(space, pk)
    operations.remove_online_service(row, by=request.user)
    messages.success(request, _("Removed: “%(row)s”.") % {"row": row})
    return redirect("coordination:register", space_pk)


def _read(request: SignedInRequest, space: Space) -> tuple[Register, YearForm]:
    """The register of the year asked; of every year when that one is not there."""
    every = register_of(space)
    form = YearForm(request.GET or None, years=list(every.years))
    year = form.cleaned_data["annee"] if form.is_valid() else None
    return (register_of(space, year=year) if year else every), form
