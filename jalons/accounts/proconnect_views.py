"""The pages of ProConnect: go there, come back, and no longer be linked to it."""

from __future__ import annotations

import logging
from functools import wraps

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts import identities, proconnect, proof, sessions
from jalons.accounts.access import SignedInRequest, safe_next
from jalons.accounts.forms import AskCodeForm
from jalons.accounts.models import Identity, User
from jalons.accounts.proconnect import Refused, Unavailable
from jalons.accounts.proof import View
from jalons.accounts.sign_in import SignIn

logger = logging.getLogger(__name__)
STARTED = "proconnect"


def _when_offered(view: View) -> View:
    @wraps(view)
    def offered(request: HttpRequest) -> HttpResponse:
        if not proconnect.is_offered():
            raise Http404
        limited = ratelimit.consume_or_429(request, action="proconnect", limit_get=True)
        return limited or view(request)

    return offered


@require_safe
@login_not_required
@never_cache
@_when_offered
def start(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(safe_next(request))
    back = request.build_absolute_uri(reverse("account_proconnect_back"))
    try:
        address, kept = proconnect.begin(back)
    except Unavailable:
        logger.exception("ProConnect did not answer")
        return _sorry(request, _("ProConnect does not answer. Receive a code."))
    request.session[STARTED] = kept | {"next": safe_next(request)}
    return redirect(address)


@require_safe
@login_not_required
@never_cache
@_when_offered
def back(request: HttpRequest) -> HttpResponse:
    """Whom ProConnect recognised; what was begun is finished once."""
    kept = request.session.pop(STARTED, None)
    if request.user.is_authenticated or not kept:
        return redirect(safe_next(request))
    try:
        agent = proconnect.finish(
            kept,
            state=request.GET.get("state", ""),
            code=request.GET.get("code", ""),
        )
    except Unavailable:
        logger.exception("ProConnect did not answer")
        return _sorry(request, _("ProConnect does not answer. Receive a code."))
    except Refused:
        return _sorry(request, _("ProConnect did not recognise you. Receive a code."))
    if user := identities.owner_of(agent):
        return _sign_in(request, user, agent, kept["next"])
    return _ask_code(request, agent, kept["next"])


def _sign_in(
    request: HttpRequest, user: User, agent: proconnect.Agent, next_url: str
) -> HttpResponse:
    record_authentication(request, user, method="proconnect")
    response: HttpResponse = perform_login(
        request, Login(user=user, redirect_url=next_url)
    )
    if request.user.is_authenticated:
        sessions.remember(request)
        identities.note_organisation(agent)
        request.session[identities.HINT] = agent.token
    return response


def _ask_code(
    request: HttpRequest, agent: proconnect.Agent, next_url: str
) -> HttpResponse:
    """The first time: a code at the address said, whether it has an account or not."""
    form = AskCodeForm({"email": agent.email})
    if not form.is_valid():
        words = _("ProConnect gives no address to write to. Receive a code.")
        if form.is_rate_limited:
            words = _("Please wait a few minutes before asking for a new code.")
        return _sorry(request, words)
    try:
        SignIn.begin(request, user=form.user, email=agent.email)
    except OSError:
        logger.exception("The sign-in code could not be sent")
        return _sorry(request, _("The message could not leave. Please try again."))
    identities.keep_waiting(request, agent)
    messages.info(
        request,
        _(
            "ProConnect recognised you. The first time, a code checks that the "
            "address is yours; the next times there is none."
        ),
    )
    wanted = urlencode({"next": next_url})
    return redirect(f"{reverse('account_confirm_login_code')}?{wanted}")


def _sorry(request: HttpRequest, words: str) -> HttpResponse:
    messages.error(request, words)
    return redirect("account_login")


@require_POST
@proof.required
def unlink(request: SignedInRequest, pk: int) -> HttpResponse:
    identity = get_object_or_404(Identity, pk=pk, user=request.user)
    identities.unlink(identity, by=request.user)
    messages.success(request, _("ProConnect no longer signs you in here."))
    return redirect("account_passkeys")
