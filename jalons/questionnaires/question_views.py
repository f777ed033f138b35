"""The pages of one question: its words, how it is answered, when it is asked."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jalons.accounts.access import SignedInRequest
from jalons.questionnaires import access, drafting, editing, library
from jalons.questionnaires.arranging import places_for
from jalons.questionnaires.editor_forms import EditorForm
from jalons.questionnaires.editor_views import address_of, common, form_page, save
from jalons.questionnaires.models import Draft
from jalons.questionnaires.option_forms import moved
from jalons.questionnaires.question_forms import (
    ConditionForm,
    NewQuestionForm,
    QuestionForm,
)
from jalons.questionnaires.schema import Question, ShowIf
from jalons.questionnaires.troubles import about, troubles_of
from jalons.questionnaires.values import option_texts
from jalons.spaces.access import Right

BANDS = "bornes"
"""In the address, asks for the limits of the band that each answer stands for."""


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
    form = QuestionForm(
        request.POST or None,
        question=found,
        with_bands=BANDS in request.GET,
        revision=draft.revision,
    )
    form.tell(about(troubles_of(definition), "question", code))
    if request.method == "POST" and form.is_valid():
        changed = _question_typed(request, draft, form)
        if changed and save(
            request,
            draft,
            form,
            drafting.replace_question(definition, changed),
            _("the question “%(title)s”") % {"title": drafting.title_of(found)},
        ):
            return redirect(_next_of_question(request, draft, code))
    condition = editing.condition_said(definition, found.show_if, "fr")
    context = {
        **common(draft),
        "form": form,
        "question": found,
        "condition": condition,
        "may_offer": drafting.profiles_for(definition, found) is not None,
        "places": places_for(definition, code),
    }
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
    if question.meaning:
        return True
    if draft.questionnaire_id is None or draft.based_on is None:
        return False
    return draft.based_on.read().question(question.code) is not None


def _next_of_question(request: HttpRequest, draft: Draft, code: str) -> str:
    """Back to the list once done, else the same page for more answers."""
    address = reverse("questionnaires:question", args=[draft.pk, code])
    asked = request.POST.get("do", "")
    if asked == "bands":
        return f"{address}?{BANDS}#answers"
    if asked == "more" or asked.startswith("move:"):
        return f"{address}#answers"
    return address_of(draft, draft.read(), code)


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
            return redirect(address_of(draft, definition, _anchor(kind, code)))
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
    return redirect(address_of(draft, draft.read(), _anchor(kind, code)))


def _anchor(kind: str, code: str) -> str:
    return f"part-{code}" if kind == "part" else code
