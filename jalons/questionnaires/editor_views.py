"""The editor: a resource centre's questionnaires, their parts and their questions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
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
from jalons.questionnaires import access, drafting, editing, library, operations
from jalons.questionnaires.arranging import arranged
from jalons.questionnaires.definitions import Definition
from jalons.questionnaires.editor_forms import (
    ConditionForm,
    CopyForm,
    DescriptionForm,
    EditorForm,
    NewQuestionForm,
    QuestionForm,
    SectionForm,
)
from jalons.questionnaires.models import Draft
from jalons.questionnaires.option_forms import moved
from jalons.questionnaires.schema import Question, ShowIf
from jalons.questionnaires.troubles import about, troubles_of
from jalons.questionnaires.values import option_texts
from jalons.spaces.access import Right, get_membership, right_in

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
    """The whole draft: its parts, its questions, and what is left to mend."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    context = {
        **common(draft),
        "outline": editing.outline(draft.read()),
        "may_publish": get_membership(request.user, draft.space_id, Right.EDIT)
        .get_role()
        .includes(Right.MANAGE.value),
    }
    return render(request, "questionnaires/draft.html", context)


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
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and save(request, draft, form, form.applied(definition), _("a part")):
        return redirect("questionnaires:draft", pk)
    context = {**common(draft), "form": form, "section": found}
    return render(request, "questionnaires/section.html", context)


@form_page
def add_question(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """A new question at the end of a part, written here or taken up elsewhere."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    definition = draft.read()
    found = definition.section(code)
    if found is None:
        raise Http404
    form = NewQuestionForm(request.POST or None, revision=draft.revision)
    if request.method == "POST" and form.is_valid():
        question = form.question(definition)
        changed = drafting.add_question(definition, code, question)
        if save(request, draft, form, changed, _("a new question")):
            return redirect("questionnaires:question", pk, question.code)
    context = {**common(draft), "form": form, "section": found}
    return render(request, "questionnaires/add_question.html", context)


@form_page
def question(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """One question: its words, its answers, its limits."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    definition = draft.read()
    found = definition.question(code)
    if found is None:
        raise Http404
    form = QuestionForm(request.POST or None, question=found, revision=draft.revision)
    form.tell(about(troubles_of(definition), "question", code))
    if request.method == "POST" and form.is_valid():
        changed = _question_typed(request, draft, form)
        if changed and save(
            request,
            draft,
            form,
            drafting.replace_question(definition, changed),
            _("the question %(code)s") % {"code": code},
        ):
            return redirect(_next_of_question(request, draft, code))
    condition = editing.condition_said(definition, found.show_if, "fr")
    context = {**common(draft), "form": form, "question": found, "condition": condition}
    return render(request, "questionnaires/question.html", context)


def _question_typed(
    request: HttpRequest, draft: Draft, form: QuestionForm
) -> Question | None:
    """The question as typed; None while it must be said whether its meaning holds."""
    typed = form.result()
    asked = request.POST.get("do", "")
    if asked.startswith("move:") and asked.count(":") == 3:
        _move, prefix, option, direction = asked.split(":")
        typed = moved(typed, prefix, option, direction)
    if not (has_a_past(draft, typed) and library.is_otherwise(form.question, typed)):
        return typed
    meaning = request.POST.get("meaning", "")
    if meaning not in ("same", "other"):
        form.asks_meaning = True
        return None
    return typed if meaning == "same" else library.renewed(typed, draft.read())


def has_a_past(draft: Draft, question: Question) -> bool:
    """Whether answers given elsewhere may be set beside answers to this question."""
    known = draft.based_on.read().question(question.code)
    return bool(question.meaning) or (
        draft.questionnaire_id is not None and known is not None
    )


def _next_of_question(request: HttpRequest, draft: Draft, code: str) -> str:
    """Back to the list once done, else the same page for more answers."""
    address = reverse("questionnaires:question", args=[draft.pk, code])
    asked = request.POST.get("do", "")
    if asked == "more" or asked.startswith("move:"):
        return f"{address}#answers"
    return reverse("questionnaires:draft", args=[draft.pk]) + f"#{code}"


@form_page
def condition(request: SignedInRequest, pk: int, kind: str, code: str) -> HttpResponse:
    """When a question or a part is asked, in two steps: of which answer, then which."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    definition = draft.read()
    try:
        before = drafting.questions_before(definition, kind, code)
    except drafting.NoSuchPart as error:
        raise Http404 from error
    holder = definition.question(code) if kind == "question" else None
    target = holder or definition.section(code)
    current = target.show_if if target else None
    asked = request.GET.get("question", current.question if current else "")
    decider = next((one for one in before if one.code == asked), None)
    form = _condition_form(request, draft, decider, current)
    if request.method == "POST" and form and form.is_valid():
        changed = drafting.set_condition(definition, kind, code, form.condition())
        if save(request, draft, form, changed, _("a condition")):
            return redirect("questionnaires:draft", pk)
    context = {
        **common(draft),
        "form": form,
        "kind": kind,
        "target": target,
        "before": before,
        "decider": decider,
        "troubles": about(
            troubles_of(definition),
            "condition" if kind == "question" else "part_condition",
            code,
        ),
    }
    return render(request, "questionnaires/condition.html", context)


def _condition_form(
    request: HttpRequest,
    draft: Draft,
    decider: Question | None,
    current: ShowIf | None,
) -> ConditionForm | None:
    """The answers to choose from, once it is known of which question."""
    if decider is None:
        return None
    choices = option_texts(decider, "fr")
    return ConditionForm(
        request.POST or None,
        asked=decider,
        condition=current,
        choices={code: choices[code] for code in decider.option_codes},
        revision=draft.revision,
    )


@require_POST
def ask_always(request: SignedInRequest, pk: int, kind: str, code: str) -> HttpResponse:
    """Take a condition away."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    form = EditorForm(request.POST, revision=draft.revision)
    try:
        changed = drafting.set_condition(draft.read(), kind, code, None)
    except drafting.NoSuchPart as error:
        raise Http404 from error
    if form.is_valid():
        save(request, draft, form, changed, _("a condition"))
    return redirect("questionnaires:draft", pk)


@require_POST
def arrange(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move or remove a part or a question, as the button or the drag says."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    try:
        changed, said, anchor = arranged(draft.read(), request.POST.get("do", ""))
    except drafting.NoSuchPart:
        messages.error(request, _("This is no longer in the draft: nothing changed."))
        return redirect("questionnaires:draft", pk)
    form = EditorForm(request.POST, revision=draft.revision)
    if form.is_valid() and save(request, draft, form, changed, said):
        return HttpResponseRedirect(
            f"{reverse('questionnaires:draft', args=[pk])}#{anchor}"
        )
    return redirect("questionnaires:draft", pk)


@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bring back the state before the last change."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    form = EditorForm(request.POST, revision=draft.revision)
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            operations.undo_change(draft, revision=revision, by=request.user)
            messages.success(request, _("The last change is undone."))
        except operations.Conflict as conflict:
            messages.error(request, told(conflict))
    return redirect("questionnaires:draft", pk)


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
