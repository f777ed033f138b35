"""The reviews of an evaluation, and the stories of change they keep."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.evaluation import access, reviewing
from jalons.evaluation.models import Review, Story
from jalons.evaluation.pages import begun, opened
from jalons.evaluation.review_forms import ReviewForm, StoryForm
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.pages import keep, page
from jalons.spaces.access import Right


@never_cache
@form_page
def add_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """A review that was held."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    read = begun(roadmap)
    row = Review(evaluation=read.row, held_on=timezone.localdate())
    row.moment = Review.Moment.DURING if read.reviews else Review.Moment.BEFORE
    form = ReviewForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        made = reviewing.add_review(form.save(commit=False), by=request.user)
        messages.success(request, _("The review is kept."))
        return redirect("evaluation:review", pk, made.pk)
    context = page(request.user, roadmap, read=read, form=form)
    return render(request, "evaluation/add_review.html", context)


@never_cache
@form_page
def review(request: SignedInRequest, pk: int, review_pk: int) -> HttpResponse:
    """What it judged and decided; one story more."""
    roadmap = opened(request, pk)
    row = access.get_review(roadmap, review_pk)
    if request.method == "POST" and "remove" in request.POST:
        story = access.get_story(row, request.POST["remove"])
        reviewing.remove_story(story, by=request.user)
        messages.success(request, _("The story is removed."))
        return redirect("evaluation:review", pk, review_pk)
    form = StoryForm(request.POST or None, instance=Story(review=row))
    if request.method == "POST" and form.is_valid():
        reviewing.keep_story(form.save(commit=False), by=request.user)
        messages.success(request, _("The story is kept."))
        return redirect("evaluation:review", pk, review_pk)
    context = page(request.user, roadmap, review=row, form=form)
    return render(request, "evaluation/review.html", context)


@never_cache
@form_page
def edit_review(request: SignedInRequest, pk: int, review_pk: int) -> HttpResponse:
    """A review written otherwise."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_review(roadmap, review_pk)
    form, theirs = ReviewForm(request.POST or None, instance=row), []
    if request.method == "POST" and form.is_valid():
        theirs = keep(
            form,
            lambda version: reviewing.save_review(
                form.save(commit=False), version=version, by=request.user
            ),
            lambda stored: ReviewForm(instance=stored),
        )
        if not theirs:
            messages.success(request, _("The review is kept."))
            return redirect("evaluation:review", pk, review_pk)
    context = page(request.user, roadmap, review=row, form=form, theirs=theirs)
    return render(request, "evaluation/edit_review.html", context)
