"""Mappings: drawn up on two screens, kept for the next file, given as files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.files.tables import UnreadableFile, first_lines, sheets_of
from jalons.imports import (
    access,
    drafting,
    matching,
    opening,
    operations,
    reopening,
    shapes,
    tasks,
)
from jalons.imports.figures import EXAMPLE, drafted
from jalons.imports.forms import (
    BESIDE,
    ColumnsForm,
    HeaderForm,
    SaveForm,
    SheetForm,
    ValuesForm,
)
from jalons.imports.mapping import InvalidMapping, Mapping, written
from jalons.imports.models import ImportBatch
from jalons.imports.places import known_places
from jalons.imports.scanning import Scan, scan
from jalons.imports.views import form_page
from jalons.spaces.access import Right, get_space
from jalons.surveys.access import get_campaign


def _language() -> str:
    return get_language() or "fr"


def _posted(request: SignedInRequest) -> QueryDict | None:
    """What a form sent, were it nothing at all."""
    return request.POST if request.method == "POST" else None


def _mappable(
    request: SignedInRequest, pk: int, import_pk: int
) -> tuple[ImportBatch, HttpResponse | None]:
    """A file whose columns may still be matched; else where to go."""
    campaign = get_campaign(request.user, pk, Right.EDIT)
    batch = access.get_import(campaign, import_pk)
    if batch.stored is None or batch.is_working:
        return batch, redirect("imports:show", pk, import_pk)
    return batch, None


@form_page
def header(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponse:
    """Ask which line names the columns, unless the first one plainly does."""
    batch, elsewhere = _mappable(request, pk, import_pk)
    if elsewhere:
        return elsewhere
    try:
        with opening.content_of(batch) as file:
            sheets = sheets_of(file, name=batch.file_name)
            if len(sheets) > 1 and _asks_sheet(request, batch):
                return _sheet(request, batch, sheets)
            lines = first_lines(file, name=batch.file_name, sheet=batch.sheet)
        if not lines:
            raise UnreadableFile(_("The file is empty. Export it again."))
    except UnreadableFile as error:
        operations.drop_import(batch)
        messages.error(request, str(error))
        return redirect("imports:create", pk)
    likely = shapes.header_line(lines)
    if (
        "changer" not in request.GET
        and likely == lines[0][0]
        and request.method != "POST"
    ):
        return redirect("imports:columns", pk, import_pk)
    form = HeaderForm(_posted(request), lines=lines)
    if form.is_valid():
        operations.choose_header(batch, form.cleaned_data["line"])
        return redirect("imports:columns", pk, import_pk)
    context = {"form": form, "likely": likely}
    return _page(request, "imports/header.html", batch, context)


def _asks_sheet(request: SignedInRequest, batch: ImportBatch) -> bool:
    return not batch.sheet or request.GET.get("changer") == "feuille"


def _sheet(
    request: SignedInRequest, batch: ImportBatch, sheets: tuple[str, ...]
) -> HttpResponse:
    """Ask which sheet of a workbook to read, before the line that names the columns."""
    form = SheetForm(_posted(request), sheets=sheets)
    if form.is_valid():
        operations.choose_sheet(batch, form.cleaned_data["sheet"])
        return redirect("imports:header", batch.campaign_id, batch.pk)
    return _page(request, "imports/sheet.html", batch, {"form": form})


@form_page
def columns(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponse:
    """Propose what each column is; the officer chooses, one by one or the sure ones."""
    batch, elsewhere = _mappable(request, pk, import_pk)
    if elsewhere:
        return elsewhere
    try:
        _reopen(batch)
        seen = _scan_chosen(batch)
    except UnreadableFile as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('imports:header', args=[pk, import_pk])}?changer=1")
    make = _columns_form(batch, seen)
    form = make(_posted(request))
    if "sure" in request.POST:
        form = make(initial=_with_sure(request.POST, form.sure()))
    elif request.method != "POST":
        known = form.initial_of(batch.choices.get("columns", {}))
        typed = {name: batch.choices.get(name) for name in BESIDE}
        form = make(initial={**known, **typed})
    elif form.is_valid():
        operations.keep_choices(batch, form.choices)
        return redirect("imports:values", pk, import_pk)
    shape, share = shapes.recognise([column.name for column in seen.columns])
    tool = {"shape": shape, "share": round(100 * share)}
    context = {"form": form, "scan": seen, **tool, **_accepting(request, form)}
    return _page(request, "imports/columns.html", batch, context)


def _columns_form(batch: ImportBatch, seen: Scan) -> Callable[..., ColumnsForm]:
    definition = batch.campaign.version.read()
    return partial(
        ColumnsForm,
        proposals=matching.proposals(definition, seen),
        definition=definition,
        language=_language(),
    )


def _with_sure(posted: QueryDict, sure: dict[str, str]) -> dict[str, object]:
    """What was chosen already, completed by the proposals that are almost certain."""
    kept = {name: value for name, value in posted.items() if value}
    return {**sure, **kept}


@form_page
def values(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponse:
    """Ask what the values mean, then read the whole file with the mapping made."""
    batch, elsewhere = _mappable(request, pk, import_pk)
    if elsewhere:
        return elsewhere
    try:
        _reopen(batch)
        if not batch.choices.get("columns"):
            return _to_columns(request, batch)
        groups = _groups(batch)
    except UnreadableFile as error:
        messages.error(request, str(error))
        return redirect("imports:create", pk)
    form = ValuesForm(_posted(request), groups=groups)
    if "sure" in request.POST:
        form = ValuesForm(initial=_with_sure(request.POST, form.sure()), groups=groups)
    elif request.method == "POST" and _is_complete(form):
        return _read_with(batch, form)
    elif (mapping := _mapping_of(batch)) and request.method != "POST":
        known = form.initial_of(reopening.said_of(mapping))
        form = ValuesForm(initial=known, groups=groups)
    context = {"form": form, **_accepting(request, form)}
    return _page(request, "imports/values.html", batch, context)


def _mapping_of(batch: ImportBatch) -> Mapping | None:
    try:
        return opening.mapping_of(batch) if batch.mapping else None
    except InvalidMapping:
        return None


def _reopen(batch: ImportBatch) -> None:
    """Take a mapping given whole for what was chosen, where the screens can say it.

    It is kept when a form is sent: a page that is only read changes nothing.
    """
    mapping = None if batch.choices else _mapping_of(batch)
    if mapping is None:
        return
    sheet, line = mapping.rows.sheet, mapping.rows.header_line
    seen = _scan(batch, header_line=line, sheet=sheet)
    choices = reopening.choices_of(mapping, seen, batch.campaign.version.read())
    if choices is not None:
        batch.header_line, batch.choices = line, choices


def _to_columns(request: SignedInRequest, batch: ImportBatch) -> HttpResponse:
    """Where a value cannot be asked yet; says why when a mapping was given whole."""
    if batch.mapping and not batch.choices:
        message = _(
            "The mapping of this file says more than these screens can, or columns it "
            "needs are missing: mend it as a file, or match the columns here."
        )
        messages.warning(request, message)
    return redirect("imports:columns", batch.campaign_id, batch.pk)


def _accepting(
    request: SignedInRequest, form: ColumnsForm | ValuesForm
) -> dict[str, object]:
    """The proposals that may be accepted together, and whether they just were."""
    return {"sure": form.sure_told, "is_accepted": "sure" in request.POST}


def _is_complete(form: ValuesForm) -> bool:
    if form.has_problems:
        return False
    if not form.fields:
        form.cleaned_data = {}
        return True
    return form.is_valid()


def _groups(batch: ImportBatch) -> list[drafting.Group]:
    return drafting.groups_of(
        batch.campaign.version.read(),
        _scan_chosen(batch),
        matching.matched_of(batch.choices),
        known_places(batch.campaign),
        _language(),
    )


def _read_with(batch: ImportBatch, form: ValuesForm) -> HttpResponse:
    operations.keep_choices(batch, batch.choices)
    mapping = drafted(batch, form.said)
    name = f"{batch.campaign.slug}.toml"
    operations.choose_mapping(batch, written(mapping), name)
    tasks.check.enqueue(batch.pk)
    return redirect("imports:show", batch.campaign_id, batch.pk)


def _scan_chosen(batch: ImportBatch) -> Scan:
    return _scan(batch, header_line=batch.header_line, sheet=batch.sheet)


def _scan(batch: ImportBatch, *, header_line: int | None, sheet: str) -> Scan:
    with opening.content_of(batch) as file:
        return scan(file, name=batch.file_name, header_line=header_line, sheet=sheet)


@require_safe
def mapping(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponse:
    """The mapping of an import, as the file that the command reads."""
    batch = access.get_import(get_campaign(request.user, pk, Right.EDIT), import_pk)
    return _toml(batch.mapping, f"{batch.campaign.slug}.toml")


@require_safe
def example(request: SignedInRequest, pk: int) -> HttpResponse:
    """The example of a mapping that Jalons ships, with its explanations."""
    get_campaign(request.user, pk, Right.EDIT)
    return _toml(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name)


@require_POST
def save(request: SignedInRequest, pk: int, import_pk: int) -> HttpResponse:
    """Keep the mapping of an import for the next file of the same shape."""
    campaign = get_campaign(request.user, pk, Right.EDIT)
    batch = access.get_import(campaign, import_pk)
    form = SaveForm(request.POST, batch=batch)
    try:
        known = opening.mapping_of(batch)
    except InvalidMapping as error:
        messages.error(request, str(error))
        return redirect("imports:show", pk, import_pk)
    if form.is_valid():
        title = form.cleaned_data["title"]
        operations.save_mapping(
            campaign.space, known, batch.mapping, title, by=request.user
        )
        messages.success(request, _("The mapping is kept for the next file."))
    else:
        messages.error(request, _("Give the mapping a name, so as to find it again."))
    return redirect("imports:show", pk, import_pk)


@require_safe
def mappings(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """The mappings that a team keeps."""
    space = get_space(request.user, space_pk, Right.EDIT)
    context = {"space": space, "mappings": space.mappings.order_by("title")}
    return render(request, "imports/mappings.html", context)


@require_safe
def saved_mapping(
    request: SignedInRequest, space_pk: int, mapping_pk: int
) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    saved = access.get_mapping(space, mapping_pk)
    return _toml(saved.content, f"correspondance-{saved.pk}.toml")


@require_POST
def forget_mapping(
    request: SignedInRequest, space_pk: int, mapping_pk: int
) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    operations.forget_mapping(access.get_mapping(space, mapping_pk), by=request.user)
    messages.success(request, _("The mapping is forgotten."))
    return redirect("imports:mappings", space_pk)


def _toml(content: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _page(
    request: SignedInRequest, template: str, batch: ImportBatch, context: dict
) -> HttpResponse:
    campaign = batch.campaign
    given = {"space": campaign.space, "campaign": campaign, "batch": batch}
    return render(request, template, {**given, **context})
