"""The evaluation of a roadmap: where it is, what it is for, its theory of change."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.evaluation import access, operations, words
from jalons.evaluation.figures import read_evaluation
from jalons.evaluation.forms import BoxesForm, LinksForm, PurposeForm, StartForm
from jalons.evaluation.models import Box, Evaluation
from jalons.evaluation.models.plans import CHAIN
from jalons.evaluation.pages import begun, opened
from jalons.evaluation.theory import halves_of, unlinked
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.pages import keep, page
from jalons.spaces.access import Right

ALONGSIDE = [kind for kind in Box.Kind if kind not in CHAIN]


@require_safe
@never_cache
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where the evaluation is, and what is left of it."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    read = read_evaluation(roadmap)
    if read is None:
        return redirect("evaluation:start", pk)
    context = page(
        request.user,
        roadmap,
        read=read,
        lead=words.lead(read),
        steps=words.next_steps(read),
    )
    return render(request, "evaluation/show.html", context)


@never_cache
@form_page
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """The first minute of an evaluation; once it is begun, it is shown."""
    roadmap = opened(request, pk)
    if Evaluation.objects.filter(roadmap=roadmap).exists():
        return redirect("evaluation:show", pk)
    form = StartForm(request.POST or None, instance=Evaluation(roadmap=roadmap))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            operations.start_evaluation(
                roadmap, said["purpose"], said["codes"], by=request.user
            )
        except operations.AlreadyStarted:
            messages.info(request, _("Somebody began the evaluation meanwhile."))
        return redirect("evaluation:show", pk)
    context = page(request.user, roadmap, form=form)
    return render(request, "evaluation/start.html", context)


@never_cache
@form_page
def purpose(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it is for, in the words of the team."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = access.get_evaluation(roadmap)
    form, theirs = PurposeForm(request.POST or None, instance=row), []
    if request.method == "POST" and form.is_valid():
        theirs = keep(
            form,
            lambda version: operations.save_purpose(
                form.save(commit=False), version=version, by=request.user
            ),
            lambda stored: PurposeForm(instance=stored),
        )
        if not theirs:
            messages.success(request, _("It is kept."))
            return redirect("evaluation:show", pk)
    context = page(request.user, roadmap, form=form, theirs=theirs)
    return render(request, "evaluation/purpose.html", context)


@require_safe
@never_cache
def theory(request: SignedInRequest, pk: int) -> HttpResponse:
    """The theory of change: drawn, and told statement by statement."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    read = begun(roadmap)
    context = page(
        request.user,
        roadmap,
        read=read,
        halves=halves_of(read),
        unlinked=unlinked(read),
    )
    return render(request, "evaluation/theory.html", context)


@never_cache
@form_page
def boxes(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """One question of the theory of change, a line for each answer."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    asked, row = access.get_kind(kind), access.get_evaluation(roadmap)
    form, theirs = BoxesForm(request.POST or None, instance=row, kind=asked), []
    if request.method == "POST" and form.is_valid():
        theirs = keep(
            form,
            lambda version: operations.write_boxes(
                row, asked, form.texts(), version=version, by=request.user
            ),
            lambda stored: BoxesForm(instance=stored, kind=asked),
        )
        if not theirs:
            return _after(request, roadmap, asked)
    context = page(request.user, roadmap, form=form, theirs=theirs, kind=asked)
    return render(request, "evaluation/boxes.html", context)


def _after(request: SignedInRequest, roadmap: Roadmap, kind: Box.Kind) -> HttpResponse:
    """The next question, when one goes through them; the whole theory otherwise."""
    messages.success(request, _("It is in the theory of change."))
    order = [*CHAIN, *ALONGSIDE]
    rest = order[order.index(kind) + 1 :]
    if "next" in request.POST and rest:
        return redirect("evaluation:boxes", roadmap.pk, rest[0].value)
    return redirect("evaluation:theory", roadmap.pk)


@never_cache
@form_page
def links(request: SignedInRequest, pk: int) -> HttpResponse:
    """What each statement comes from."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    read = begun(roadmap)
    form, theirs = LinksForm(request.POST or None, instance=read.row, read=read), []
    if request.method == "POST" and form.is_valid():
        theirs = keep(
            form,
            lambda version: operations.link_boxes(
                read.row, form.sources(), version=version, by=request.user
            ),
            lambda stored: LinksForm(instance=stored, read=begun(roadmap)),
        )
        if not theirs:
            messages.success(request, _("The ties are kept."))
            return redirect("evaluation:theory", pk)
    context = page(request.user, roadmap, form=form, theirs=theirs)
    return render(request, "evaluation/links.html", context)
