"""The questions of an evaluation, and the choice of what it follows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.evaluation import access, operations
from jalons.evaluation.forms import ChooseForm, QuestionForm, StakesForm
from jalons.evaluation.indicator_forms import OwnForm
from jalons.evaluation.models import Followed, Question
from jalons.evaluation.pages import begun, opened
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.pages import keep, page
from jalons.spaces.access import Right


@never_cache
@form_page
def questions(request: SignedInRequest, pk: int) -> HttpResponse:
    """The few questions to be answered, and one more."""
    roadmap = opened(request, pk)
    read = begun(roadmap)
    row = Question(evaluation=read.row)
    form = QuestionForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        operations.add_question(form.save(commit=False), by=request.user)
        messages.success(request, _("The question is in the plan."))
        return redirect("evaluation:questions", pk)
    context = page(request.user, roadmap, read=read, form=form)
    return render(request, "evaluation/questions.html", context)


@never_cache
@form_page
def question(request: SignedInRequest, pk: int, question_pk: int) -> HttpResponse:
    """A question worded otherwise."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_question(roadmap, question_pk)
    form, theirs = QuestionForm(request.POST or None, instance=row), []
    if request.method == "POST" and form.is_valid():
        theirs = keep(
            form,
            lambda version: operations.save_question(
                form.save(commit=False), version=version, by=request.user
            ),
            lambda stored: QuestionForm(instance=stored),
        )
        if not theirs:
            messages.success(request, _("The question is kept."))
            return redirect("evaluation:questions", pk)
    context = page(request.user, roadmap, question=row, form=form, theirs=theirs)
    return render(request, "evaluation/question.html", context)


@require_POST
def remove_question(
    request: SignedInRequest, pk: int, question_pk: int
) -> HttpResponse:
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    row = access.get_question(roadmap, question_pk)
    operations.remove_question(row, by=request.user)
    messages.success(request, _("Removed: “%(row)s”.") % {"row": row})
    return redirect("evaluation:questions", pk)


@never_cache
@form_page
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """The catalogue, level by level: tick what will be followed."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    read = begun(roadmap)
    followed = {one.row.code for one in read.indicators if one.row.code}
    form = ChooseForm(request.POST or None, followed=followed)
    if request.method == "POST" and form.is_valid():
        chosen = operations.choose_indicators(read.row, form.codes(), by=request.user)
        words = ngettext(
            "%(n)s indicator more is followed.",
            "%(n)s indicators more are followed.",
            len(chosen),
        )
        messages.success(request, words % {"n": len(chosen)})
        return redirect("evaluation:show", pk)
    context = page(request.user, roadmap, read=read, form=form)
    return render(request, "evaluation/choose.html", context)


@never_cache
@form_page
def own(request: SignedInRequest, pk: int) -> HttpResponse:
    """An indicator of the team's own."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    evaluation = access.get_evaluation(roadmap)
    row = Followed(evaluation=evaluation)
    form = OwnForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        stakes = form.cleaned_data["stakes"]
        made = operations.add_own_indicator(
            form.save(commit=False), stakes, by=request.user
        )
        messages.success(request, _("The indicator is followed."))
        return redirect("evaluation:indicator", pk, made.pk)
    context = page(request.user, roadmap, form=form)
    return render(request, "evaluation/own.html", context)


@never_cache
@form_page
def stakes(request: SignedInRequest, pk: int) -> HttpResponse:
    """For each stake, the indicators that tell what changes."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    read = begun(roadmap)
    form = StakesForm(request.POST if request.method == "POST" else None, read=read)
    if request.method == "POST" and form.is_valid():
        operations.match_stakes(read.row, form.chosen(), by=request.user)
        messages.success(request, _("It is kept."))
        return redirect("evaluation:show", pk)
    context = page(request.user, roadmap, read=read, form=form)
    return render(request, "evaluation/stakes.html", context)
