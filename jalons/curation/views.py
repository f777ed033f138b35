"""The lists of a team: what they hold, what they lack, what is corrected."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.curation import access, correcting
from jalons.curation.figures import PAST_SHOWN, counts_of, places_to_complete
from jalons.curation.forms import CorrectForm
from jalons.directory.models import PlaceList
from jalons.files.exports import SIMULATED, csv_blocks
from jalons.spaces.access import Right, get_space, right_in
from jalons.spaces.models import Space

PER_PAGE = 40


@require_safe
def list(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """The lists of places of a team, and what there is to do."""
    space = get_space(request.user, space_pk, Right.READ)
    context = {
        "space": space,
        "lists": PlaceList.objects.filter(space=space).order_by("name"),
        "counts": counts_of(space),
        "past": space.place_imports.order_by("-pk")[:PAST_SHOWN],
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "curation/list.html", context)


@require_safe
def to_complete(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """The places whose description lacks something, the worst first."""
    space = get_space(request.user, space_pk, Right.READ)
    rows = [*places_to_complete(space)]
    context = {
        "space": space,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "curation/to_complete.html", context)


@require_safe
def to_complete_csv(request: SignedInRequest, space_pk: int) -> StreamingHttpResponse:
    space = get_space(request.user, space_pk, Right.READ)
    header = (
        *(_("notice"), _("list"), _("identifier"), _("name"), _("commune")),
        *(_("quality (%)"), _("to complete")),
    )
    blocks = csv_blocks(header, _rows(space))
    response = StreamingHttpResponse(blocks, content_type="text/csv; charset=utf-8")
    name = content_disposition_header(True, "lieux-a-completer.csv")
    response.headers["Content-Disposition"] = name
    return response


def _rows(space: Space) -> Iterator[tuple]:
    for row in places_to_complete(space):
        place = row.place
        notice = SIMULATED if place.place_list.is_simulated else ""
        said = (place.place_list.name, place.ref, place.name, place.locality)
        yield (notice, *said, row.percent, ", ".join(row.lacks))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedInRequest, space_pk: int, place_pk: int) -> HttpResponse:
    """Correct a place: what is written here is kept when its list comes again."""
    space = get_space(request.user, space_pk, Right.EDIT)
    place = access.get_place(space, place_pk)
    form = CorrectForm(request.POST or None, instance=place)
    if request.method == "POST" and form.is_valid():
        place = access.get_place(space, place_pk)
        said = dict(form.cleaned_data)
        services = said.pop("services")
        correcting.correct_place(place, said, services, space=space, by=request.user)
        message = _("The place is corrected, and noted as checked today.")
        if not form.hours_are_read:
            message = _(
                "The place is corrected. Its hours cannot be read: they are shown as "
                "they are, and left out of a search by hour."
            )
        messages.success(request, message)
        return redirect("directory:show", place_pk)
    context = {"space": space, "place": place, "form": form}
    return render(request, "curation/correct.html", context)
