"""What the site keeps of the person signed in: read, taken away, erased."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts import proof, sessions
from jalons.accounts.access import SignedInRequest
from jalons.front.forms import EraseForm
from jalons.front.operations import erase_person, owned_alone
from jalons.privacy import erasure, persons


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@proof.required_to_write
def my_data(request: SignedInRequest) -> HttpResponse:
    """What is kept, the sign-ins still open, and the way to leave nothing."""
    alone = owned_alone(request.user)
    form = EraseForm(
        request.POST if request.method == "POST" else None, address=request.user.email
    )
    if request.method == "POST" and form.is_valid() and not alone:
        erase_person(persons.find(request.user.email), by=request.user)
        logout(request)
        messages.success(request, _("Your account and your data are erased."))
        return redirect("front:home")
    context = {
        "kept": erasure.kept_of(persons.find(request.user.email)),
        "sessions": sessions.opened_by(request.user, request.session.session_key),
        "alone": alone,
        "form": form,
    }
    return render(request, "front/my_data.html", context)


@require_safe
@never_cache
@proof.required
def my_file(request: SignedInRequest) -> HttpResponse:
    written = erasure.export(persons.find(request.user.email))
    response = HttpResponse(written, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    return response


@require_POST
@proof.required_to_press
def close_sessions(request: SignedInRequest) -> HttpResponse:
    """Close one sign-in, or all the others."""
    key = request.session.session_key
    sessions.close(request.user, request.POST.get("session", ""), but=key)
    messages.success(
        request, _("It is closed: the code will be asked for again there.")
    )
    return redirect("front:my_data")
