"""The letters of a centre: composed from the month, written again, sent once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.gazette import access, composing, figures, sending
from jalons.gazette.forms import LetterForm
from jalons.gazette.markdown import to_html
from jalons.gazette.models import Letter
from jalons.spaces.access import Right, right_in
from jalons.spaces.models import Space


@never_cache
@form_page
def compose(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """A new letter opens on what the month brought; nothing is kept yet."""
    space = access.get_desk(request.user, space_pk, Right.EDIT)
    title, text = composing.draft_of(space, at=timezone.now())
    return _write(request, space, Letter(space=space, title=title, text=text))


@never_cache
@form_page
def edit(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = access.get_desk(request.user, space_pk, Right.EDIT)
    letter = access.get_letter(space, pk)
    if not letter.is_draft:
        return redirect("gazette:own_letter", space_pk, pk)
    return _write(request, space, letter)


def _write(request: SignedInRequest, space: Space, letter: Letter) -> HttpResponse:
    form = LetterForm(request.POST or None, instance=letter)
    if request.method == "POST" and form.is_valid():
        try:
            sending.write_letter(form.instance, by=request.user)
        except sending.AlreadyLeft:
            messages.error(request, _("It was sent meanwhile: it no longer changes."))
        return redirect("gazette:own_letter", space.pk, form.instance.pk)
    context = {"space": space, "letter": letter, "form": form}
    return render(request, "gazette/compose.html", context)


@require_safe
@never_cache
def own_letter(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """As subscribers read it; once sent, what became of the mails."""
    space = access.get_desk(request.user, space_pk, Right.READ)
    letter = access.get_letter(space, pk)
    context = {
        "space": space,
        "letter": letter,
        "body": to_html(letter.text),
        "report": figures.report_of(letter),
        "subscribers": figures.subscriber_count(space),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "gazette/own_letter.html", context)


@require_POST
def send(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = access.get_desk(request.user, space_pk, Right.EDIT)
    try:
        sending.send_letter(access.get_letter(space, pk), by=request.user)
    except sending.AlreadyLeft:
        messages.info(request, _("It was sent already: nobody receives it twice."))
    else:
        messages.success(request, _("It is being sent: this page says how far it is."))
    return redirect("gazette:own_letter", space_pk, pk)
