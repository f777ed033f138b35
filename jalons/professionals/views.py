"""Those who work for the actors of a space: noted, told, corrected, erased."""

from __future__ import annotations

from django.contrib import messages
from django.core.files import File
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.accounts.models import User
from jalons.actors.access import get_actor
from jalons.actors.pages import form_page
from jalons.files import operations as files
from jalons.files.tables import UnreadableFile
from jalons.professionals import access, operations
from jalons.professionals.forms import FileForm, ProfessionalForm
from jalons.professionals.loaders import Noted, import_people
from jalons.professionals.models import Professional
from jalons.spaces.access import Right, get_space, right_in
from jalons.spaces.models import Space

FILE_KIND = "people-import"


@require_safe
@never_cache
def list(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """Everybody whom the team may reach, and until when."""
    space = get_space(request.user, space_pk, Right.READ)
    people = space.professionals.select_related("actor").order_by("actor__key", "name")
    context = {
        "space": space,
        "people": people,
        "actors": space.actors.at_work().in_order(),
        "can_write": right_in(request.user, space, Right.CONTRIBUTE),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "professionals/list.html", context)


@never_cache
@form_page
def add(request: SignedInRequest, space_pk: int, actor_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    actor = get_actor(space, actor_pk)
    form = ProfessionalForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        person = form.save(commit=False)
        if _written(form, operations.add_professional, person, request):
            messages.success(request, _said(person))
            return redirect("professionals:list", space_pk)
    context = {"space": space, "actor": actor, "form": form}
    return render(request, "professionals/add.html", context)


@never_cache
@form_page
def load(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """People of a file: tried first if one wishes, then noted and told."""
    space = get_space(request.user, space_pk, Right.EDIT)
    form = FileForm(request.POST or None, request.FILES or None)
    noted, is_try = None, "write" not in request.POST
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            noted = _noted(upload, space, by=request.user, is_try=is_try)
        except (files.RefusedUpload, UnreadableFile) as error:
            form.add_error("file", str(error))
    context = {"space": space, "form": form, "noted": noted, "is_try": is_try}
    return render(request, "professionals/load.html", context)


@never_cache
@form_page
def edit(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    person = access.get_professional(space, pk)
    form = ProfessionalForm(request.POST or None, instance=person, actor=person.actor)
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        if _written(form, operations.change_professional, changed, request):
            messages.success(request, _("The person is changed."))
            return redirect("professionals:list", space_pk)
    context = {"space": space, "person": person, "form": form}
    return render(request, "professionals/edit.html", context)


@require_POST
def delete(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.CONTRIBUTE)
    person = access.get_professional(space, pk)
    operations.delete_professional(person, by=request.user)
    messages.success(request, _("The person is erased."))
    return redirect("professionals:list", space_pk)


def _noted(upload: File[bytes], space: Space, *, by: User, is_try: bool) -> Noted:
    """What a file does; it is forgotten as soon as it is read.

    Raises RefusedUpload, UnreadableFile.
    """
    stored = files.receive(
        upload,
        kind=FILE_KIND,
        suffixes=files.TABLES,
        kept_days=1,
        space_id=space.pk,
    )
    try:
        with stored.file.open("rb") as content:
            return import_people(space, content, stored.name, by=by, dry_run=is_try)
    finally:
        files.discard(stored)


def _written(
    form: ProfessionalForm, write, person: Professional, request: SignedInRequest
) -> bool:
    """Whether the person was written; otherwise the form says why."""
    try:
        write(person, by=request.user)
    except operations.Objected:
        form.add_error(None, _("This person asked the team not to keep their contact."))
    return not form.errors


def _said(person: Professional) -> str:
    if person.email:
        return _("The person is noted, and a mail tells them so.")
    if person.informed_on:
        return _("The person is noted.")
    return _(
        "The person is noted. Tell them within a month and note the day: otherwise "
        "their contact is erased."
    )
