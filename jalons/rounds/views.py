"""A field survey as its team prepares and follows it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.questionnaires.reading import reading_of
from jalons.questionnaires.xlsform import workbook_of
from jalons.rounds import access, consent, figures, operations, pages, script
from jalons.rounds.forms import RevokeForm, RoundForm
from jalons.spaces.access import Right, get_space, right_in
from jalons.surveys import operations as surveys

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def list(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.READ)
    context = {
        "space": space,
        "rounds": figures.rounds_of(space.pk),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "rounds/list.html", context)


@form_page
def create(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    form = RoundForm(request.POST or None, space=space)
    if request.method == "POST" and form.is_valid():
        try:
            round = operations.create_round(form.named(), form.chosen, by=request.user)
        except surveys.AlreadyCreated as known:
            return redirect("rounds:show", known.campaign.round.pk)
        messages.success(request, _("The field survey is ready. Who will interview?"))
        return redirect("rounds:surveyors", round.pk)
    return render(request, "rounds/create.html", {"space": space, "form": form})


@require_safe
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the round has got: where people were met, how long it takes."""
    round = access.get_round(request.user, pk, Right.READ)
    found = figures.progress_of(round)
    frame = pages.frame(request.user, round)
    context = {
        **frame,
        "found": found,
        "facts": pages.facts(found),
        "remarks": [*pages.remarks(found)],
        "picture": pages.progress_map(round, found) if frame["can_edit"] else None,
    }
    return render(request, "rounds/show.html", context)


@require_safe
def phone_script(request: SignedInRequest, pk: int) -> HttpResponse:
    """What to say on the telephone, question by question, to read or to print."""
    round = access.get_round(request.user, pk, Right.READ)
    is_easy = request.GET.get("facile") == "1"
    language = get_language() or "fr"
    definition = round.campaign.version.read()
    reading = reading_of(definition, request.GET)
    sections = [part.section for part in reading.shown]
    until = consent.expires_on(round, timezone.localdate())
    context = {
        **pages.frame(request.user, round),
        "reading": reading,
        "parts": script.parts_of(definition, sections, language, is_easy=is_easy),
        "wording": "fr_easy" if is_easy and language == "fr" else language,
        "consent": consent.words(round, language, until=until),
        "is_easy": is_easy,
    }
    return render(request, "rounds/phone_script.html", context)


@require_safe
def xlsform(request: SignedInRequest, pk: int) -> HttpResponse:
    """The questions and the communes, for a team already on ODK or KoboToolbox."""
    round = access.get_round(request.user, pk, Right.READ)
    version = round.campaign.version
    communes = round.campaign.territories.order_by("name")
    content = workbook_of(
        version.read(), version.number, dict(communes.values_list("pk", "name"))
    )
    response = HttpResponse(content, content_type=XLSX)
    name = f"{round.campaign.slug}-xlsform.xlsx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop every phone of the round at once, once it is said to be understood."""
    round = access.get_round(request.user, pk, Right.EDIT)
    if not RevokeForm(request.POST).is_valid():
        messages.error(request, _("Nothing is stopped: tick the box first."))
        return redirect("rounds:surveyors", pk)
    operations.revoke_round(round, by=request.user, at=timezone.now())
    messages.success(
        request, _("Every phone of this survey is stopped: none can send any more.")
    )
    return redirect("rounds:surveyors", pk)
