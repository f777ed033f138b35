"""What readers report about a place, without an account, and what a team answers."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.curation import access, correcting
from jalons.curation.figures import open_reports
from jalons.curation.forms import ReportForm
from jalons.curation.models import PlaceReport
from jalons.directory.models import Place
from jalons.spaces.access import Right, get_space

State = PlaceReport.State


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@rate_limit(action="report_place")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is wrong about a place; it goes to the team of its list."""
    places = Place.objects.open_to_all().select_related("place_list__space")
    place = get_object_or_404(places, pk=pk)
    form = ReportForm(request.POST or None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and not form.is_a_robot:
        said = form.cleaned_data
        correcting.report_error(
            place, kind=said["kind"], text=said["text"], email=said["email"]
        )
    context = {"place": place, "form": form, "is_sent": is_sent}
    return render(request, "curation/report.html", context)


@require_safe
def reports(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """What readers reported, to be accepted or refused."""
    space = get_space(request.user, space_pk, Right.EDIT)
    context = {"space": space, "reports": open_reports(space).order_by("sent_at")}
    return render(request, "curation/reports.html", context)


@require_POST
def close(request: SignedInRequest, space_pk: int, report_pk: int) -> HttpResponse:
    """Accept a report, and go and correct the place; or refuse it."""
    space = get_space(request.user, space_pk, Right.EDIT)
    found = access.get_report(space, report_pk)
    if request.POST.get("answer") == "accept":
        correcting.close_report(found, State.ACCEPTED, space=space, by=request.user)
        return redirect("curation:correct", space_pk, found.place_id)
    correcting.close_report(found, State.REFUSED, space=space, by=request.user)
    messages.success(request, _("The report is refused: nothing is changed."))
    return redirect("curation:reports", space_pk)
