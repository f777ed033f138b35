"""The diagnosis in one hour: where the team is, and one step at a time."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.diagnosis import access, hour, operations, pages
from jalons.diagnosis.board import board_of
from jalons.diagnosis.models import Diagnosis
from jalons.diagnosis.notebook import notebook_of, visits_told
from jalons.diagnosis.own import own_sheet
from jalons.diagnosis.questions import asked_at
from jalons.diagnosis.reading import Reading
from jalons.diagnosis.step_forms import NotesForm, SkipForm
from jalons.spaces.access import Right, right_in


@require_safe
@never_cache
def path(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is done, what remains, what was noted."""
    diagnosis = access.get_diagnosis(request.user, pk, Right.READ)
    context = {
        "diagnosis": diagnosis,
        "space": diagnosis.space,
        "path": hour.path_of(diagnosis, board_of(diagnosis)),
        "notebook": notebook_of(diagnosis),
    }
    return render(request, "diagnosis/path.html", context)


@never_cache
def step(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """One step: what to read, what to note, what is left."""
    right = Right.CONTRIBUTE if request.method == "POST" else Right.READ
    diagnosis = _open(request, pk, step, right)
    shown = pages.open_reading(diagnosis.territory_id)
    form = _notes_form(request, diagnosis, step, shown)
    if request.method == "POST" and form.is_valid():
        operations.write_notes(diagnosis, step, form.noted(), by=request.user)
        return _onwards(request, diagnosis, step, is_kept=form.has_notes)
    board = board_of(diagnosis)
    found = hour.path_of(diagnosis, board)
    context = {
        "diagnosis": diagnosis,
        "space": diagnosis.space,
        "path": found,
        "line": found.line(step),
        "board": board,
        "shown": shown,
        "own": own_sheet(diagnosis) if step == "lire" else None,
        "visits": visits_told(diagnosis) if step == "terrain" else (),
        "form": form,
        "skip": SkipForm(auto_id="skip_%s"),
        "can_write": right_in(request.user, diagnosis.space, Right.CONTRIBUTE),
    }
    return render(request, "diagnosis/step.html", context)


@require_POST
def skip(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """Pass over a step, with the reason."""
    diagnosis = _open(request, pk, step, Right.CONTRIBUTE)
    form = SkipForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["reason"])))
        return redirect("diagnosis:step", pk=pk, step=step)
    reason = form.cleaned_data["reason"]
    operations.skip_step(diagnosis, step, reason, by=request.user)
    return _onwards(request, diagnosis, step)


@require_POST
def resume(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """Come back to a step that was passed over."""
    diagnosis = _open(request, pk, step, Right.CONTRIBUTE)
    operations.resume_step(diagnosis, step, by=request.user)
    return redirect("diagnosis:step", pk=pk, step=step)


def _open(request: SignedInRequest, pk: int, step: str, right: Right) -> Diagnosis:
    diagnosis = access.get_diagnosis(request.user, pk, right)
    if step not in hour.CODES:
        raise Http404
    return diagnosis


def _notes_form(
    request: SignedInRequest, diagnosis: Diagnosis, step: str, shown: Reading
) -> NotesForm:
    return NotesForm(
        request.POST if request.method == "POST" else None,
        questions=asked_at(step),
        portrait=shown.portrait,
        notes={one.question: one for one in diagnosis.notes.all()},
    )


def _onwards(
    request: SignedInRequest, diagnosis: Diagnosis, step: str, *, is_kept: bool = True
) -> HttpResponse:
    """To the next step when this one is over; else say what is left in it."""
    found = hour.path_of(diagnosis, board_of(diagnosis))
    line = found.line(step)
    if not line.is_over:
        left = " · ".join(str(one) for one in line.left)
        kept = _("Kept. Still to do at this step: %(left)s")
        said = kept if is_kept else _("Nothing noted. To do at this step: %(left)s")
        messages.warning(request, said % {"left": left})
        return redirect("diagnosis:step", pk=diagnosis.pk, step=step)
    if found.next is None:
        messages.success(request, _("The hour is over: your document is ready."))
        return redirect("diagnosis:path", pk=diagnosis.pk)
    over = _("Step done.") if line.progress == "done" else _("Step passed over.")
    said = ngettext(
        "%(over)s %(minutes)s minute left.",
        "%(over)s About %(minutes)s minutes left.",
        found.minutes_left,
    )
    messages.success(request, said % {"over": over, "minutes": found.minutes_left})
    return redirect("diagnosis:step", pk=diagnosis.pk, step=found.next.step.code)
