"""Answers keyed on behalf of people: page by page, twice for paper, then settled."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.documents.paper import make_paper
from jalons.keying import access, documents, figures, operations, pages
from jalons.keying.forms import SettleForm, SheetForm
from jalons.keying.models import Keying, Sheet
from jalons.questionnaires.answers import Answers
from jalons.spaces.access import Right, right_in
from jalons.surveys import operations as surveys
from jalons.surveys.access import get_campaign
from jalons.surveys.models import Campaign

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _language() -> str:
    return get_language() or "fr"


@require_safe
def list(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sheets to key, to key again, to settle; how well two people agree."""
    campaign = get_campaign(request.user, pk, Right.READ)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "keyed": figures.keyed(campaign),
        "can_key": right_in(request.user, campaign.space, Right.CONTRIBUTE),
        "can_edit": right_in(request.user, campaign.space, Right.EDIT),
    }
    return render(request, "keying/list.html", context)


@form_page
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = get_campaign(request.user, pk, Right.CONTRIBUTE)
    form = SheetForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        try:
            keying = operations.open_sheet(
                campaign, by=request.user, **form.cleaned_data
            )
        except surveys.AlreadyClosed:
            messages.error(request, _closed())
            return redirect("surveys:show", pk)
        return _to_page(campaign, keying, pages.first(keying))
    context = {"space": campaign.space, "campaign": campaign, "form": form}
    return render(request, "keying/create.html", context)


@form_page
def page(
    request: SignedInRequest, pk: int, keying_pk: int, section_code: str
) -> HttpResponse:
    """One page of the sheet; sending keeps it and turns the page."""
    campaign = get_campaign(request.user, pk, Right.CONTRIBUTE)
    keying = access.get_keying(campaign, keying_pk)
    section = campaign.version.read().section(section_code)
    if section is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = pages.form_of(keying, section, _language(), data)
    if request.method == "POST":
        is_valid = form.is_valid()
        operations.keep_page(keying, section, form.answers)
        if is_valid:
            return _to_page(campaign, keying, pages.after(keying, section))
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "keying": keying,
        "title": section.title.in_language(_language()),
        "form": form,
        "steps": pages.steps(keying, _language()),
        "here": section.code,
    }
    return render(request, "keying/page.html", context)


def _to_page(campaign: Campaign, keying: Keying, section_code: str) -> HttpResponse:
    if section_code:
        return redirect("keying:page", campaign.pk, keying.pk, section_code)
    return redirect("keying:finish", campaign.pk, keying.pk)


@form_page
def finish(request: SignedInRequest, pk: int, keying_pk: int) -> HttpResponse:
    """The end of a sheet: what is missing, then count it, or wait for the second."""
    campaign = get_campaign(request.user, pk, Right.CONTRIBUTE)
    keying = access.get_keying(campaign, keying_pk)
    if request.method == "POST":
        try:
            response = operations.finish_keying(keying, by=request.user)
        except operations.Unfinished:
            messages.error(request, _("Answer the required questions first."))
            return redirect("keying:finish", pk, keying_pk)
        except surveys.OutsidePerimeter:
            messages.error(request, _("Choose one of the territories of this survey."))
            return redirect("keying:finish", pk, keying_pk)
        messages.success(request, _told(keying.sheet, is_counted=response is not None))
        return redirect("keying:list", pk)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "keying": keying,
        "steps": pages.steps(keying, _language()),
        "missing": pages.missing(keying, _language()),
    }
    return render(request, "keying/finish.html", context)


def _told(sheet: Sheet, *, is_counted: bool) -> str:
    if is_counted:
        return _("The answer is counted.")
    if sheet.keyings.count() == 1:
        return _("The sheet is read once. It counts when it is keyed a second time.")
    return _("The two keyings differ: settle the differences for the sheet to count.")


@require_POST
def again(request: SignedInRequest, pk: int, sheet_pk: int) -> HttpResponse:
    campaign = get_campaign(request.user, pk, Right.CONTRIBUTE)
    keying = operations.key_again(access.get_sheet(campaign, sheet_pk), by=request.user)
    if keying.finished_at:
        return redirect("keying:settle", pk, sheet_pk)
    return _to_page(campaign, keying, pages.first(keying))


@form_page
def settle(request: SignedInRequest, pk: int, sheet_pk: int) -> HttpResponse:
    """The two readings side by side; the sheet is read again where they differ."""
    campaign = get_campaign(request.user, pk, Right.CONTRIBUTE)
    sheet = access.get_sheet(campaign, sheet_pk)
    differences = figures.differences(sheet, _language())
    if not differences:
        return redirect("keying:list", pk)
    data = request.POST if request.method == "POST" else None
    read_again = partial(pages.reread, sheet, differences, _language(), data)
    form = SettleForm(data, differences=differences, read_again=read_again)
    is_valid = form.is_valid() and form.reread.is_valid()
    if is_valid and _settle(request, sheet, form.reread.answers):
        return redirect("keying:list", pk)
    context = {
        "space": campaign.space,
        "campaign": campaign,
        "sheet": sheet,
        "form": form,
        "rows": form.rows(),
    }
    return render(request, "keying/settle.html", context)


def _settle(request: SignedInRequest, sheet: Sheet, chosen: Answers) -> bool:
    """Count the sheet, and say so; or say why it cannot be."""
    try:
        operations.settle(sheet, chosen, by=request.user)
    except operations.Unfinished:
        messages.error(request, _("Answer the required questions first."))
        return False
    messages.success(request, _("The differences are settled: it counts."))
    return True


@require_POST
def delete(request: SignedInRequest, pk: int, sheet_pk: int) -> HttpResponse:
    campaign = get_campaign(request.user, pk, Right.EDIT)
    operations.delete_sheet(access.get_sheet(campaign, sheet_pk), by=request.user)
    messages.success(request, _("The sheet is forgotten: nothing of it counts."))
    return redirect("keying:list", pk)


@require_safe
def paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """The questionnaire to print, in large type, with boxes to tick."""
    campaign = get_campaign(request.user, pk, Right.READ)
    is_easy = request.GET.get("facile") == "1"
    path = request.build_absolute_uri(documents.online_path(campaign))
    form = documents.paper_form(campaign, address=path, is_easy=is_easy)
    response = HttpResponse(make_paper(form), content_type="application/pdf")
    disposition = content_disposition_header(False, f"{campaign.slug}-papier.pdf")
    response.headers["Content-Disposition"] = disposition or "inline"
    return response


def _closed() -> str:
    return _("This survey is closed: it takes no more answers.")
