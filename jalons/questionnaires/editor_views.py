"""The editor: a resource centre's questionnaires, their parts and their questions."""

from __future__ import annotations

from typing import Protocol

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.accounts.models import User
from jalons.questionnaires import access, drafting, editing, operations
from jalons.questionnaires.arranging import arranged
from jalons.questionnaires.definitions import Definition
from jalons.questionnaires.editor_forms import (
    CopyForm,
    DescriptionForm,
    EditorForm,
    SectionForm,
)
from jalons.questionnaires.models import Draft, Version
from jalons.questionnaires.reading import WHOLE, found_at, reading_of
from jalons.questionnaires.troubles import about, troubles_of
from jalons.spaces.access import Right, get_membership, right_in


class Crossing(Protocol):
    """To undo, or to do again, the last change."""

    def __call__(self, draft: Draft, *, revision: int, by: User) -> None: ...


form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def ours(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """The questionnaires of a resource centre, and what it may start from."""
    space = access.get_centre(request.user, space_pk, Right.READ)
    context = {
        "space": space,
        "drafts": space.drafts.select_related("updated_by").order_by("-updated_at"),
        "families": editing.families_of(space),
        "shipped": editing.shipped_versions(),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "questionnaires/ours.html", context)


@form_page
def copy(request: SignedInRequest, space_pk: int, version_pk: int) -> HttpResponse:
    """A draft of one's own from an existing version."""
    space = access.get_centre(request.user, space_pk, Right.EDIT)
    version = access.get_version_to_copy(space, version_pk)
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        draft = operations.copy_version(version, space, title=title, by=request.user)
        messages.success(request, _("Your copy is ready: change what you need."))
        return redirect("questionnaires:draft", draft.pk)
    context = {"space": space, "version": version, "form": form}
    return render(request, "questionnaires/copy.html", context)


@require_POST
def prepare(request: SignedInRequest, space_pk: int, pk: int) -> HttpResponse:
    """The draft of the next version of one of our questionnaires."""
    space = access.get_centre(request.user, space_pk, Right.EDIT)
    questionnaire = access.get_own_questionnaire(space, pk)
    draft = operations.prepare_version(questionnaire, by=request.user)
    return redirect("questionnaires:draft", draft.pk)


@require_safe
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """A part of the draft, and what is left to mend; once published, its version."""
    if became := access.version_written_as(request.user, pk):
        return to_version(became)
    draft = access.get_draft(request.user, pk, Right.EDIT)
    reading = reading_of(draft.read(), request.GET)
    context = {
        **common(draft),
        "outline": editing.outline(draft.read(), reading),
        "reading": reading,
        "steps": editing.steps_of(draft),
        "may_publish": get_membership(request.user, draft.space_id, Right.EDIT)
        .get_role()
        .includes(Right.MANAGE.value),
    }
    return render(request, "questionnaires/draft.html", context)


def to_version(version: Version) -> HttpResponse:
    return redirect("questionnaires:show", version.questionnaire.code, version.number)


@form_page
def describe(request: SignedInRequest, pk: int) -> HttpResponse:
    """Title, description, length and author."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    definition = draft.read()
    form = DescriptionForm(
        request.POST or None, definition=definition, revision=draft.revision
    )
    form.tell(about(troubles_of(definition), "description"))
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and save(request, draft, form, form.result(), _("the description")):
        return redirect("questionnaires:draft", pk)
    context = {**common(draft), "form": form}
    return render(request, "questionnaires/describe.html", context)


@form_page
def section(request: SignedInRequest, pk: int, code: str = "") -> HttpResponse:
    """One part, new or old: its title and its introduction."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    definition = draft.read()
    found = definition.section(code)
    if code and found is None:
        raise Http404
    form = SectionForm(request.POST or None, section=found, revision=draft.revision)
    form.tell(about(troubles_of(definition), "part", code))
    if request.method == "POST" and form.is_valid():
        changed = form.applied(definition)
        written = code or changed.sections[-1].code
        if save(request, draft, form, changed, _("a part")):
            return redirect(address_of(draft, changed, f"part-{written}"))
    context = {**common(draft), "form": form, "section": found}
    return render(request, "questionnaires/section.html", context)


@require_POST
def arrange(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move or remove a part or a question, as the button or the drag says."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    try:
        changed, said, anchor = arranged(draft.read(), request.POST.get("do", ""))
    except drafting.NoSuchPart:
        messages.error(request, _("This is no longer in the draft: nothing changed."))
        return _back(request, pk)
    form = EditorForm(request.POST, revision=draft.revision)
    if form.is_valid() and save(request, draft, form, changed, said):
        is_whole = WHOLE in request.GET
        return redirect(address_of(draft, changed, anchor, is_whole=is_whole))
    return _back(request, pk)


@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bring back the state before the last change."""
    told_so = _("The last change is undone.")
    return _crossed(request, pk, operations.undo_change, told_so)


@require_POST
def redo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make again the last change undone."""
    told_so = _("The change is made again.")
    return _crossed(request, pk, operations.redo_change, told_so)


def _crossed(
    request: SignedInRequest, pk: int, cross: Crossing, told_so: str
) -> HttpResponse:
    draft = access.get_draft(request.user, pk, Right.EDIT)
    form = EditorForm(request.POST, revision=draft.revision)
    if form.is_valid():
        try:
            cross(draft, revision=form.cleaned_data["revision"], by=request.user)
            messages.success(request, told_so)
        except operations.Conflict as conflict:
            messages.error(request, told(conflict))
    return _back(request, pk)


def _back(request: SignedInRequest, pk: int) -> HttpResponseRedirect:
    """The draft as it was read: the same part, or the whole."""
    shown = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(f"{reverse('questionnaires:draft', args=[pk])}{shown}")


def address_of(
    draft: Draft, definition: Definition, anchor: str, *, is_whole: bool = False
) -> str:
    """Where the draft shows this part, or this question."""
    address = reverse("questionnaires:draft", args=[draft.pk])
    return f"{address}{found_at(definition, anchor, is_whole=is_whole)}"


@form_page
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw the draft away, after having said so."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    if request.method == "POST":
        operations.discard_draft(draft, by=request.user)
        messages.success(request, _("The draft is thrown away."))
        return redirect("questionnaires:ours", draft.space_id)
    return render(request, "questionnaires/discard.html", common(draft))


def common(draft: Draft) -> dict[str, object]:
    """What every page of a draft shows."""
    return {"draft": draft, "space": draft.space, "definition": draft.read()}


def save(
    request: SignedInRequest,
    draft: Draft,
    form: EditorForm,
    definition: Definition,
    said: str,
) -> bool:
    """Keep what was written; a conflict is told and what was typed stays shown."""
    try:
        operations.change_draft(
            draft,
            definition,
            revision=form.cleaned_data["revision"],
            by=request.user,
            said=said,
        )
    except operations.Conflict as conflict:
        form.renew(conflict.draft.revision)
        messages.error(request, told(conflict))
        return False
    messages.success(request, _("Kept."))
    return True


def told(conflict: operations.Conflict) -> str:
    """Who wrote in the meantime, and that nothing was overwritten."""
    at = timezone.localtime(conflict.draft.updated_at)
    return _(
        "%(who)s changed this draft at %(time)s, after you opened it: nothing of yours "
        "was kept. What you typed is still below: read the draft again, then keep it "
        "if it still holds."
    ) % {"who": conflict.draft.updated_by, "time": time_format(at, "H:i")}
