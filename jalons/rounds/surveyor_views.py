"""The surveyors of a round: their codes, their phones, and how to stop them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from jalons.accounts.access import SignedInRequest
from jalons.rounds import access, enrolment, figures, pages
from jalons.rounds.forms import RevokeForm, SurveyorForm
from jalons.spaces.access import Right
from jalons.surveys.sharing import qr_code


@require_http_methods(["GET", "HEAD", "POST"])
def surveyors(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who interviews where, with which phones; one more by the form below."""
    is_sent = request.method == "POST"
    right = Right.EDIT if is_sent else Right.READ
    round = access.get_round(request.user, pk, right)
    form = SurveyorForm(request.POST if is_sent else None, round=round)
    if is_sent and form.is_valid():
        try:
            surveyor = enrolment.add_surveyor(
                round, **form.cleaned_data, by=request.user
            )
        except enrolment.Stopped:
            return _stopped(request, pk)
        return redirect("rounds:surveyor", pk, surveyor.pk)
    context = {
        **pages.frame(request.user, round),
        "at_work": figures.at_work(round),
        "form": form,
        "revoking": RevokeForm(),
    }
    return render(request, "rounds/surveyors.html", context)


def _stopped(request: SignedInRequest, pk: int) -> HttpResponse:
    messages.error(
        request, _("Every phone of this survey is stopped: no code is made any more.")
    )
    return redirect("rounds:surveyors", pk)


@require_safe
@never_cache
def surveyor(request: SignedInRequest, pk: int, surveyor_pk: int) -> HttpResponse:
    """The card to hand to a surveyor: a QR code, a short code, what to do."""
    round = access.get_round(request.user, pk, Right.EDIT)
    found = access.get_surveyor(round, surveyor_pk)
    secret = enrolment.secret_of(found)
    address = request.build_absolute_uri(reverse("pocket:app"))
    context = {
        **pages.frame(request.user, round),
        "surveyor": found,
        "is_stopped": round.revoked_at or not found.link.is_alive(at=timezone.now()),
        "phones": found.devices.select_related("link").order_by("enrolled_at"),
        "code": enrolment.code_of(found),
        "address": address,
        "qr_code": qr_code(
            f"{address}#{secret}", title=_("QR code that signs in a telephone")
        ),
    }
    return render(request, "rounds/surveyor.html", context)


@require_POST
def renew(request: SignedInRequest, pk: int, surveyor_pk: int) -> HttpResponse:
    round = access.get_round(request.user, pk, Right.EDIT)
    try:
        enrolment.renew_code(access.get_surveyor(round, surveyor_pk), by=request.user)
    except enrolment.Stopped:
        return _stopped(request, pk)
    messages.success(request, _("The codes are new: the old ones open nothing more."))
    return redirect("rounds:surveyor", pk, surveyor_pk)


@require_POST
def stop(request: SignedInRequest, pk: int, surveyor_pk: int) -> HttpResponse:
    round = access.get_round(request.user, pk, Right.EDIT)
    found = access.get_surveyor(round, surveyor_pk)
    enrolment.revoke_surveyor(found, by=request.user, at=timezone.now())
    messages.success(
        request,
        _("Their codes and phones are stopped. What was received stays."),
    )
    return redirect("rounds:surveyors", pk)


@require_POST
def stop_phone(request: SignedInRequest, pk: int, device_pk: int) -> HttpResponse:
    round = access.get_round(request.user, pk, Right.EDIT)
    device = access.get_device(round, device_pk)
    enrolment.revoke_device(device, by=request.user, at=timezone.now())
    messages.success(
        request, _("This phone is stopped. Give the surveyor’s code to another one.")
    )
    return redirect("rounds:surveyor", pk, device.surveyor_id)
