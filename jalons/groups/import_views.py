"""Members taken from a file: read first, added once confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jalons.accounts.access import SignedInRequest
from jalons.actors.column_forms import ColumnsForm
from jalons.actors.pages import form_page
from jalons.files import operations as files
from jalons.files.models import StoredFile
from jalons.files.tables import UnreadableFile
from jalons.groups import access, loaders, operations
from jalons.groups.forms import FileForm
from jalons.groups.models import Group
from jalons.spaces.access import Right, get_space

KEPT_DAYS = 2
"""Long enough to read the report and come back to it."""


@never_cache
@form_page
def load(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Give a file; nothing is added yet."""
    space = get_space(request.user, space_pk, Right.EDIT)
    group = access.get_group(space, pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            stored = files.receive(
                form.cleaned_data["file"],
                kind=access.FILE_KIND,
                suffixes=files.TABLES,
                kept_days=KEPT_DAYS,
                space_id=space.pk,
            )
        except files.RefusedUpload as error:
            form.add_error("file", str(error))
        else:
            return redirect("groups:check", space_pk, pk, stored.pk)
    context = {"space": space, "group": group, "form": form}
    return render(request, "groups/load.html", context)


@never_cache
@form_page
def check(
    request: SignedInRequest, space_pk: int, pk: int, file_pk: int
) -> HttpResponse:
    """Which column holds what, what would be added, then the adding itself."""
    space = get_space(request.user, space_pk, Right.EDIT)
    group = access.get_group(space, pk)
    stored = access.get_file(group, file_pk)
    context: dict[str, object] = {"space": space, "group": group, "stored": stored}
    try:
        read = _read(group, stored, request.POST or None)
    except UnreadableFile as error:
        context["problem"] = str(error)
        return render(request, "groups/check.html", context)
    if "ajouter" in request.POST and read.found and read.found.seats:
        count = operations.import_seats(group, read.found.seats, by=request.user)
        files.discard(stored)
        said = ngettext("%(n)d member is added.", "%(n)d members are added.", count)
        messages.success(request, said % {"n": count})
        return redirect("groups:show", space_pk, pk)
    context |= {"form": read.form, "remarks": read.remarks, "found": read.found}
    return render(request, "groups/check.html", context)


@require_POST
def forget(
    request: SignedInRequest, space_pk: int, pk: int, file_pk: int
) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    group = access.get_group(space, pk)
    files.discard(access.get_file(group, file_pk))
    messages.success(request, _("The file is forgotten: nothing was added."))
    return redirect("groups:show", space_pk, pk)


@dataclass(frozen=True, slots=True)
class Read:
    """A file as its columns are named; `found` once they are."""

    form: ColumnsForm
    remarks: tuple[str, ...]
    found: loaders.Sorted | None


def _read(group: Group, stored: StoredFile, given: QueryDict | None) -> Read:
    """Raises UnreadableFile."""
    with files.kept_table(stored) as table:
        form = ColumnsForm(
            given,
            columns=table.columns,
            headings=loaders.HEADINGS,
            fields=loaders.FIELDS,
            required=loaders.REQUIRED,
        )
        if form.chosen is None:
            return Read(form, table.remarks, None)
        found = loaders.sort_out(group, table, form.chosen, name=stored.name)
        return Read(form, table.remarks, found)
