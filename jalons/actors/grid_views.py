"""The two tables actor × column: read, filled in, printed for a workshop."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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


@require_safe
@never_cache
def grid(request: SignedInRequest, space_pk: int, name: str) -> HttpResponse:
    """What the actors stated, and the gaps in sentences."""
    space = get_space(request.user, space_pk, Right.READ)
    matrix = figures.matrix_of(space, get_grid(name))
    context = {
        "space": space,
        "matrix": matrix,
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
    """Every cell on one page, or those of one actor; also to key a workshop's sheet."""
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    found = get_grid(name)
    if request.method == "POST":
        changes = filling.changes_in(found, request.POST)
        filled = operations.fill_in(space, found, changes, by=request.user)
        _tell(request, found, filled)
        return redirect("actors:grid", space_pk, name)
    actors = [*space.actors.at_work().in_order()]
    alone = request.GET.get("acteur", "")
    shown = [one for one in actors if str(one.pk) == alone] or actors
    cells = found.cells_of(shown)
    context = {
        "space": space,
        "grid": found,
        "rows": filling.rows_to_fill(found, shown, cells),
        "shown": filling.written(found, shown, cells),
        "levels": found.levels.choices,
    }
    return render(request, "actors/fill.html", context)


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
