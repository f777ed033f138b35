"""The two tables actor × column: read, filled in, printed for a workshop."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors import documents, figures, filling, operations, words
from jalons.actors.grids import Grid, get_grid
from jalons.actors.operations import Filled
from jalons.actors.pages import form_page, hand_out
from jalons.documents.board import make_board
from jalons.spaces.access import Right, get_space, right_in

PER_PAGE = 12
"""Actors of the table that are read at once."""


@require_safe
@never_cache
def grid(request: SignedInRequest, space_pk: int, name: str) -> HttpResponse:
    """What the actors stated, and the gaps in sentences."""
    space = get_space(request.user, space_pk, Right.READ)
    matrix = figures.matrix_of(space, get_grid(name))
    count = len(matrix.rows) if filling.WHOLE in request.GET else PER_PAGE
    context = {
        "space": space,
        "matrix": matrix,
        "page": Paginator(matrix.rows, count or 1).get_page(request.GET.get("page")),
        "heard": words.heard_sentence(matrix),
        "gaps": words.gap_sentences(matrix),
        "dead_ends": words.dead_end_sentences(matrix),
        "held": words.held_sentence(matrix),
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
    }
    return render(request, "actors/grid.html", context)


@never_cache
@form_page
def fill(request: SignedInRequest, space_pk: int, name: str) -> HttpResponse:
    """The cells of one actor, or of all; also to key a workshop's sheet."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    found = get_grid(name)
    if request.method == "POST":
        changes = filling.changes_in(found, request.POST)
        filled = operations.fill_in(space, found, changes, by=request.user)
        _tell(request, found, filled)
        return redirect(_next(request, space_pk, name))
    actors = [*space.actors.at_work().in_order()]
    cells = found.cells_of(actors)
    turn = filling.turn_of(actors, cells, request.GET)
    context = {
        "space": space,
        "grid": found,
        "turn": turn,
        "rows": filling.rows_to_fill(found, turn.shown, cells),
        "shown": filling.written(found, turn.shown, cells),
        "levels": found.levels.choices,
    }
    return render(request, "actors/fill.html", context)


def _next(request: HttpRequest, space_pk: int, name: str) -> str:
    """The actor whose turn comes, when there is one to go on with; else the table."""
    after = request.POST.get("puis", "")
    if after.isascii() and after.isdigit():
        return f"{reverse('actors:fill', args=[space_pk, name])}?acteur={after}"
    return reverse("actors:grid", args=[space_pk, name])


@require_safe
@never_cache
def board(request: SignedInRequest, space_pk: int, name: str) -> HttpResponse:
    """The board as a PDF: A4 or A3, filled in or blank."""
    space = get_space(request.user, space_pk, Right.READ)
    matrix = figures.matrix_of(space, get_grid(name))
    wanted = documents.Wanted(
        paper="a3" if request.GET.get("papier") == "a3" else "a4",
        is_blank="vierge" in request.GET,
    )
    content = make_board(documents.board_of(space, matrix, wanted))
    title = f"{matrix.grid.title} {space.territory.name}"
    return hand_out(content, "application/pdf", title, "pdf")


def _tell(request: HttpRequest, grid: Grid, filled: Filled) -> None:
    """How many cells were written, and those that somebody else had just changed."""
    said = ngettext(
        "%(n)d cell is changed.", "%(n)d cells are changed.", filled.changed
    )
    messages.success(request, said % {"n": filled.changed})
    if filled.left:
        left = ngettext(
            "%(n)d cell was changed by somebody else meanwhile and is left as they "
            "wrote it: read it again.",
            "%(n)d cells were changed by somebody else meanwhile and are left as they "
            "wrote them: read them again.",
            len(filled.left),
        )
        messages.warning(request, left % {"n": len(filled.left)})
