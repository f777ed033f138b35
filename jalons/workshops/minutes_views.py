"""The minutes: a draft asked for, texts changed, files taken."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page, hand_out
from jalons.documents import CONTENT_TYPES
from jalons.documents import render as make_file
from jalons.documents.reading import nodes_of
from jalons.spaces.access import Right, get_space, right_in
from jalons.spaces.models import Space
from jalons.workshops import access, documents, figures
from jalons.workshops.forms import MinutesForm
from jalons.workshops.minutes import ChangedMeanwhile, draft_minutes, save_minutes
from jalons.workshops.models import Minutes

FORMATS = ("pdf", "docx", "odt")


@never_cache
@form_page
def minutes(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """What the minutes say; the team changes every text."""
    right = Right.EDIT if request.method == "POST" else Right.READ
    space = get_space(request.user, space_pk, right)
    workshop = access.get_workshop(space, pk)
    found = Minutes.objects.filter(workshop=workshop).first()
    is_readable = found is not None and _is_readable(request, space, found)
    form = MinutesForm(request.POST or None, minutes=found) if found else None
    if request.method == "POST":
        if found is None or form is None or request.POST.get("act") == "draft":
            draft_minutes(workshop, by=request.user)
            messages.success(request, _("The draft is there: read it and change it."))
            return redirect("workshops:minutes", space_pk, pk)
        if form.is_valid() and _save(request, found, form):
            return redirect("workshops:minutes", space_pk, pk)
    context = {
        "space": space,
        "workshop": workshop,
        "minutes": found,
        "is_readable": is_readable,
        "form": form,
        "nodes": nodes_of(documents.written(found), ())
        if found and is_readable
        else (),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "workshops/minutes.html", context)


@require_safe
def minutes_file(
    request: SignedInRequest, space_pk: int, pk: int, format: str
) -> HttpResponse:
    """The minutes to read, print or send."""
    space = get_space(request.user, space_pk, Right.READ)
    workshop = access.get_workshop(space, pk)
    if format not in FORMATS:
        raise Http404
    found = get_object_or_404(Minutes, workshop=workshop)
    if not _is_readable(request, space, found):
        raise Http404
    found.workshop = workshop
    document = documents.minutes_of(found)
    content = make_file(document, format)
    return hand_out(content, CONTENT_TYPES[format], document.title, format)


def _is_readable(request: SignedInRequest, space: Space, found: Minutes) -> bool:
    """Who facilitates reads the draft; others too, once it tells nothing hidden."""
    is_team = access.sees_hidden(request.user, space)
    return is_team or bool(found.sent_at) or not figures.has_hidden(found.workshop)


def _save(request: SignedInRequest, found: Minutes, form: MinutesForm) -> bool:
    """Whether it is kept; what was typed stays in the form otherwise."""
    said = form.cleaned_data
    try:
        version = said["version"]
        save_minutes(found, said, form.remarks(), version=version, by=request.user)
    except ChangedMeanwhile:
        form.add_error(None, form.CHANGED)
        return False
    messages.success(request, _("The minutes are kept."))
    return True
