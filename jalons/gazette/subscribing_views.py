"""Subscribe to a letter and stop it, without an account."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from jalons.actors.pages import form_page
from jalons.gazette import access, documents, sending
from jalons.gazette.forms import SubscribeForm


@never_cache
@form_page
@login_not_required
@rate_limit(action="subscribe")
def subscribe(request: HttpRequest) -> HttpResponse:
    centres = access.centres()
    form = SubscribeForm(request.POST or None, centres=centres)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and not form.is_a_robot:
        said = form.cleaned_data
        language = get_language() or "fr"
        sending.subscribe(said["centre"], said["email"], language)
    context = {
        "form": form,
        "is_sent": is_sent,
        "is_open": centres.exists(),
        "notice": documents.notice(),
    }
    return render(request, "gazette/subscribe.html", context)


@login_not_required
@never_cache
@form_page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the page decides nothing; its button does."""
    subscriber = access.find_subscriber(token)
    if request.method == "POST":
        sending.confirm(subscriber)
    context = {
        "space": subscriber.space,
        "is_done": subscriber.confirmed_at is not None,
        "token": token,
        "notice": documents.notice(),
    }
    return render(request, "gazette/confirm.html", context)


@csrf_exempt  # a mailbox posts here in one click, without our cookie (RFC 8058)
@login_not_required
@never_cache
@form_page
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the letter without signing in; opening the page stops nothing."""
    subscriber = access.find_subscriber(token)
    context = {"space": subscriber.space, "is_done": request.method == "POST"}
    if request.method == "POST":
        sending.stop(subscriber)
    return render(request, "gazette/stop.html", context)
