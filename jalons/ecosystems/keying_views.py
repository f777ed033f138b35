"""A resource map drawn on paper, keyed by the team."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.ecosystems import access, operations
from jalons.ecosystems.figures import Chart, board_of
from jalons.ecosystems.keying import SheetForm
from jalons.ecosystems.models import Centre, Resource
from jalons.ecosystems.operations import Hand
from jalons.ecosystems.words import crossed_words
from jalons.spaces.access import Right, get_space


@never_cache
@form_page
def key_sheet(
    request: SignedInRequest, space_pk: int, pk: int, centre_pk: int
) -> HttpResponse:
    """What a table drew with a pen around a centre, a category at a time or whole."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    map = access.get_map(space, pk)
    centre = access.get_centre(map, centre_pk)
    chart = board_of(map).find(centre.pk)
    if chart is None:
        raise Http404
    form = _form(request, chart)
    if request.method == "POST" and form.is_valid() and _key(request, centre, form):
        return redirect(_next(request, form))
    context = {"space": space, "map": map, "centre": centre, "form": form}
    return render(request, "ecosystems/key_sheet.html", context)


def _form(request: HttpRequest, chart: Chart) -> SheetForm:
    """The category asked for, else the first; all of them for who sends the whole."""
    every = Resource.Category.values
    asked = request.GET.get("categorie", "")
    is_whole = "tout" in request.GET or request.method == "POST"
    categories = [asked] if asked in every else every if is_whole else every[:1]
    initial = {"since": day} if (day := request.GET.get("jour")) else {}
    return SheetForm(
        request.POST or None, chart=chart, categories=categories, initial=initial
    )


def _next(request: HttpRequest, form: SheetForm) -> str:
    """The same page for another sheet, or the next category of this one."""
    asked = {"tout": "1"} if "tout" in request.GET else {}
    if form.goes_on:
        day = form.cleaned_data["since"].isoformat()
        asked = {"categorie": request.POST["puis"], "jour": day}
    return f"{request.path}?{urlencode(asked)}" if asked else request.path


def _key(request: SignedInRequest, centre: Centre, form: SheetForm) -> bool:
    """Whether the sheet is kept; what was drawn meanwhile is told."""
    try:
        drawn = operations.key_lines(centre, form.lines(), by=Hand(request.user))
    except operations.TooMany as refused:
        form.add_error(None, str(refused.reason))
        return False
    n = len(drawn)
    if form.goes_on:
        kept = ngettext("%(n)s line is kept.", "%(n)s lines are kept.", n)
    else:
        kept = ngettext(
            "The sheet is kept: %(n)s line. Another one?",
            "The sheet is kept: %(n)s lines. Another one?",
            n,
        )
    if n:
        messages.success(request, kept % {"n": n})
    for one in drawn:
        if one.crossed is not None:
            messages.warning(request, crossed_words(one.link, one.crossed))
    return True
