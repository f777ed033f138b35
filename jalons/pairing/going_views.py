"""A pairing under way: its exchanges, what it brought, its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jalons.accounts.access import SignedInRequest
from jalons.pairing import access, operations, pages
from jalons.pairing.forms import EndForm, FeedbackForm, TalkForm
from jalons.pairing.models import Talk
from jalons.spaces.access import Right


@require_POST
def note_talk(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    opened = access.get_pairing(request.user, space_pk, pk, Right.CONTRIBUTE)
    talk = Talk(pairing=opened.pairing, space=opened.space, day=timezone.localdate())
    form = TalkForm(request.POST, instance=talk)
    if not form.is_valid():
        context = pages.page_of(request.user, opened, talk_form=form)
        return render(request, "pairing/show.html", context, status=400)
    try:
        operations.note_talk(form.save(commit=False), by=request.user)
    except operations.NotTheMoment:
        messages.error(request, pages.TOO_LATE)
    else:
        messages.success(request, _("The exchange is kept."))
    return redirect("pairing:show", space_pk, pk)


@require_POST
def remove_talk(
    request: SignedInRequest, space_pk: int, pk: int, talk_pk: int
) -> HttpResponse:
    """Whoever noted it, a team or the centre, takes it off."""
    opened = access.get_pairing(request.user, space_pk, pk, Right.CONTRIBUTE)
    operations.remove_talk(access.get_talk(opened, talk_pk), by=request.user)
    messages.success(request, _("The exchange is removed."))
    return redirect("pairing:show", space_pk, pk)


@require_POST
def tell(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """What it brought, said by one of the two teams."""
    opened = access.get_pairing(request.user, space_pk, pk, Right.CONTRIBUTE)
    if opened.side is None:
        raise Http404
    form = FeedbackForm(request.POST, instance=opened.side)
    if not form.is_valid():
        context = pages.page_of(request.user, opened, feedback_form=form)
        return render(request, "pairing/show.html", context, status=400)
    try:
        side = form.save(commit=False)
        operations.tell(side, space=opened.space, by=request.user)
    except operations.NotTheMoment:
        messages.error(request, pages.TOO_LATE)
    else:
        messages.success(request, _("Thank you: it is kept."))
    return redirect("pairing:show", space_pk, pk)


@require_POST
def end(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """Any of the three ends it, and says why."""
    opened = access.get_pairing(request.user, space_pk, pk, Right.EDIT)
    form = EndForm(request.POST, instance=opened.pairing)
    if not form.is_valid():
        context = pages.page_of(request.user, opened, end_form=form)
        return render(request, "pairing/show.html", context, status=400)
    try:
        said = form.cleaned_data["ending"]
        operations.end(opened.pairing, said, space=opened.space, by=request.user)
    except operations.NotTheMoment:
        messages.error(request, pages.TOO_LATE)
    else:
        messages.success(request, _("The exchanges are ended."))
    return redirect("pairing:show", space_pk, pk)
