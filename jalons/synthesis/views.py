"""Composing a synthesis, chapter by chapter, with plain buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import get_args

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.documents.slides import plan
from jalons.spaces.access import Right
from jalons.surveys.access import get_campaign_of_institutions
from jalons.synthesis import access, operations
from jalons.synthesis.checking import BeingChecked
from jalons.synthesis.composition import public_restitution
from jalons.synthesis.documents import document
from jalons.synthesis.forms import BlockForm, ChapterForm, DescriptionForm
from jalons.synthesis.models import Block, Edition, Synthesis
from jalons.synthesis.moving import BLOCK, CHAPTER, back_to_plan, undo_of
from jalons.synthesis.operations import Move
from jalons.synthesis.pieces import label_of, shelves, starting_plan
from jalons.synthesis.waiting import composed_once_checked


@require_safe
@never_cache
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """The plan of the synthesis, or the button that starts it."""
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    context: dict[str, object] = {"campaign": campaign, "space": campaign.space}
    synthesis = Synthesis.objects.filter(campaign=campaign).first()
    if synthesis is None:
        return render(request, "synthesis/start.html", context)
    context |= {
        "synthesis": synthesis,
        "edition": Edition.objects.filter(synthesis=synthesis).first(),
        "chapters": _plan(synthesis),
        "form": ChapterForm(),
        "undo": undo_of(request.GET, synthesis),
        **_checked(synthesis),
    }
    return render(request, "synthesis/show.html", context)


def _checked(synthesis: Synthesis) -> dict[str, object]:
    """What the check of the tables allows to say, or how far it is."""
    try:
        content = composed_once_checked(synthesis).content
    except BeingChecked as error:
        return {"check": error.check}
    return {"missing": content.missing, "slides": plan(document(content))}


def _plan(synthesis: Synthesis) -> list[tuple[object, list[tuple[Block, str]]]]:
    """Each chapter with its blocks, and what each block is called."""
    on = shelves(public_restitution(synthesis.campaign))
    return [
        (
            chapter,
            [(block, label_of(block.piece, on)) for block in chapter.blocks.all()],
        )
        for chapter in synthesis.chapters.prefetch_related("blocks")
    ]


@require_POST
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = get_campaign_of_institutions(request.user, pk, Right.EDIT)
    operations.start_synthesis(
        campaign,
        title=campaign.title,
        plan=starting_plan(public_restitution(campaign)),
        by=request.user,
    )
    return redirect("synthesis:show", pk=pk)


@require_http_methods(["GET", "POST"])
@never_cache
def describe(request: SignedInRequest, pk: int) -> HttpResponse:
    """Title, publication, project group, thanks."""
    synthesis = access.get_synthesis(request.user, pk)
    form = DescriptionForm(request.POST or None, instance=synthesis)
    if request.method == "POST" and form.is_valid():
        operations.describe(form.save(commit=False), by=request.user)
        messages.success(request, _("Title and people are kept."))
        return redirect("synthesis:show", pk=pk)
    return render(request, "synthesis/describe.html", _context(synthesis, form=form))


@require_POST
def add_chapter(request: SignedInRequest, pk: int) -> HttpResponse:
    synthesis = access.get_synthesis(request.user, pk)
    form = ChapterForm(request.POST)
    if form.is_valid():
        title = form.cleaned_data["title"]
        operations.add_chapter(synthesis, title, by=request.user)
    else:
        messages.error(request, _("Give the chapter a title, 160 letters at most."))
    return redirect("synthesis:show", pk=pk)


@require_http_methods(["GET", "POST"])
@never_cache
def chapter(request: SignedInRequest, pk: int, chapter_pk: int) -> HttpResponse:
    """Rename a chapter."""
    synthesis = access.get_synthesis(request.user, pk)
    found = access.get_chapter(synthesis, chapter_pk)
    form = ChapterForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        operations.rename_chapter(found, form.cleaned_data["title"], by=request.user)
        return redirect("synthesis:show", pk=pk)
    return render(request, "synthesis/block.html", _context(synthesis, form=form))


@require_POST
def move_chapter(request: SignedInRequest, pk: int, chapter_pk: int) -> HttpResponse:
    synthesis = access.get_synthesis(request.user, pk)
    found = access.get_chapter(synthesis, chapter_pk)
    move = _move(request)
    place = operations.move_chapter(found, move, by=request.user)
    said = _("The chapter “%(title)s” is now number %(number)s of %(count)s.")
    messages.success(request, said % {"title": found.title, **asdict(place)})
    return back_to_plan(pk, CHAPTER, chapter_pk, move)


@require_http_methods(["GET", "POST"])
@never_cache
def add_block(request: SignedInRequest, pk: int, chapter_pk: int) -> HttpResponse:
    """Choose what to show next in a chapter."""
    synthesis = access.get_synthesis(request.user, pk)
    block = Block(chapter=access.get_chapter(synthesis, chapter_pk), position=0)
    form = _block_form(request, synthesis, block)
    if request.method == "POST" and form.is_valid():
        operations.add_block(form.save(commit=False), by=request.user)
        return redirect("synthesis:show", pk=pk)
    return render(request, "synthesis/block.html", _context(synthesis, form=form))


@require_http_methods(["GET", "POST"])
@never_cache
def block(request: SignedInRequest, pk: int, block_pk: int) -> HttpResponse:
    """Change a block: what it shows, its words, whether slides show it."""
    synthesis = access.get_synthesis(request.user, pk)
    found = access.get_block(synthesis, block_pk)
    form = _block_form(request, synthesis, found)
    if request.method == "POST" and form.is_valid():
        operations.change_block(form.save(commit=False), by=request.user)
        return redirect("synthesis:show", pk=pk)
    return render(request, "synthesis/block.html", _context(synthesis, form=form))


@require_POST
def move_block(request: SignedInRequest, pk: int, block_pk: int) -> HttpResponse:
    synthesis = access.get_synthesis(request.user, pk)
    found = access.get_block(synthesis, block_pk)
    move = _move(request)
    place = operations.move_block(found, move, by=request.user)
    name = label_of(found.piece, shelves(public_restitution(synthesis.campaign)))
    said = _("“%(title)s” is now number %(number)s of %(count)s in its chapter.")
    messages.success(request, said % {"title": name, **asdict(place)})
    return back_to_plan(pk, BLOCK, block_pk, move)


@require_http_methods(["GET", "POST"])
@never_cache
def remove_chapter(request: SignedInRequest, pk: int, chapter_pk: int) -> HttpResponse:
    """Say what goes with a chapter, then take it out."""
    synthesis = access.get_synthesis(request.user, pk)
    found = access.get_chapter(synthesis, chapter_pk)
    if request.method == "POST":
        operations.remove_chapter(found, by=request.user)
        return redirect("synthesis:show", pk=pk)
    blocks = [*found.blocks.all()]
    texts = [one.text for one in blocks if one.text]
    context = _context(
        synthesis, name=found.title, block_count=len(blocks), texts=texts
    )
    return render(request, "synthesis/remove.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
def remove_block(request: SignedInRequest, pk: int, block_pk: int) -> HttpResponse:
    """Show what was typed with a block, then take it out."""
    synthesis = access.get_synthesis(request.user, pk)
    found = access.get_block(synthesis, block_pk)
    if request.method == "POST":
        operations.remove_block(found, by=request.user)
        return redirect("synthesis:show", pk=pk)
    name = label_of(found.piece, shelves(public_restitution(synthesis.campaign)))
    context = _context(synthesis, name=name, texts=[found.text] if found.text else [])
    return render(request, "synthesis/remove.html", context)


def _block_form(
    request: SignedInRequest, synthesis: Synthesis, block: Block
) -> BlockForm:
    on = shelves(public_restitution(synthesis.campaign))
    return BlockForm(request.POST or None, block, on)


def _move(request: SignedInRequest) -> Move:
    said = request.POST.get("move")
    found: Move | None = next((one for one in get_args(Move) if one == said), None)
    if found is None:
        raise Http404
    return found


def _context(synthesis: Synthesis, **more: object) -> Mapping[str, object]:
    campaign = synthesis.campaign
    return {
        "synthesis": synthesis,
        "campaign": campaign,
        "space": campaign.space,
        **more,
    }
