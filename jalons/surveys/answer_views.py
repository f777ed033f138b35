"""The public form: one page per section, by a personal link, without an account."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.questionnaires.definitions import Section
from jalons.questionnaires.forms import section_form
from jalons.surveys import access, operations, reading
from jalons.surveys.forms import SendForm, StartForm
from jalons.surveys.models import Response
from jalons.surveys.places import SHOWN, find_in_perimeter

View = Callable[..., HttpResponse]
NO_CONTENT, PARTLY_KEPT, CONFLICT = 204, 200, 409


def _by_link(view: View) -> View:
    """Open the draft of a personal link; a sent answer only leads to its thanks."""

    @wraps(view)
    def opened(
        request: HttpRequest, slug: str, secret: str, **parts: str
    ) -> HttpResponse:
        response = access.find_response(slug, secret, timezone.now())
        try:
            if response.submitted_at:
                raise operations.AlreadySent(response)
            return view(request, response, secret, **parts)
        except operations.AlreadySent:
            return _to(request, "thanks", slug, secret)
        except operations.NotOpen:
            if _is_autosave(request):
                return HttpResponse(status=CONFLICT)
            return _to(request, "notice", slug)

    return login_not_required(never_cache(opened))


def _is_autosave(request: HttpRequest) -> bool:
    return "X-Jalons-Autosave" in request.headers


@login_not_required
@never_cache
@require_safe
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked, why, and what becomes of it, before the first question."""
    campaign = access.find_campaign(slug)
    if not campaign.is_open(on=campaign.today()):
        is_early = not campaign.is_closed and campaign.today() < campaign.opens_on
        context = {"campaign": campaign, "is_early": is_early}
        return render(request, "surveys/not_open.html", context)
    is_easy = request.GET.get("facile") == "1"
    context = {
        "campaign": campaign,
        "about": reading.about(campaign, _language(), is_easy=is_easy),
        "form": StartForm(initial={"key": uuid.uuid4(), "is_easy": is_easy}),
        "is_easy": is_easy,
    }
    return render(request, "surveys/notice.html", context)


@login_not_required
@never_cache
@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Open one draft per key, then ask the first question."""
    campaign = access.find_campaign(slug)
    form = StartForm(request.POST)
    if not form.is_valid():
        return _to(request, "notice", slug)
    try:
        response, secret = operations.open_draft(campaign, **form.cleaned_data)
    except (operations.NotOpen, operations.AlreadySent):
        return _to(request, "notice", slug)
    return redirect(_step_url(request, response, secret, reading.first_step(response)))


@_by_link
@require_safe
def resume(request: HttpRequest, response: Response, secret: str) -> HttpResponse:
    """How far this answer is, and the link to come back to it."""
    context = {
        **_common(request, response, secret),
        "pages": reading.pages_of(response, _language()),
        "next_url": _step_url(request, response, secret, reading.first_step(response)),
    }
    return render(request, "surveys/resume.html", context)


@_by_link
def territory(request: HttpRequest, response: Response, secret: str) -> HttpResponse:
    """Choose the territory one speaks of, by its name or that of a commune."""
    query = request.GET.get("q", "").strip()
    if request.method == "POST":
        code = request.POST.get("territory", "")
        try:
            kept = operations.choose_territory(response, code)
        except operations.OutsidePerimeter:
            messages.error(request, _("Choose one of the territories of this survey."))
        else:
            step = reading.first_step(kept)
            return redirect(_step_url(request, kept, secret, step))
    context = {
        **_common(request, response, secret),
        "query": query,
        "found": find_in_perimeter(response.campaign, query),
        "is_large": response.campaign.territories.count() > SHOWN,
    }
    return render(request, "surveys/territory.html", context)


@_by_link
def answer(
    request: HttpRequest, response: Response, secret: str, section_code: str
) -> HttpResponse:
    """One page of questions; each sending keeps it."""
    section = reading.definition_of(response).section(section_code)
    if section is None:
        raise Http404
    form = section_form(
        reading.definition_of(response),
        section,
        reading.answers_of_page(response, section),
        language=_language(),
        easy=response.is_easy,
        data=request.POST if request.method == "POST" else None,
        territories=reading.chosen_territory(response),
    )
    if request.method == "POST":
        is_valid = form.is_valid()
        kept = operations.save_section(
            response, section, form.answers, language=_language()
        )
        is_whole = not any(form[code].data for code in form.errors)
        if _is_autosave(request):
            return HttpResponse(status=NO_CONTENT if is_whole else PARTLY_KEPT)
        if is_valid or request.POST.get("go", "next") != "next":
            if not is_whole:
                messages.warning(request, _("An answer of this page was not kept."))
            return _leave(request, kept, secret, section)
    context = {
        **_common(request, response, secret),
        "page": reading.page_of(response, section, _language()),
        "form": form,
    }
    return render(request, "surveys/answer.html", context)


def _leave(
    request: HttpRequest, response: Response, secret: str, section: Section
) -> HttpResponse:
    """Where the button pressed leads, once the page is kept."""
    slug, go = response.campaign.slug, request.POST.get("go", "next")
    if go == "wording":
        operations.choose_wording(response, is_easy=not response.is_easy)
        return _to(request, "answer", slug, secret, section.code)
    if go == "later":
        return _to(request, "resume", slug, secret)
    if go == "back":
        before = reading.step_before(response, section.code)
        return redirect(_step_url(request, response, secret, before))
    return redirect(
        _step_url(request, response, secret, reading.step_after(response, section.code))
    )


@_by_link
def review(request: HttpRequest, response: Response, secret: str) -> HttpResponse:
    """Read everything again, then send."""
    form = SendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.submit_response(response, **form.cleaned_data)
        except operations.Incomplete:
            messages.error(request, _("Answer the required questions before sending."))
        else:
            return _to(request, "thanks", response.campaign.slug, secret)
    context = {
        **_common(request, response, secret),
        "pages": reading.pages_read_again(response, _language()),
        "form": form,
    }
    return render(request, "surveys/review.html", context)


@login_not_required
@never_cache
@require_safe
def thanks(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """What was sent, and the points it gives, for the respondent alone."""
    response = access.find_response(slug, secret, timezone.now())
    if not response.submitted_at:
        return _to(request, "resume", slug, secret)
    context = {
        **_common(request, response, secret),
        "points": reading.own_points(response, _language()),
    }
    return render(request, "surveys/thanks.html", context)


def _language() -> str:
    return get_language() or "fr"


def _common(request: HttpRequest, response: Response, secret: str) -> dict[str, object]:
    """What every page of one's own answer shows."""
    path = reverse("surveys:resume", args=[response.campaign.slug, secret])
    return {
        "campaign": response.campaign,
        "response": response,
        "secret": secret,
        "link": request.build_absolute_uri(path),
    }


def _step_url(request: HttpRequest, response: Response, secret: str, step: str) -> str:
    slug = response.campaign.slug
    if step in (reading.TERRITORY, reading.REVIEW):
        return _url(request, step, slug, secret)
    return _url(request, "answer", slug, secret, step)


def _url(request: HttpRequest, name: str, *args: str) -> str:
    """Another page of the form, among the addresses by which it was opened.

    The same views stand under two sets of addresses, one of which may be framed.
    """
    opened_by = request.resolver_match.namespace if request.resolver_match else None
    return reverse(f"surveys:{name}", args=args, current_app=opened_by)


def _to(request: HttpRequest, name: str, *args: str) -> HttpResponse:
    return redirect(_url(request, name, *args))
