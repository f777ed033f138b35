"""The page that asks a person signed in to prove again that they are there."""

from __future__ import annotations

import logging

from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jalons.accounts import passkeys, proof
from jalons.accounts.access import SignedInRequest, safe_next
from jalons.accounts.forms import CredentialForm, ProofForm

logger = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def prove(request: SignedInRequest) -> HttpResponse:
    """A passkey, or a code received by mail."""
    form = ProofForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if proof.accept_code(request, form.cleaned_data["code"]):
            return redirect(safe_next(request))
        form.add_error("code", _("This is not the code we sent, or it is too late."))
    context = {
        "form": form,
        "next": safe_next(request),
        "is_awaited": proof.is_awaited(request),
        "has_passkey": passkeys.are_offered(request)
        and passkeys.passkeys_of(request.user).exists(),
        "demo_code": proof.shown_code(request),
    }
    return render(request, "account/prove.html", context)


@require_POST
@rate_limit(action="prove")
def send_code(request: SignedInRequest) -> HttpResponse:
    try:
        proof.send_code(request)
    except OSError:
        logger.exception("The code of a proof could not be sent")
        messages.error(request, _("The message could not leave. Please try again."))
    return _asking(request)


@require_POST
@rate_limit(action="passkey")
def by_passkey(request: SignedInRequest) -> HttpResponse:
    form = CredentialForm(request.POST)
    try:
        if not form.is_valid():
            raise passkeys.NotAccepted
        passkey = passkeys.recognise(request.user, form.cleaned_data["credential"])
    except passkeys.NotAccepted:
        messages.error(request, _("This passkey is not known here. Receive a code."))
        return _asking(request)
    passkeys.note_use(passkey)
    proof.note(request)
    return redirect(safe_next(request))


def _asking(request: SignedInRequest) -> HttpResponse:
    wanted = urlencode({"next": safe_next(request)})
    return redirect(f"{reverse('account_prove')}?{wanted}")
