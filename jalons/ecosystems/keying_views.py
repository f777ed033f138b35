"""A resource map drawn on paper, keyed by the team."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.ecosystems import access, operations
from jalons.ecosystems.figures import board_of
from jalons.ecosystems.keying import SheetForm
from jalons.ecosystems.models import Centre
from jalons.ecosystems.operations import Hand
from jalons.ecosystems.words import crossed_words
from jalons.spaces.access import Right, get_space


@never_cache
@form_page
def key_sheet(
    request: SignedInRequest, space_pk: int, pk: int, centre_pk: int
) -> HttpResponse:
    """What a table drew with a pen around a centre."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    map = access.get_map(space, pk)
    centre = access.get_centre(map, centre_pk)
    chart = board_of(map).find(centre.pk)
    if chart is None:
        raise Http404
    form = SheetForm(request.POST or None, chart=chart)
    if request.method == "POST" and form.is_valid() and _key(request, centre, form):
        return redirect("ecosystems:key_sheet", space_pk, pk, centre_pk)
    context = {"space": space, "map": map, "centre": centre, "form": form}
    return render(request, "ecosystems/key_sheet.html", context)


def _key(request: SignedInRequest, centre: Centre, form: SheetForm) -> bool:
    """Whether the sheet is kept; what was drawn meanwhile is told."""
    try:
        drawn = operations.key_lines(centre, form.lines(), by=Hand(request.user))
    except operations.TooMany as refused:
        form.add_error(None, str(refused.reason))
        return False
    n = len(drawn)
    kept = ngettext(
        "The sheet is kept: %(n)s line. Another one?",
        "The sheet is kept: %(n)s lines. Another one?",
        n,
    )
    messages.success(request, kept % {"n": n})
    for one in drawn:
        if one.crossed is not None:
            messages.warning(request, crossed_words(one.link, one.crossed))
    return True
