"""The team's pages: prepare a survey, follow it, close it, read its points."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.spaces.access import Right, get_space, right_in
from jalons.surveys import access, figures, operations, standing
from jalons.surveys.collection import collection_of, headline
from jalons.surveys.deleting import held_by
from jalons.surveys.forms import (
    CampaignForm,
    ClosingDayForm,
    InvolvementForm,
)
from jalons.surveys.frozen import outcome_of
from jalons.surveys.models import Campaign
from jalons.surveys.sharing import qr_code

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _language() -> str:
    return get_language() or "fr"


@require_safe
def list(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.READ)
    campaigns = space.campaigns.of_institutions().with_counts()
    context = {
        "space": space,
        "campaigns": campaigns.order_by("-opens_on", "title"),
        "about_us": access.readable_by_territory(space),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "surveys/list.html", context)


@form_page
def create(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    form = CampaignForm(request.POST or None, space=space)
    if request.method == "POST" and form.is_valid():
        return _to_created(request, form)
    return render(request, "surveys/create.html", {"space": space, "form": form})


def _to_created(request: SignedInRequest, form: CampaignForm) -> HttpResponse:
    """The new survey, or the one that the same form already made."""
    try:
        campaign = operations.create_campaign(
            form.named(), form.territories, by=request.user
        )
    except operations.AlreadyCreated as known:
        messages.info(request, already_created())
        return redirect("surveys:show", known.campaign.pk)
    messages.success(request, _("The survey is created. Here is its address."))
    return redirect("surveys:show", campaign.pk)


def already_created() -> str:
    return _(
        "This form was sent before, and here is the survey it created: nothing was "
        "created twice. To change it, use “Change the survey”."
    )


@require_safe
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the collection is, the link to share, and what to do next."""
    campaign = access.get_campaign(request.user, pk, Right.READ)
    if campaign.is_of_inhabitants:
        return redirect("rounds:list", campaign.space_id)
    address = request.build_absolute_uri(
        reverse("surveys:notice", args=[campaign.slug])
    )
    collection = collection_of(campaign, language=_language())
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "collection": collection,
        "headline": headline(collection),
        "address": address,
        "qr_code": qr_code(address),
        "outcome": outcome_of(campaign, at=timezone.now()),
        "can_edit": right_in(request.user, campaign.space, Right.EDIT),
    }
    return render(request, "surveys/show.html", context)


@form_page
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything while nobody has answered; then the closing day alone."""
    campaign = access.get_campaign(request.user, pk, Right.EDIT)
    if campaign.is_closed:
        messages.error(request, _("This survey is closed: it can no longer change."))
        return redirect("surveys:show", pk)
    if campaign.responses.exists():
        return _edit_closing_day(request, campaign)
    form = CampaignForm(request.POST or None, instance=campaign, space=campaign.space)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_campaign(form.named(), form.territories, by=request.user)
        except (operations.AlreadyClosed, operations.HasAnswers):
            return redirect("surveys:edit", pk)  # which says what may still change
        messages.success(request, _("The survey is changed."))
        return redirect("surveys:show", pk)
    return _show_form(request, "surveys/edit.html", campaign, form)


def _edit_closing_day(request: SignedInRequest, campaign: Campaign) -> HttpResponse:
    form = ClosingDayForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["closes_on"]
        try:
            operations.move_closing(campaign, day, by=request.user)
        except operations.AlreadyClosed:
            return redirect("surveys:edit", campaign.pk)
        messages.success(request, _("The closing day is changed."))
        return redirect("surveys:show", campaign.pk)
    return _show_form(request, "surveys/edit.html", campaign, form)


def _show_form(
    request: SignedInRequest, template: str, campaign: Campaign, form: object
) -> HttpResponse:
    context = {"space": campaign.space, "campaign": campaign, "form": form}
    return render(request, template, context)


@form_page
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what closing does, then close."""
    campaign = access.get_campaign(request.user, pk, Right.EDIT)
    if request.method == "POST":
        try:
            operations.close_campaign(campaign, by=request.user)
        except operations.AlreadyClosed:
            messages.info(request, _("This survey was already closed."))
        else:
            messages.success(request, _("The survey is closed, its scores frozen."))
        return redirect("surveys:show", pk)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "response_count": campaign.responses.submitted().count(),
        "draft_count": campaign.responses.drafts().count(),
    }
    return render(request, "surveys/close.html", context)


@form_page
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what goes, then delete; or say why not, and what one can do."""
    campaign = access.get_campaign(request.user, pk, Right.EDIT)
    if request.method == "POST":
        try:
            operations.delete_campaign(campaign, by=request.user)
        except (operations.HasAnswers, operations.HasNextWave):
            messages.error(request, _("Nothing is deleted: here is why."))
            return redirect("surveys:delete", pk)
        told = _("The survey “%(title)s” is deleted.") % {"title": campaign.title}
        messages.success(request, told)
        return redirect("surveys:list", campaign.space_id)
    has_next_wave = campaign.next_waves.exists()
    held = [] if has_next_wave else held_by(campaign)
    given = [one for one in held if one.is_given]
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "is_empty": not given and not has_next_wave,
        "held": held,
        "given": given,
    }
    return render(request, "surveys/delete.html", context)


@require_safe
def scores(request: SignedInRequest, pk: int) -> HttpResponse:
    """The points of every territory, in the order of names."""
    campaign = access.get_campaign(request.user, pk, Right.READ)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "lines": standing.lines(campaign, _language()),
    }
    return render(request, "surveys/scores.html", context)


@require_safe
def territory_points(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """The points of one territory, for the centre or for its own team."""
    campaign, territory = access.get_territory_campaign(request.user, pk, code)
    score = figures.territory_scores(campaign).get(code)
    is_of_centre = right_in(request.user, campaign.space, Right.READ)
    context = {
        "campaign": campaign,
        "territory": territory,
        "is_of_centre": is_of_centre,
        "score": score,
        "may_discuss": access.may_be_read_by_its_team(campaign, territory),
        "headline": standing.headline(campaign, score, _language()),
        "moved": standing.moved(campaign, code),
        "dimensions": standing.dimensions(campaign, score, _language()),
        "obtained": standing.obtained_by(score) if score else "",
        "questions": standing.questions(campaign, territory, _language()),
        "responses": standing.answers(campaign, territory) if is_of_centre else [],
    }
    return render(request, "surveys/territory_points.html", context)


@require_safe
def explain(request: SignedInRequest, pk: int, response_pk: int) -> HttpResponse:
    """Where the points of one answer come from, line by line."""
    campaign = access.get_campaign(request.user, pk, Right.READ)
    response = access.get_answer(campaign, response_pk)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "response": response,
        "score": figures.score_of(response),
        "lines": figures.explain(response, language=_language()),
    }
    return render(request, "surveys/explain.html", context)


@form_page
def involvement(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """What each département does itself, as the centre knows it (S000-25)."""
    space = get_space(request.user, space_pk, Right.EDIT)
    form = InvolvementForm(request.POST or None, space=space)
    if request.method == "POST" and form.is_valid():
        operations.state_involvement(form.instance, by=request.user)
        messages.success(request, _("The involvement is recorded."))
        return redirect("surveys:involvement", space_pk)
    stated = space.involvements.select_related("departement")
    context = {
        "space": space,
        "form": form,
        "involvements": stated.order_by("departement__name"),
    }
    return render(request, "surveys/involvement.html", context)
