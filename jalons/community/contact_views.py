"""Write to a place, an actor or a group without being shown its address."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.community import access, relaying
from jalons.community.contact_forms import ContactForm, MailboxForm
from jalons.spaces.access import Right, get_space


@never_cache
@form_page
@login_not_required
@rate_limit(action="contact")
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """A message, relayed to whoever agreed to receive some."""
    mailbox = access.get_open_mailbox(request.user, pk)
    form = ContactForm(request.POST or None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and not form.is_a_robot:
        relaying.relay(mailbox, form.written)
    context = {"mailbox": mailbox, "form": form, "is_sent": is_sent}
    return render(request, "community/contact.html", context)


@login_not_required
@never_cache
@form_page
def agreement(request: HttpRequest, secret: str) -> HttpResponse:
    """Agree to be written to, or no longer; opening the page decides nothing."""
    mailbox = access.find_mailbox(secret, timezone.now())
    context = {"mailbox": mailbox, "is_stopped": False}
    if request.method == "POST" and "arreter" in request.POST:
        context["is_stopped"] = True
        relaying.stop_relaying(mailbox, by=None)
    elif request.method == "POST":
        relaying.agree(mailbox)
        messages.success(request, _("Thank you: messages will reach you."))
        return redirect("community:agreement", secret)
    return render(request, "community/agreement.html", context)


@never_cache
@form_page
def mailboxes(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """Which places, actors and groups may be written to; to ask one more."""
    space = get_space(request.user, space_pk, Right.EDIT)
    form = MailboxForm(request.POST or None, space=space)
    if request.method == "POST" and form.is_valid():
        try:
            relaying.ask_to_relay(form.instance, by=request.user)
        except relaying.AlreadyRelayed:
            form.add_error(None, _("It has an address already, or was asked for one."))
        except relaying.DeadAddress:
            form.add_error("address", _("This address refused a mail: check it."))
        else:
            messages.success(request, _("The owner of the address is asked by mail."))
            return redirect("community:mailboxes", space_pk)
    known = space.mailboxes.select_related("place", "actor", "group").order_by("pk")
    context = {"space": space, "form": form, "known": known}
    return render(request, "community/mailboxes.html", context)


@require_POST
def forget_mailbox(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    relaying.stop_relaying(access.get_mailbox(space, pk), by=request.user)
    messages.success(request, _("Nobody is written to there any more."))
    return redirect("community:mailboxes", space_pk)
