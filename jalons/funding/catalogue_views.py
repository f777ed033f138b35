"""The catalogue of schemes of a space: read, filled from a file."""

from __future__ import annotations

from contextlib import closing

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.files.tables import UnreadableFile, read_table
from jalons.funding import access, operations
from jalons.funding.forms import CatalogueForm
from jalons.funding.loaders import Sorted, read_schemes
from jalons.funding.models import Scheme
from jalons.spaces.access import Right, get_space, right_in
from jalons.spaces.models import Space


@require_safe
@never_cache
def schemes(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """Every scheme, those that are closed and those of a centre said to be."""
    space = get_space(request.user, space_pk, Right.READ)
    today = timezone.localdate()
    offered = Scheme.objects.offered_to(space).select_related("space")
    found = offered.prefetch_related("territories")
    context = {
        "space": space,
        "schemes": [(one, one.is_closed(on=today)) for one in found],
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "funding/schemes.html", context)


@never_cache
@form_page
def load(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """A file of schemes: one line refused, and nothing is written."""
    space = get_space(request.user, space_pk, Right.EDIT)
    form, found = CatalogueForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        found = _read(space, form)
        if found and not found.refused and "try" not in request.POST:
            operations.load_schemes(space, found.schemes, by=request.user)
            messages.success(request, _loaded(len(found.schemes)))
            return redirect("funding:schemes", space_pk)
    context = {"space": space, "form": form, "found": found}
    return render(request, "funding/load.html", context)


@require_POST
def drop(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """A scheme that leaves the catalogue."""
    space = get_space(request.user, space_pk, Right.EDIT)
    scheme = access.get_scheme(space, pk)
    operations.remove_scheme(scheme, by=request.user)
    messages.success(request, _("Removed: “%(row)s”.") % {"row": scheme})
    return redirect("funding:schemes", space_pk)


def _read(space: Space, form: CatalogueForm) -> Sorted | None:
    """What the file says; None when it cannot be read, and the form tells why."""
    upload = form.cleaned_data["file"]
    try:
        table = read_table(upload, name=upload.name)
        with closing(table.rows):
            return read_schemes(space, table, name=upload.name)
    except UnreadableFile as error:
        form.add_error("file", str(error))
        return None


def _loaded(count: int) -> str:
    words = ngettext(
        "%(n)s scheme is in the catalogue.",
        "%(n)s schemes are in the catalogue.",
        count,
    )
    return words % {"n": count}
