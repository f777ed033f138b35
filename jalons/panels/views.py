"""What a team does of a mini-survey: open, print, key, read, close."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page, hand_out
from jalons.documents import CONTENT_TYPES
from jalons.documents import render as made
from jalons.documents.slips import make_slips
from jalons.files.exports import stream_csv
from jalons.panels import access, documents, operations
from jalons.panels.figures import read_panel
from jalons.panels.forms import CodesForm, KeyForm, PanelForm
from jalons.panels.models import Reply
from jalons.panels.words import Trouble, why_not
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.pages import page
from jalons.spaces.access import Right

FORMATS = ("pdf", "docx", "xlsx")


@never_cache
@form_page
def list(request: SignedInRequest, pk: int) -> HttpResponse:
    """The mini-surveys of a roadmap, and another one to open."""
    right = Right.EDIT if request.method == "POST" else Right.READ
    roadmap = get_roadmap(request.user, pk, right)
    form = PanelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            panel = operations.open_panel(
                roadmap,
                **form.cleaned_data,
                by=request.user,
                today=timezone.localdate(),
            )
        except operations.TitleTaken:
            form.add_error("title", _("This title is taken: choose another one."))
        else:
            messages.success(request, _("The mini-survey is open. Print its slips."))
            return redirect("panels:print", pk, panel.pk)
    context = page(request.user, roadmap, form=form, panels=roadmap.panels.all())
    return render(request, "panels/list.html", context)


@never_cache
@require_safe
def show(request: SignedInRequest, pk: int, panel_pk: int) -> HttpResponse:
    """What it says so far; who came back, who did not."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    read = read_panel(access.get_panel(roadmap, panel_pk), on=timezone.localdate())
    shown = [documents.shown_on_page(one) for one in read.later]
    more = {"header": documents.header()[:-1], "caution": documents.caution()}
    context = page(request.user, roadmap, read=read, later=shown, **more)
    return render(request, "panels/show.html", context)


@never_cache
@form_page
def print(request: SignedInRequest, pk: int, panel_pk: int) -> HttpResponse:
    """New slips as a PDF, handed out at once: their codes are kept nowhere."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    panel = access.get_panel(roadmap, panel_pk)
    form, today = CodesForm(request.POST or None), timezone.localdate()
    if request.method == "POST" and form.is_valid():
        count = form.cleaned_data["count"]
        try:
            codes = operations.make_codes(panel, count, by=request.user, today=today)
        except operations.NotOpen as error:
            messages.error(request, why_not(error))
            return redirect("panels:show", pk, panel_pk)
        address = request.build_absolute_uri(reverse("panels:enter"))
        slips = documents.slips_of(panel, codes, address)
        return hand_out(make_slips(slips), "application/pdf", panel.title, "pdf")
    context = page(request.user, roadmap, panel=panel, form=form)
    return render(request, "panels/print.html", context)


@never_cache
@form_page
def key(request: SignedInRequest, pk: int, panel_pk: int) -> HttpResponse:
    """Answers keyed for somebody, by the code of their slip."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    panel = access.get_panel(roadmap, panel_pk)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            code = access.find_code(form.cleaned_data["code"])
            if code.panel_id != panel.pk:
                raise access.UnknownCode
            day = form.cleaned_data["answered_on"]
            channel = Reply.Channel.KEYED
            operations.take_reply(code, form.answers, channel=channel, on=day)
        except Trouble as error:
            form.add_error("code", why_not(error))
        else:
            messages.success(request, _("The answers are kept. Key the next ones."))
            return redirect("panels:key", pk, panel_pk)
    context = page(request.user, roadmap, panel=panel, form=form)
    return render(request, "panels/key.html", context)


@require_POST
def close(request: SignedInRequest, pk: int, panel_pk: int) -> HttpResponse:
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    panel = access.get_panel(roadmap, panel_pk)
    operations.close_panel(panel, by=request.user, today=timezone.localdate())
    messages.success(request, _("The mini-survey is closed: no answer is taken."))
    return redirect("panels:show", pk, panel_pk)


@require_safe
def file(
    request: SignedInRequest, pk: int, panel_pk: int, format: str
) -> HttpResponseBase:
    """The same results to be taken away."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    if format not in (*FORMATS, "csv"):
        raise Http404
    read = read_panel(access.get_panel(roadmap, panel_pk), on=timezone.localdate())
    if format == "csv":
        name, rows = f"mini-enquete-{panel_pk}.csv", documents.file_rows(read)
        header, is_simulated = documents.file_header(), roadmap.is_simulated
        return stream_csv(name, header, rows, is_simulated=is_simulated)
    shown = documents.document_of(read)
    return hand_out(made(shown, format), CONTENT_TYPES[format], shown.title, format)
