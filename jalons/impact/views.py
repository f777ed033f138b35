"""What a roadmap changed: written by its team, with the stories people allow."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.evaluation.models import Story
from jalons.impact import access, operations
from jalons.impact.files import as_file, cards_of
from jalons.impact.forms import CardForm, ImpactForm
from jalons.impact.models import ImpactPage, StoryCard
from jalons.impact.pages import shown
from jalons.impact.secrets import card_token
from jalons.impact.telling import impact_of
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.pages import keep, page
from jalons.spaces.access import Right

YEAR = timedelta(days=365)


@require_safe
@never_cache
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page as all would read it today, and whether it is public."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    found = access.find_page(roadmap)
    context = page(request.user, roadmap, impact=found)
    if found is not None:
        told = impact_of(found)
        context |= shown(told, cards_of(told))
        context["publication"] = access.find_publication(found)
    return render(request, "impact/show.html", context)


@never_cache
@form_page
def write(request: SignedInRequest, pk: int) -> HttpResponse:
    """The words of the team, and the period; figures come by themselves."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.find_page(roadmap) or _new(roadmap)
    form, theirs = ImpactForm(request.POST or None, instance=row), []
    if request.method == "POST" and form.is_valid():
        theirs = keep(
            form,
            lambda version: _write(form, version, request),
            lambda stored: ImpactForm(instance=stored),
        )
        if not theirs:
            messages.success(request, _("The page is kept; it is not public yet."))
            return redirect("impact:show", pk)
    context = page(request.user, roadmap, form=form, theirs=theirs)
    return render(request, "impact/write.html", context)


def _new(roadmap: Roadmap) -> ImpactPage:
    today: date = timezone.localdate()
    return ImpactPage(roadmap=roadmap, since=today - YEAR, until=today)


def _write(form: ImpactForm, version: int, request: SignedInRequest) -> None:
    operations.write_page(form.save(commit=False), version=version, by=request.user)


@never_cache
@form_page
def stories(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which stories may be read by all, and the link by which each is taken back."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    found = access.get_page(roadmap)
    if "take_back" in request.POST:
        card = access.get_card(found, request.POST["take_back"])
        operations.take_back_card(card, by=request.user)
        messages.success(request, _("The story left the public page."))
        return redirect("impact:stories", pk)
    told = Story.objects.filter(review__evaluation__roadmap=roadmap)
    rows = [(one, _link(request, one)) for one in told.select_related("card", "review")]
    context = page(request.user, roadmap, impact=found, rows=rows)
    return render(request, "impact/stories.html", context)


def _link(request: HttpRequest, story: Story) -> str:
    card: StoryCard | None = getattr(story, "card", None)
    if card is None or card.withdrawn_at:
        return ""
    path = reverse("impact:take_back", args=[card_token(card.key)])
    return request.build_absolute_uri(path)


@never_cache
@form_page
def agree(request: SignedInRequest, pk: int, story_pk: int) -> HttpResponse:
    """That the person agrees to their story being public."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    found = access.get_page(roadmap)
    story = access.get_story(found, f"{story_pk}")
    row = StoryCard(page=found, story=story, agreed_on=timezone.localdate())
    form = CardForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        operations.agree_card(form.save(commit=False), by=request.user)
        messages.success(
            request, _("Kept: give the person the link below; publish to show it.")
        )
        return redirect("impact:stories", pk)
    context = page(request.user, roadmap, impact=found, story=story, form=form)
    return render(request, "impact/agree.html", context)


@login_not_required
@never_cache
@form_page
def take_back(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody takes back their own story; opening the page takes nothing back."""
    card = access.get_told_card(token)
    if request.method == "POST":
        operations.take_back_card(card, by=None)
        return redirect("impact:take_back", token)
    return render(request, "impact/take_back.html", {"card": card})


@require_safe
def file(request: SignedInRequest, pk: int, format: str) -> HttpResponse:
    """The page of today as a file."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    return as_file(impact_of(access.get_page(roadmap)), format)
