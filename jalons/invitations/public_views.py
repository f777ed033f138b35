"""What a link given by mail, or read out in a room, opens without signing in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from jalons.invitations import access, operations
from jalons.surveys import operations as surveys
from jalons.surveys import reading

form_page = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@never_cache
@form_page
def open(request: HttpRequest, secret: str) -> HttpResponse:
    """What is asked and why, then one's own answer; the link dies with the survey."""
    invitation = access.find_invitation(secret)
    campaign = invitation.campaign
    if not campaign.is_open(on=campaign.today()):
        is_early = not campaign.is_closed and campaign.today() < campaign.opens_on
        context = {"campaign": campaign, "is_early": is_early}
        return render(request, "surveys/not_open.html", context)
    if request.method == "POST":
        try:
            response, own_secret = operations.begin_answer(invitation, secret)
        except (surveys.NotOpen, surveys.AlreadySent):
            return redirect("surveys:notice", campaign.slug)
        return redirect("surveys:resume", response.campaign.slug, own_secret)
    context = {
        "campaign": campaign,
        "about": reading.about(campaign, get_language() or "fr", is_easy=False),
        "invitation": invitation,
    }
    return render(request, "invitations/open.html", context)


@csrf_exempt  # a mailbox posts here in one click, without our cookie (RFC 8058)
@login_not_required
@never_cache
@form_page
def opt_out(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails of a team, without signing in; opening the page stops nothing."""
    space, digest = access.find_stop(token)
    is_done = request.method == "POST"
    if is_done:
        operations.opt_out(space, digest)
    context = {"space": space, "is_done": is_done}
    return render(request, "invitations/opt_out.html", context)


@login_not_required
@never_cache
@require_safe
def short(request: HttpRequest, letters: str) -> HttpResponse:
    return redirect("surveys:notice", access.find_short_address(letters).slug)
