"""What a person reads and decides by their own link, without signing in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jalons.actors.pages import form_page
from jalons.professionals import access, operations
from jalons.professionals.forms import CardForm, PlaceContactForm
from jalons.professionals.models import PlaceNotice, Professional


@login_not_required
@never_cache
@form_page
def card(request: HttpRequest, secret: str) -> HttpResponse:
    """What is kept, why, since when; to keep or to correct."""
    found = access.find_card(secret, timezone.now())
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        if isinstance(found, Professional):
            operations.confirm(found)
        else:
            operations.confirm_place_contact(found, **form.cleaned_data)
        messages.success(request, _("Thank you: your contact is kept as you wrote it."))
        return redirect("professionals:card", secret)
    if isinstance(found, Professional):
        found.refresh_from_db()
    context = {
        "card": found,
        "is_place": isinstance(found, PlaceNotice),
        "form": form,
        "secret": secret,
    }
    return render(request, "professionals/card.html", context)


@login_not_required
@never_cache
@require_POST
def withdraw(request: HttpRequest, secret: str) -> HttpResponse:
    """Erase the contact, for good."""
    found = access.find_card(secret, timezone.now())
    if isinstance(found, Professional):
        operations.withdraw(found)
    else:
        operations.withdraw_place_contact(found)
    return render(request, "professionals/withdrawn.html")


def _form(
    request: HttpRequest, found: Professional | PlaceNotice
) -> CardForm | PlaceContactForm:
    given = request.POST if request.method == "POST" else None
    if isinstance(found, Professional):
        return CardForm(given, instance=found)
    return PlaceContactForm(
        given, initial={"is_public": found.contact.agreed_at is not None}
    )
