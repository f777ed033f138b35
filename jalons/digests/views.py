from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.digests import access, operations
from jalons.digests.forms import MailsForm
from jalons.digests.secrets import stop_address
from jalons.digests.sections import SECTIONS, gather, parts_of
from jalons.digests.sending import context_of
from jalons.digests.things import readers_of


@never_cache
@form_page
def mine(request: SignedInRequest) -> HttpResponse:
    """How often one is written to, of what, from which teams."""
    subscription = access.subscription_of(request.user)
    form = MailsForm(request.POST or None, instance=subscription)
    if request.method == "POST" and form.is_valid():
        operations.choose_mails(form.chosen, form.spaces_left_out, by=request.user)
        messages.success(request, _("Your choice is kept."))
        return redirect("digests:mine")
    context = {"form": form, "subscription": subscription, "sections": SECTIONS}
    return render(request, "digests/mine.html", context)


@require_safe
@never_cache
def preview(request: SignedInRequest) -> HttpResponse:
    """What the next mail would say if it left now; nothing is sent nor marked."""
    subscription = access.subscription_of(request.user)
    found = gather(readers_of([subscription]), timezone.now())
    parts = parts_of(subscription, found)
    stop = stop_address(subscription)
    text = render_to_string("emails/digest.txt", context_of(parts) | {"stop": stop})
    subject, _mark, body = text.strip().partition("\n")
    context = {"parts": parts, "subject": subject, "text": body.strip()}
    return render(request, "digests/preview.html", context)


@csrf_exempt  # a mailbox posts here in one click, without our cookie (RFC 8058)
@login_not_required
@never_cache
@form_page
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails without signing in; opening the page stops nothing."""
    subscription = access.find_subscription(token)
    is_done = request.method == "POST"
    if is_done:
        operations.stop_mails(subscription)
    return render(request, "digests/stop.html", {"is_done": is_done})
