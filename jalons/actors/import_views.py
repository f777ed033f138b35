"""Actors taken from a file or from the directory: read first, added once confirmed."""

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
from jalons.actors import access, from_directory, loaders, operations
from jalons.actors.access import FILE_KIND
from jalons.actors.column_forms import ColumnsForm
from jalons.actors.forms import FileForm
from jalons.actors.pages import form_page
from jalons.actors.vocabulary import choices, read_vocabulary
from jalons.files import operations as files
from jalons.files.models import StoredFile
from jalons.files.tables import UnreadableFile
from jalons.spaces.access import Right, get_space
from jalons.spaces.models import Space

KEPT_DAYS = 2
"""Long enough to read the report and come back to it."""


@never_cache
@form_page
def load(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """Give a file; nothing is added yet."""
    space = get_space(request.user, space_pk, Right.EDIT)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            stored = files.receive(
                upload,
                kind=FILE_KIND,
                suffixes=files.TABLES,
                kept_days=KEPT_DAYS,
                space_id=space.pk,
            )
        except files.RefusedUpload as error:
            form.add_error("file", str(error))
        else:
            return redirect("actors:columns", space_pk, stored.pk)
    return render(request, "actors/load.html", {"space": space, "form": form})


@never_cache
@form_page
def columns(request: SignedInRequest, space_pk: int, file_pk: int) -> HttpResponse:
    """Which column holds what, what would be added, then the adding itself."""
    space = get_space(request.user, space_pk, Right.EDIT)
    stored = access.get_file(space, file_pk)
    given = request.POST if request.method == "POST" else None
    context: dict[str, object] = {"space": space, "stored": stored}
    try:
        read = _read(space, stored, given)
    except UnreadableFile as error:
        context["problem"] = str(error)
        return render(request, "actors/columns.html", context)
    if given and "ajouter" in given and read.found and read.found.actors:
        count = operations.import_actors(space, read.found.actors, by=request.user)
        files.discard(stored)
        _tell(request, count)
        return redirect("actors:list", space_pk)
    context |= {"form": read.form, "remarks": read.remarks, "found": read.found}
    return render(request, "actors/columns.html", context)


@require_POST
def forget(request: SignedInRequest, space_pk: int, file_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    files.discard(access.get_file(space, file_pk))
    messages.success(request, _("The file is forgotten: nothing was added."))
    return redirect("actors:list", space_pk)


@never_cache
@form_page
def directory(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """Organisations whose places are here, each with the family proposed for it."""
    space = get_space(request.user, space_pk, Right.EDIT)
    query = request.GET.get("q", "").strip()
    found = from_directory.candidates(space, query)
    shown = found[: from_directory.MOST]
    blank: list[str] = []
    if request.method == "POST":
        blank = from_directory.without_family(shown, request.POST)
        actors = from_directory.chosen_actors(shown, request.POST)
        if actors and not blank:
            count = operations.take_actors(space, actors, by=request.user)
            _tell(request, count)
            return redirect("actors:list", space_pk)
    context = {
        "space": space,
        "query": query,
        "found": shown,
        "count": len(found),
        "families": choices(read_vocabulary().families),
        "blank": blank,
        "is_empty_choice": request.method == "POST" and not blank,
    }
    return render(request, "actors/directory.html", context)


@dataclass(frozen=True, slots=True)
class Read:
    """A file as its columns are named; `found` once they are."""

    form: ColumnsForm
    remarks: tuple[str, ...]
    found: loaders.Sorted | None


def _read(space: Space, stored: StoredFile, given: QueryDict | None) -> Read:
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
        found = loaders.sort_out(space, table, form.chosen, name=stored.name)
        return Read(form, table.remarks, found)


def _tell(request: SignedInRequest, count: int) -> None:
    said = ngettext(
        "%(n)d actor is added to the table.", "%(n)d actors are added.", count
    )
    messages.success(request, said % {"n": count})
