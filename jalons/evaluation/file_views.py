"""An evaluation as files: read from one, handed out as others."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page, hand_out
from jalons.documents import CONTENT_TYPES
from jalons.documents import render as made
from jalons.evaluation import access, exports, loading, measuring
from jalons.evaluation.indicator_forms import MeasuresFileForm
from jalons.evaluation.loaders import Sorted
from jalons.evaluation.models import Evaluation
from jalons.evaluation.pages import begun
from jalons.evaluation.report import evaluation_document
from jalons.files.exports import stream_csv
from jalons.files.tables import UnreadableFile
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.pages import page
from jalons.spaces.access import Right

FORMATS = ("pdf", "docx", "xlsx")


@never_cache
@form_page
def load(request: SignedInRequest, pk: int) -> HttpResponse:
    """Measures of a file: told first, or written; what is wrong is set aside."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    evaluation = access.get_evaluation(roadmap)
    form, found = MeasuresFileForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        found = _read(evaluation, form)
        if found and not form.cleaned_data["dry_run"]:
            written = measuring.load_measures(
                evaluation, found.measures, by=request.user
            )
            messages.success(request, _written(written))
    context = page(request.user, roadmap, form=form, found=found)
    return render(request, "evaluation/load.html", context)


def _read(evaluation: Evaluation, form: MeasuresFileForm) -> Sorted | None:
    """What the file says; None when it cannot be read, and the form tells why."""
    upload, today = form.cleaned_data["file"], timezone.localdate()
    try:
        return loading.read_file(evaluation, upload, name=upload.name, today=today)
    except UnreadableFile as error:
        form.add_error("file", str(error))
        return None


def _written(count: int) -> str:
    words = ngettext("%(n)s measure is written.", "%(n)s measures are written.", count)
    return words % {"n": count}


@require_safe
def export_csv(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Every measure, those replaced too, for a spreadsheet."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    evaluation = access.get_evaluation(roadmap)
    return stream_csv(
        f"{_('measures')}-{pk}.csv",
        exports.header(),
        exports.lines_of(evaluation),
        is_simulated=roadmap.is_simulated,
    )


@require_safe
def export_json(request: SignedInRequest, pk: int) -> JsonResponse:
    """The same for a program, with definitions, baselines and where each stands."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    words = {"ensure_ascii": False, "indent": 2}
    return JsonResponse(exports.data_of(begun(roadmap)), json_dumps_params=words)


@require_safe
def document(request: SignedInRequest, pk: int, format: str) -> HttpResponse:
    """The evaluation to be read around a table."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    if format not in FORMATS:
        raise Http404
    shown = evaluation_document(roadmap, begun(roadmap))
    return hand_out(made(shown, format), CONTENT_TYPES[format], shown.title, format)
