"""A team's diagnosis: findings, visits, what was made known, its documents."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.diagnosis import access, documents, operations, pages, workbooks
from jalons.diagnosis.board import board_of, line_of
from jalons.diagnosis.forms import (
    CommunicationForm,
    FindingForm,
    ReviewForm,
    StartForm,
    VisitForm,
)
from jalons.diagnosis.heard import heard_of
from jalons.diagnosis.hour import CODES
from jalons.diagnosis.mediators import said_sheet
from jalons.diagnosis.notebook import notebook_of, visits_told
from jalons.diagnosis.own import own_sheet
from jalons.library.figures import sheets_about
from jalons.spaces.access import Right, get_space, right_in


@never_cache
def list(request: SignedInRequest, pk: int) -> HttpResponse:
    """The diagnoses of a space, and the way to start one."""
    right = Right.EDIT if request.method == "POST" else Right.READ
    space = get_space(request.user, pk, right)
    form = StartForm(
        request.POST or None, space=space, asked=request.GET.get("territoire", "")
    )
    if request.method == "POST" and form.is_valid():
        territory = form.cleaned_data["territory"]
        diagnosis = operations.start_diagnosis(space, territory, by=request.user)
        return redirect("diagnosis:path", pk=diagnosis.pk)
    context = {
        "space": space,
        "form": form,
        "diagnoses": space.diagnoses.select_related("territory").order_by("pk"),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "diagnosis/list.html", context)


@require_safe
@never_cache
def findings(request: SignedInRequest, pk: int) -> HttpResponse:
    diagnosis = access.get_diagnosis(request.user, pk, Right.READ)
    board = board_of(diagnosis)
    context = {
        "diagnosis": diagnosis,
        "space": diagnosis.space,
        "board": board,
        "heard": heard_of(diagnosis, board),
        "own": own_sheet(diagnosis),
        "said": said_sheet(diagnosis),
        "notebook": notebook_of(diagnosis),
        "can_edit": right_in(request.user, diagnosis.space, Right.EDIT),
        "can_write": right_in(request.user, diagnosis.space, Right.CONTRIBUTE),
    }
    return render(request, "diagnosis/findings.html", context)


@require_POST
def refresh(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read the figures again, without touching what people wrote."""
    diagnosis = access.get_diagnosis(request.user, pk, Right.EDIT)
    done = operations.refresh_findings(diagnosis, by=request.user)
    said = _("%(added)s added, %(changed)s changed, %(ended)s ended.") % {
        "added": done.added,
        "changed": done.changed,
        "ended": done.ended,
    }
    kept = _("What you wrote is untouched.")
    messages.success(request, f"{said} {kept}")
    return redirect("diagnosis:findings", pk=pk)


@never_cache
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """A finding that no figure suggests."""
    diagnosis = access.get_diagnosis(request.user, pk, Right.CONTRIBUTE)
    form = FindingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.add_finding(diagnosis, by=request.user, **form.cleaned_data)
        messages.success(request, _("The finding is added."))
        return _back(request, pk, "findings")
    context = {"diagnosis": diagnosis, "space": diagnosis.space, "form": form}
    return render(request, "diagnosis/add.html", context)


@never_cache
def finding(request: SignedInRequest, pk: int, finding_pk: int) -> HttpResponse:
    """One finding, its history, and what the field makes of it."""
    diagnosis = access.get_diagnosis(request.user, pk, Right.READ)
    found = access.get_finding(diagnosis, finding_pk)
    if request.method == "POST":
        access.get_diagnosis(request.user, pk, Right.CONTRIBUTE)
    line = line_of(found)
    given = {"state": line.state, "wording": line.wording}
    form = ReviewForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        operations.review_finding(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your review is kept, with those before it."))
        return _back(request, pk, "findings")
    context = {
        "diagnosis": diagnosis,
        "space": diagnosis.space,
        "line": line,
        "further": sheets_about(line.text),
        "form": form,
        "can_write": right_in(request.user, diagnosis.space, Right.CONTRIBUTE),
    }
    return render(request, "diagnosis/finding.html", context)


@never_cache
def visits(request: SignedInRequest, pk: int) -> HttpResponse:
    """Communes visited, and one more."""
    right = Right.CONTRIBUTE if request.method == "POST" else Right.READ
    diagnosis = access.get_diagnosis(request.user, pk, right)
    choices = [(one.pk, one.text) for one in board_of(diagnosis).kept]
    form = VisitForm(request.POST or None, diagnosis=diagnosis, choices=choices)
    if request.method == "POST" and form.is_valid():
        visit = form.save(commit=False)
        operations.log_visit(visit, form.cleaned_data["findings"], by=request.user)
        messages.success(request, _("The visit is recorded."))
        return _back(request, pk, "visits")
    context = {
        "diagnosis": diagnosis,
        "space": diagnosis.space,
        "form": form,
        "visits": visits_told(diagnosis),
        "can_write": right_in(request.user, diagnosis.space, Right.CONTRIBUTE),
    }
    return render(request, "diagnosis/visits.html", context)


@never_cache
def visit(request: SignedInRequest, pk: int, visit_pk: int) -> HttpResponse:
    """Mend what was written of a visit, or link it with a finding."""
    diagnosis = access.get_diagnosis(request.user, pk, Right.CONTRIBUTE)
    found = access.get_visit(diagnosis, visit_pk)
    choices = [(one.pk, one.text) for one in board_of(diagnosis).kept]
    form = VisitForm(
        request.POST or None, instance=found, diagnosis=diagnosis, choices=choices
    )
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        operations.change_visit(changed, form.cleaned_data["findings"], by=request.user)
        messages.success(request, _("The visit is changed."))
        return _back(request, pk, "visits")
    context = {"diagnosis": diagnosis, "space": diagnosis.space, "form": form}
    return render(request, "diagnosis/visit.html", context)


@never_cache
def communications(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was made known, and one more."""
    right = Right.CONTRIBUTE if request.method == "POST" else Right.READ
    diagnosis = access.get_diagnosis(request.user, pk, right)
    form = CommunicationForm(request.POST or None)
    form.instance.diagnosis = diagnosis
    if request.method == "POST" and form.is_valid():
        operations.log_communication(form.save(commit=False), by=request.user)
        messages.success(request, _("The communication is recorded."))
        return redirect("diagnosis:communications", pk=pk)
    context = {
        "diagnosis": diagnosis,
        "space": diagnosis.space,
        "form": form,
        "communications": diagnosis.communications.order_by("-said_on"),
        "can_write": right_in(request.user, diagnosis.space, Right.CONTRIBUTE),
    }
    return render(request, "diagnosis/communications.html", context)


@require_safe
@never_cache
def team_file(request: SignedInRequest, pk: int, format: str) -> HttpResponse:
    """The portrait with what the team says of it."""
    diagnosis = access.get_diagnosis(request.user, pk, Right.READ)
    shown = pages.open_reading(diagnosis.territory_id)
    team = documents.Team(
        board_of(diagnosis),
        notebook_of(diagnosis),
        own_sheet(diagnosis),
        said_sheet(diagnosis),
    )
    made = workbooks.workbook if format == "xlsx" else documents.portrait
    document = made(shown, team)
    name = _("diagnosis %(name)s") % {"name": diagnosis.territory.name}
    return pages.hand_out(document, format, name)


@require_safe
@never_cache
def team_brief(request: SignedInRequest, pk: int) -> HttpResponse:
    """One page for elected members, with what the team makes of the figures."""
    diagnosis = access.get_diagnosis(request.user, pk, Right.READ)
    shown = pages.open_reading(diagnosis.territory_id)
    document = documents.one_page(shown, board_of(diagnosis))
    name = _("one page %(name)s") % {"name": diagnosis.territory.name}
    return pages.hand_out(document, "pdf", name)


def _back(request: SignedInRequest, pk: int, usual: str) -> HttpResponse:
    """To the step of the hour that the reader came from, else to the usual page."""
    step = request.GET.get("etape")
    if step in CODES:
        return redirect("diagnosis:step", pk=pk, step=step)
    return redirect(f"diagnosis:{usual}", pk=pk)
