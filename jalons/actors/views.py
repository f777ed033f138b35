"""The table of the actors of a space: read, filled, put aside, given back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors import access, documents, figures, operations, words
from jalons.actors.forms import ActorForm
from jalons.actors.grids import CHANNELS, GRIDS, ROLES, stated_by
from jalons.actors.models import Actor
from jalons.actors.pages import form_page, hand_out
from jalons.documents import CONTENT_TYPES
from jalons.documents import render as make_file
from jalons.files.exports import stream_csv
from jalons.spaces.access import Right, get_space, right_in

WITHHELD = gettext_lazy(
    "Your table is read by everybody: this actor is kept out of it until somebody with "
    "the role Editor shows it."
)


@require_safe
@never_cache
def list(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.READ)
    table = figures.table_of(space)
    context = {
        "space": space,
        "table": table,
        "missing": words.missing_sentences(table),
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "actors/list.html", context)


@never_cache
@form_page
def add(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    can_publish = right_in(request.user, space, Right.EDIT)
    form = ActorForm(request.POST or None, space=space, can_publish=can_publish)
    if request.method == "POST" and form.is_valid():
        try:
            actor = operations.add_actor(form.save(commit=False), by=request.user)
        except operations.AlreadyThere as error:
            form.add_error("name", _double(error.actor))
        else:
            said = _("“%(name)s” is in the table. What does it do, and how far?")
            messages.success(request, said % {"name": actor.name})
            if actor.is_withheld and not can_publish:
                messages.info(request, WITHHELD)
            return redirect("actors:show", space_pk, actor.pk)
    return render(request, "actors/add.html", {"space": space, "form": form})


@require_safe
@never_cache
def show(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """One actor: what it does, how far, and how it is made known."""
    space = get_space(request.user, space_pk, Right.READ)
    actor = access.get_actor(space, pk)
    stated = [(grid, stated_by(actor, grid)) for grid in GRIDS.values()]
    context = {
        "space": space,
        "actor": actor,
        "stated": stated,
        "can_change": access.can_change(request.user, actor),
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "actors/show.html", context)


@never_cache
@form_page
def edit(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    actor = access.get_changeable(request.user, space, pk)
    form = ActorForm(
        request.POST or None,
        instance=actor,
        space=space,
        can_publish=right_in(request.user, space, Right.EDIT),
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_actor(form.save(commit=False), by=request.user)
        except operations.AlreadyThere as error:
            form.add_error("name", _double(error.actor))
        else:
            messages.success(request, _("The actor is changed."))
            return redirect("actors:show", space_pk, pk)
    context = {"space": space, "actor": actor, "form": form}
    return render(request, "actors/edit.html", context)


@require_POST
def archive(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    actor = access.get_actor(space, pk)
    operations.archive_actor(actor, by=request.user)
    said = _("“%(name)s” is put aside, with what it stated. You may bring it back.")
    messages.success(request, said % {"name": actor.name})
    return redirect("actors:list", space_pk)


@require_POST
def restore(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    actor = access.get_actor(space, pk)
    operations.restore_actor(actor, by=request.user)
    said = _("“%(name)s” is back in the table.") % {"name": actor.name}
    messages.success(request, said)
    return redirect("actors:show", space_pk, pk)


@require_safe
def file(request: SignedInRequest, space_pk: int, format: str) -> HttpResponseBase:
    """The whole table with what each actor stated, for a spreadsheet."""
    space = get_space(request.user, space_pk, Right.READ)
    table = figures.table_of(space)
    matrices = [figures.matrix_of(space, grid) for grid in (ROLES, CHANNELS)]
    name = _("actors %(name)s") % {"name": space.territory.name}
    if format == "csv":
        return stream_csv(
            f"{name}.csv",
            [*documents.header_of(*matrices)],
            documents.lines_of(table, *matrices),
            is_simulated=table.is_simulated,
        )
    if format != "xlsx":
        raise Http404
    content = make_file(documents.workbook_of(space, table, *matrices), format)
    return hand_out(content, CONTENT_TYPES[format], name, format)


def _double(actor: Actor) -> str:
    if actor.archived_at:
        return _("This actor was put aside: bring it back from its page.")
    return _("An actor of the table has this name already.")
