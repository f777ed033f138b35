"""The interviews of a survey: where they were held, what was said, the guide."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.interviews import access, figures, guides, operations
from jalons.interviews.forms import GuideForm, InterviewForm
from jalons.interviews.models import Interview
from jalons.spaces.access import Right, right_in
from jalons.surveys.access import get_campaign
from jalons.surveys.models import Campaign

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which départements were heard, which are missing, and every interview."""
    campaign = get_campaign(request.user, pk, Right.READ)
    held = campaign.interviews.select_related("departement", "territory", "interviewer")
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "coverage": figures.coverage(campaign),
        "interviews": held.order_by("-held_on", "pk"),
        "can_contribute": right_in(request.user, campaign.space, Right.CONTRIBUTE),
    }
    return render(request, "interviews/list.html", context)


@form_page
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = get_campaign(request.user, pk, Right.CONTRIBUTE)
    new = Interview(campaign=campaign, interviewer=request.user)
    form = InterviewForm(request.POST or None, instance=new, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        interview = operations.record_interview(form.instance, by=request.user)
        messages.success(request, _("The interview is recorded."))
        return redirect("interviews:edit", pk, interview.pk)
    return _show(request, "interviews/create.html", campaign, form)


@form_page
def edit(request: SignedInRequest, pk: int, interview_pk: int) -> HttpResponse:
    """Read an interview again, complete its notes, quote words of it."""
    campaign = get_campaign(request.user, pk, Right.CONTRIBUTE)
    interview = access.get_interview(campaign, interview_pk)
    form = InterviewForm(request.POST or None, instance=interview, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        operations.record_interview(interview, by=request.user)
        messages.success(request, _("The interview is changed."))
        return redirect("interviews:list", pk)
    return _show(request, "interviews/edit.html", campaign, form)


def _show(
    request: SignedInRequest, template: str, campaign: Campaign, form: InterviewForm
) -> HttpResponse:
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "form": form,
        "interview": form.instance,
        "questions": guides.questions_of(campaign),
    }
    return render(request, template, context)


@require_POST
def delete(request: SignedInRequest, pk: int, interview_pk: int) -> HttpResponse:
    campaign = get_campaign(request.user, pk, Right.EDIT)
    interview = access.get_interview(campaign, interview_pk)
    operations.delete_interview(interview, by=request.user)
    messages.success(request, _("The interview and the words quoted from it are gone."))
    return redirect("interviews:list", pk)


@form_page
def guide(request: SignedInRequest, pk: int) -> HttpResponse:
    """The questions of every interview, to be changed by the team and printed."""
    campaign = get_campaign(request.user, pk, Right.READ)
    can_edit = right_in(request.user, campaign.space, Right.EDIT)
    if request.method == "POST":
        campaign = get_campaign(request.user, pk, Right.EDIT)
    questions = guides.questions_of(campaign)
    form = GuideForm(request.POST or None, initial={"text": "\n".join(questions)})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        operations.change_guide(campaign, text, by=request.user)
        messages.success(request, _("The guide is changed."))
        return redirect("interviews:guide", pk)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "questions": questions,
        "form": form,
        "can_edit": can_edit,
    }
    return render(request, "interviews/guide.html", context)
