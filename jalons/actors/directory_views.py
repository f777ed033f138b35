"""The directory of actors: read by everybody, opened and closed by each team."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors import access, directory, documents, operations
from jalons.actors.directory_forms import DirectoryForm
from jalons.actors.models import PublicTable
from jalons.actors.pages import form_page
from jalons.actors.resembling import doubts_of, told_apart
from jalons.files.exports import stream_csv
from jalons.spaces.access import Right, get_space

PER_PAGE = 40


@require_safe
@login_not_required
def public_list(request: HttpRequest) -> HttpResponse:
    """Who acts here; every filter stands in the address."""
    form = DirectoryForm(request.GET)
    found = directory.public_actors(form.asked)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [*directory.listed([*page])],
        "is_simulated": any(one.is_simulated for one in page),
    }
    return render(request, "actors/directory_public.html", context)


@require_safe
@login_not_required
def public_csv(request: HttpRequest) -> HttpResponseBase:
    """The same actors, all of them, for a spreadsheet."""
    form = DirectoryForm(request.GET)
    found = [] if form.is_unknown else [*directory.public_actors(form.asked)]
    return stream_csv(
        f"{_('directory of actors')}.csv",
        documents.directory_header(),
        documents.directory_lines(directory.listed(found)),
        is_simulated=any(one.is_simulated for one in found),
    )


@never_cache
@form_page
def publish(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """What everybody would read, and the choice of the team."""
    space = get_space(request.user, space_pk, Right.EDIT)
    if request.method == "POST" and "fermer" in request.POST:
        operations.close_table(space, by=request.user)
        messages.success(request, _("Your actors are read by your members only."))
        return redirect("actors:publish", space_pk)
    if request.method == "POST":
        operations.open_table(space, by=request.user)
        messages.success(request, _("Your actors are in the directory."))
        return redirect("actors:publish", space_pk)
    context = {
        "space": space,
        "table": PublicTable.objects.filter(space=space).first(),
        "count": directory.read_count(space),
        "withheld": space.actors.at_work().filter(is_withheld=True).in_order(),
        "left_out": directory.left_out(space),
        "to_read_over": directory.to_read_over(space),
        "doubts": doubts_of(space),
        "apart": told_apart(space),
    }
    return render(request, "actors/publish.html", context)


@require_POST
def tell_apart(
    request: SignedInRequest, space_pk: int, pk: int, other_pk: int
) -> HttpResponse:
    """They are two bodies: said by the team, kept with who and when."""
    space = get_space(request.user, space_pk, Right.EDIT)
    ours, theirs = access.get_pair(space, pk, other_pk)
    operations.tell_apart(space, ours, theirs, by=request.user)
    said = _("“%(ours)s” and “%(theirs)s” are two bodies: they are not shown again.")
    messages.success(request, said % {"ours": ours.name, "theirs": theirs.name})
    return redirect("actors:publish", space_pk)


@require_POST
def take_back_apart(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """The team no longer says so: the pair is proposed again."""
    space = get_space(request.user, space_pk, Right.EDIT)
    operations.take_back_apart(access.get_told_apart(space, pk), by=request.user)
    messages.success(request, _("The pair is shown again."))
    return redirect("actors:publish", space_pk)
