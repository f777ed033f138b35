"""The invitations of a survey: written, tried, sent, followed, repeated."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.invitations import access, figures, letters, operations, recipients
from jalons.invitations.forms import EmbeddingForm, LetterForm, ListsForm
from jalons.invitations.letters import Words
from jalons.invitations.models import LANGUAGES, Embedding, Letter, ShortAddress
from jalons.mail import operations as mail
from jalons.spaces.access import Right, right_in
from jalons.surveys.access import get_campaign_of_institutions
from jalons.surveys.sharing import qr_code

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """How many were invited, reached, lost, and how many answered: never who."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.READ)
    now = timezone.now()
    can_edit = right_in(request.user, campaign.space, Right.EDIT)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "tracking": figures.tracking(campaign, at=now),
        "remind_count": len(recipients.to_remind(campaign, at=now)),
        "is_open": campaign.is_open(on=campaign.today()),
        "gap_days": recipients.GAP.days,
        "most": recipients.MOST_REMINDERS,
        "can_edit": can_edit,
    }
    return render(request, "invitations/show.html", context)


@form_page
def letter(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Write the text of a mail, and read it as it will arrive."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    chosen = access.get_kind(kind)
    words = letters.words_of(campaign, chosen)
    begun = request.GET.get("langue", "")
    if begun in dict(LANGUAGES):
        words = letters.first_words(chosen, begun)
    form = LetterForm(request.POST or None, initial=asdict(words))
    if request.method == "POST" and form.is_valid():
        operations.change_letter(
            campaign, chosen, Words(**form.cleaned_data), by=request.user
        )
        messages.success(
            request, _("The text is kept. Read it below as it will arrive.")
        )
        return redirect("invitations:letter", pk, kind)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "kind": chosen,
        "form": form,
        "meanings": letters.meanings(),
        "languages": LANGUAGES,
        "preview": letters.trial(campaign, words),
    }
    return render(request, "invitations/letter.html", context)


@require_POST
def try_letter(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    chosen = access.get_kind(kind)
    try:
        operations.try_letter(campaign, chosen, by=request.user, at=timezone.now())
    except operations.TriedTooOften:
        messages.error(request, _("A trial was sent less than a minute ago."))
    else:
        message = _("A trial is on its way to %(email)s.")
        messages.success(request, message % {"email": request.user.email})
    return redirect("invitations:letter", pk, kind)


@form_page
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose lists, read how many will be written to and who is left out, then send."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    given = request.POST or request.GET
    form = ListsForm(given or None, campaign=campaign)
    is_chosen = form.is_bound and form.is_valid()
    chosen = form.cleaned_data["listes"] if is_chosen else []
    if request.method == "POST" and is_chosen:
        try:
            sent = operations.send_invitations(campaign, chosen, by=request.user)
        except operations.NotOpen:
            messages.error(request, _not_open())
        else:
            messages.success(request, _sent(sent.count))
        return redirect("invitations:show", pk)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "form": form,
        "chosen": chosen,
        "choice": recipients.choose(campaign, chosen) if chosen else None,
        "is_open": campaign.is_open(on=campaign.today()),
        "preview": letters.trial(
            campaign,
            letters.words_of(campaign, Letter.Kind.INVITATION),
            contact_list=chosen[0] if chosen else None,
        ),
    }
    return render(request, "invitations/send.html", context)


@form_page
def remind(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say how many are written to again, and send."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    now = timezone.now()
    if request.method == "POST":
        try:
            sent = operations.send_reminders(campaign, by=request.user, at=now)
        except operations.NotOpen:
            messages.error(request, _not_open())
        else:
            messages.success(request, _sent(sent.count))
        return redirect("invitations:show", pk)
    waiting = recipients.to_remind(campaign, at=now)
    first = waiting[0].contact if waiting else None
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "count": len(waiting),
        "gap_days": recipients.GAP.days,
        "most": recipients.MOST_REMINDERS,
        "preview": letters.trial(
            campaign,
            letters.words_of(campaign, Letter.Kind.REMINDER),
            contact_list=first.contact_list if first else None,
        ),
    }
    return render(request, "invitations/remind.html", context)


@require_POST
def arrived(request: SignedInRequest, pk: int, message_pk: int) -> HttpResponse:
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    mail.say_arrived(access.get_uncertain(campaign, message_pk), by=request.user)
    messages.success(request, _("The mail is held as arrived."))
    return redirect("invitations:show", pk)


@require_POST
def again(request: SignedInRequest, pk: int, message_pk: int) -> HttpResponse:
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    mail.send_again(access.get_uncertain(campaign, message_pk), by=request.user)
    messages.success(request, _("The mail is sent again."))
    return redirect("invitations:show", pk)


@form_page
def poster(request: SignedInRequest, pk: int) -> HttpResponse:
    """A page to print for a room: six letters to type, a code to scan."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.READ)
    if request.method == "POST":
        campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
        if not campaign.is_closed:
            operations.make_short_address(campaign, by=request.user)
        return redirect("invitations:poster", pk)
    known = ShortAddress.objects.filter(campaign=campaign).first()
    path = reverse("invitations:short", args=[known.letters]) if known else ""
    address = request.build_absolute_uri(path)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "letters": known.letters if known else "",
        "address": address.partition("://")[2],
        "qr_code": qr_code(address, scale=9) if known else "",
        "can_edit": right_in(request.user, campaign.space, Right.EDIT),
    }
    return render(request, "invitations/poster.html", context)


@form_page
def embedding(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which sites may show the form, and copy the line to put in their page."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    known = Embedding.objects.filter(campaign=campaign).first()
    initial = {"origins": known.origins if known else ""}
    form = EmbeddingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        origins = form.cleaned_data["origins"]
        operations.change_embedding(campaign, origins, by=request.user)
        messages.success(request, _("The sites are kept."))
        return redirect("invitations:embedding", pk)
    path = reverse("embedded:notice", args=[campaign.slug])
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "form": form,
        "origins": known.origin_list if known else [],
        "address": request.build_absolute_uri(path),
    }
    return render(request, "invitations/embedding.html", context)


def _sent(count: int) -> str:
    if not count:
        return _("Nobody was left to write to: nothing is sent.")
    message = ngettext(
        "%(n)d mail is on its way.", "%(n)d mails are on their way.", count
    )
    return message % {"n": count}


def _not_open() -> str:
    return _("The survey is not open: nobody can be invited nor reminded.")
