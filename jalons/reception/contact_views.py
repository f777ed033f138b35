"""Contact us: a message passed on to whom a centre, or the host, names."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jalons.accounts.access import SignedInRequest
from jalons.accounts.models import User
from jalons.actors.pages import form_page
from jalons.network.access import get_centre
from jalons.reception import contacts
from jalons.reception.contact_forms import CorrespondentForm, WriteForm
from jalons.reception.models import Correspondent
from jalons.spaces.access import Right
from jalons.spaces.models import Space
from jalons.territories.models import Territory


@never_cache
@form_page
@login_not_required
@rate_limit(action="write_to_centre")
def write(request: HttpRequest) -> HttpResponse:
    """To the centre of the territory of the address, else to the host."""
    code = request.GET.get("territoire", "")[:10]
    territory = Territory.objects.filter(code=code).first() if code else None
    reached = contacts.contact_for(territory)
    user = request.user
    initial = {"email": user.email, "name": user.name} if user.is_authenticated else {}
    form = WriteForm(request.POST or None, initial=initial)
    is_sent = bool(reached and request.method == "POST" and form.is_valid())
    if reached and is_sent and not form.is_a_robot:
        try:
            contacts.pass_on(reached, form.written)
        except contacts.Unreachable:
            is_sent = False
            form.add_error(None, _("This address refuses mail: nothing is sent."))
    context = {"reached": reached, "form": form, "is_sent": is_sent}
    return render(request, "reception/write.html", context)


@never_cache
@form_page
def correspondent(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """The owners of a centre say whom one writes to."""
    space = _centre(request.user, space_pk)
    known = Correspondent.objects.filter(space=space).first()
    row = known or Correspondent(space=space)
    form = CorrespondentForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        contacts.name_correspondent(form.instance, by=request.user)
        messages.success(
            request, _("The page of each territory of your région names this contact.")
        )
        return redirect("reception:correspondent", space_pk)
    context = {"space": space, "form": form, "is_known": known is not None}
    return render(request, "reception/correspondent.html", context)


@require_POST
def remove(request: SignedInRequest, space_pk: int) -> HttpResponse:
    contacts.remove_correspondent(_centre(request.user, space_pk), by=request.user)
    messages.success(request, _("Nobody is named any more."))
    return redirect("reception:correspondent", space_pk)


def _centre(user: User, pk: int) -> Space:
    space = get_centre(user, pk, Right.MANAGE)
    if not space.is_recognised:
        raise Http404
    return space
