"""Before and after publication: points, preview, library, publication, comparison."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.questionnaires import (
    access,
    drafting,
    library,
    operations,
    points_pages,
)
from jalons.questionnaires.comparison import compare as compared
from jalons.questionnaires.definitions import Definition
from jalons.questionnaires.editor_forms import EditorForm, PublicationForm
from jalons.questionnaires.editor_views import (
    common,
    form_page,
    save,
    to_version,
    told,
)
from jalons.questionnaires.forms import section_form
from jalons.questionnaires.grid_checks import SCORED_TYPES
from jalons.questionnaires.models import Draft, Version
from jalons.questionnaires.points_changes import first_grid, with_change
from jalons.questionnaires.points_forms import PointsForm
from jalons.questionnaires.question_views import has_a_past
from jalons.questionnaires.schema import Question
from jalons.questionnaires.troubles import troubles_of
from jalons.questionnaires.views import WORDINGS
from jalons.spaces.access import Right

PER_PAGE = 12
WIDTHS = {"telephone": "phone", "ordinateur": "desktop"}


@form_page
def points(request: SignedInRequest, pk: int) -> HttpResponse:
    """Totals and classes, or the points of a dimension, and whether they add up."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    definition = draft.read()
    page = _points_page(request, definition)
    form = _points_form(request.POST or None, definition, draft.revision, page)
    if request.method == "POST" and form.is_valid():
        asked = request.POST.get("do", "keep")
        typed = _changed(form.result(), asked, page or "")
        may_keep = asked != "check" and _may_keep(request, draft, form, typed)
        if may_keep and save(request, draft, form, typed, _("the points")):
            return redirect(request.get_full_path())
        definition, asks = typed, form.asks_meaning
        # Not as it was posted: a button may have changed the points.
        form = _points_form(None, typed, form.cleaned_data["revision"], page)
        form.asks_meaning = asks
    told_now = [one for one in troubles_of(definition) if one.is_about_points]
    form.tell(told_now)
    context = {
        **common(draft),
        "form": form,
        "troubles": told_now,
        "leaves": [*points_pages.leaves(definition, form.grid, page)],
        "unscored": _unscored(definition),
    }
    return render(request, "questionnaires/points.html", context)


def _points_page(request: HttpRequest, definition: Definition) -> str | None:
    grid, is_sent = definition.grid or first_grid(), request.method == "POST"
    return points_pages.page_asked(grid, request.GET, is_sent=is_sent)


def _points_form(
    posted: QueryDict | None, definition: Definition, revision: int, page: str | None
) -> PointsForm:
    grid = definition.grid or first_grid()
    return PointsForm(
        posted, definition=definition, grid=grid, page=page, revision=revision
    )


def _unscored(definition: Definition) -> list[Question]:
    """The questions that could give points and give none."""
    return [
        question
        for question in definition.questions
        if not question.scoring and question.type in SCORED_TYPES
    ]


def _changed(typed: Definition, asked: str, page: str) -> Definition:
    if asked in ("keep", "check"):
        return typed
    try:
        return with_change(typed, asked, page=page)
    except drafting.NoSuchPart:
        return typed


def _may_keep(
    request: HttpRequest, draft: Draft, form: PointsForm, typed: Definition
) -> bool:
    """Whether nothing is to be asked first about the meaning of the questions."""
    before = draft.read()
    changed = [
        question
        for question in typed.questions
        if (old := before.question(question.code))
        and has_a_past(draft, question)
        and library.is_otherwise(old, question)
    ]
    form.asks_meaning = bool(changed) and request.POST.get("meaning") != "same"
    return not form.asks_meaning


@form_page
def pick(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Questions ready to be taken up in a part, with their meaning."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    definition = draft.read()
    section = definition.section(code)
    if section is None:
        raise Http404
    words = request.GET.get("q", "").strip()
    held = {definition.meaning_of(question) for question in definition.questions}
    found = [
        one
        for one in library.library_of(draft.space)
        if one.holds(words) and one.meaning not in held
    ]
    form = EditorForm(request.POST or None, revision=draft.revision)
    wanted = next((x for x in found if x.meaning == request.POST.get("pick")), None)
    if request.method == "POST" and form.is_valid() and wanted:
        question = library.taken_up(wanted, definition)
        changed = drafting.add_question(definition, code, question)
        if save(request, draft, form, changed, _("a question of the library")):
            return redirect("questionnaires:question", pk, question.code)
    context = {
        **common(draft),
        "form": form,
        "section": section,
        "words": words,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "questionnaires/pick.html", context)


@require_safe
def try_out(request: SignedInRequest, pk: int) -> HttpResponse:
    """One part of the draft, drawn by the very form that people will answer."""
    draft = access.get_draft(request.user, pk, Right.EDIT)
    definition = draft.read()
    if not definition.sections:
        messages.error(request, _("Write a part first: there is nothing to show yet."))
        return redirect("questionnaires:draft", pk)
    wording = request.GET.get("texte", "fr")
    wording = wording if wording in WORDINGS else "fr"
    width = request.GET.get("largeur", "telephone")
    section = (
        definition.section(request.GET.get("partie", "")) or definition.sections[0]
    )
    context = {
        **common(draft),
        "section": section,
        "form": section_form(
            definition, section, {}, language=wording[:2], easy=wording == "fr_easy"
        ),
        "wording": wording,
        "wordings": WORDINGS.items(),
        "width": WIDTHS.get(width, "phone"),
        "width_asked": width if width in WIDTHS else "telephone",
    }
    return render(request, "questionnaires/try_out.html", context)


@form_page
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """What changes, who is concerned, and the button that publishes."""
    if became := access.version_written_as(request.user, pk):
        messages.info(request, _("This draft is already published: here it is."))
        return to_version(became)
    draft = access.get_draft(request.user, pk, Right.MANAGE)
    definition = draft.read()
    form = PublicationForm(request.POST or None, revision=draft.revision)
    if request.method == "POST" and form.is_valid():
        version = _published(request, draft, form)
        if version is not None:
            return to_version(version)
    before = draft.based_on
    uses = Version.objects.filter(questionnaire=draft.questionnaire).with_uses()
    context = {
        **common(draft),
        "form": form,
        "troubles": troubles_of(definition),
        "comparison": compared(before.read(), definition) if before else None,
        "before": before,
        "uses": uses.order_by("-number") if draft.questionnaire else [],
    }
    return render(request, "questionnaires/publish.html", context)


def _published(
    request: SignedInRequest, draft: Draft, form: PublicationForm
) -> Version | None:
    """The version, or None with the reason told."""
    data = form.cleaned_data
    try:
        version = operations.publish_draft(
            draft, revision=data["revision"], note=data["note"], by=request.user
        )
    except operations.Unsound:
        messages.error(request, _("Nothing is published: mend what is listed below."))
    except operations.NothingNew:
        message = _(
            "Nothing is published: this is exactly what a version says already."
        )
        messages.error(request, message)
    except operations.Conflict as conflict:
        form.renew(conflict.draft.revision)
        messages.error(request, told(conflict))
    else:
        message = _("Version %(number)s is published. Surveys under way keep theirs.")
        messages.success(request, message % {"number": version.number})
        return version
    return None


@require_safe
@login_not_required
def compare(request: HttpRequest, code: str, number: int, other: int) -> HttpResponse:
    """Two versions of a questionnaire side by side, open to all."""
    versions = Version.objects.filter(questionnaire__code=code)
    before = get_object_or_404(versions, number=number)
    after = get_object_or_404(versions, number=other)
    definition = after.read()
    context = {
        "before": before,
        "after": after,
        "definition": definition,
        "comparison": compared(before.read(), definition),
    }
    return render(request, "questionnaires/compare.html", context)
