"""A move just done: said in words, and undone from the page that it leads back to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jalons.synthesis.models import Synthesis
from jalons.synthesis.operations import Move

OPPOSITES: Mapping[str, Move] = {"up": "down", "down": "up"}
CHAPTER, BLOCK = "chapitre", "bloc"


@dataclass(frozen=True, slots=True)
class Undo:
    """The form that takes a chapter or a block back where it was."""

    url: str
    move: Move


def back_to_plan(pk: int, kind: str, moved: int, move: Move) -> HttpResponse:
    """The plan, with the way back of this move."""
    plan = reverse("synthesis:show", args=[pk])
    return redirect(f"{plan}?deplace={kind}&numero={moved}&sens={move}")


def undo_of(asked: Mapping[str, str], synthesis: Synthesis) -> Undo | None:
    """The way back of the move that the address names; None when it names none."""
    move, number = OPPOSITES.get(asked.get("sens", "")), asked.get("numero", "")
    if move is None or not (number.isascii() and number.isdigit() and len(number) < 18):
        return None
    campaign = synthesis.campaign_id
    if asked.get("deplace") == CHAPTER:
        found = synthesis.chapters.filter(pk=number).exists()
        name, key = "synthesis:move_chapter", "chapter_pk"
    else:
        found = synthesis.chapters.filter(blocks__pk=number).exists()
        name, key = "synthesis:move_block", "block_pk"
    if not found:
        return None
    return Undo(reverse(name, kwargs={"pk": campaign, key: int(number)}), move)
