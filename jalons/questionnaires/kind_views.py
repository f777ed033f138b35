"""What a question is: change its type, say to whom each answer is offered."""

from __future__ import annotations

from typing import get_args

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jalons.accounts.access import SignedInRequest
from jalons.questionnaires import access, drafting, library
from jalons.questionnaires.editor_views import common, form_page, save
from jalons.questionnaires.kind_forms import (
    LOSSES,
    OfferForm,
    RetypeForm,
    other_types,
)
from jalons.questionnaires.models import Draft
from jalons.questionnaires.question_forms import TYPES
from jalons.questionnaires.question_views import has_a_past
from jalons.questionnaires.retyping import losses, rest_on, retyped
from jalons.questionnaires.schema import Definition, Question, QuestionType
from jalons.spaces.access import Right

TYPES_OF_FILE: tuple[QuestionType, ...] = get_args(QuestionType)


def _asked(draft: Draft, code: str) -> tuple[Definition, Question]:
    definition = draft.read()
    found = definition.question(code)
    if found is None:
        raise Http404
    return definition, found


@form_page
def retype(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Another way of answering: first what is lost, then the button."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    definition, question = _asked(draft, code)
    if question.type == "territory":
        raise Http404
    asked = request.GET.get("type", "")
    kind = next((one for one in TYPES_OF_FILE if one == asked), None)
    form = RetypeForm(request.POST or None, revision=draft.revision)
    if request.method == "POST" and form.is_valid():
        typed = retyped(question, form.cleaned_data["type"])
        if has_a_past(draft, typed):
            typed = library.renewed(typed, definition)
        changed = drafting.replace_question(definition, typed)
        said = _("the type of “%(title)s”") % {"title": drafting.title_of(question)}
        if save(request, draft, form, changed, said):
            return redirect("questionnaires:question", pk, code)
    lost = losses(question, kind, definition) if kind else ()
    context = {
        **common(draft),
        "form": form,
        "question": question,
        "types": other_types(question),
        "kind": kind,
        "kind_said": dict(TYPES).get(asked, ""),
        "lost": [LOSSES[one] for one in lost if one in LOSSES],
        "conditions": rest_on(question, definition) if "conditions" in lost else (),
        "is_renewed": has_a_past(draft, question),
    }
    return render(request, "questionnaires/retype.html", context)


@form_page
def offer(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Which profiles each answer is offered to."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    definition, question = _asked(draft, code)
    profiles = drafting.profiles_for(definition, question)
    if profiles is None:
        raise Http404
    form = OfferForm(
        request.POST or None,
        question=question,
        profiles=profiles,
        revision=draft.revision,
    )
    if request.method == "POST" and form.is_valid():
        changed = drafting.replace_question(definition, form.result())
        said = _("who is offered the answers of “%(title)s”") % {
            "title": drafting.title_of(question)
        }
        if save(request, draft, form, changed, said):
            return redirect("questionnaires:question", pk, code)
    context = {**common(draft), "form": form, "question": question}
    return render(request, "questionnaires/offer.html", context)
