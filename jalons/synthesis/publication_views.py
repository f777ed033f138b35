"""From the team to the public: read the synthesis first, publish it, withdraw it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.observatory.forms import PublishForm
from jalons.synthesis import access, operations, pages
from jalons.synthesis.forms import WithdrawForm
from jalons.synthesis.models import Edition
from jalons.synthesis.pages import Opened
from jalons.synthesis.waiting import composed_once_checked, once_checked


@require_http_methods(["GET", "POST"])
@never_cache
@once_checked
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """What will be public, the check of secrecy, and the button."""
    synthesis = access.get_synthesis(request.user, pk)
    campaign = synthesis.campaign
    composed = composed_once_checked(synthesis)
    is_ready = campaign.is_closed and not (
        composed.content.missing
        or composed.exposed_cells
        or composed.restitution.is_too_few
    )
    edition = Edition.objects.filter(synthesis=synthesis).first()
    form = PublishForm(request.POST or None, campaign.space, edition)
    if request.method == "POST" and is_ready and form.is_valid():
        operations.publish(synthesis, public_from=form.public_from, by=request.user)
        messages.success(request, _("The synthesis is published from the day chosen."))
        return redirect("synthesis:publish", pk=pk)
    context = {
        "synthesis": synthesis,
        "campaign": campaign,
        "edition": edition,
        "composed": composed,
        "is_ready": is_ready,
        "form": form,
    }
    return render(request, "synthesis/publish.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    synthesis = access.get_synthesis(request.user, pk)
    edition = access.get_edition(synthesis)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not edition.withdrawn_at:
        reason = form.cleaned_data["reason"]
        operations.withdraw(edition, reason=reason, by=request.user)
        messages.success(
            request, _("The synthesis is withdrawn: its address only says why.")
        )
        return redirect("synthesis:publish", pk=pk)
    context = {"synthesis": synthesis, "campaign": synthesis.campaign, "form": form}
    return render(request, "synthesis/withdraw.html", context)


def _open(request: SignedInRequest, pk: int) -> Opened:
    synthesis = access.get_synthesis(request.user, pk)
    content = composed_once_checked(synthesis).content
    return Opened(content, synthesis.campaign.slug, {"pk": pk}, is_public=False)


@require_safe
@never_cache
@once_checked
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    return pages.cover(request, _open(request, pk))


@require_safe
@never_cache
@once_checked
def preview_chapter(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    return pages.chapter(request, _open(request, pk), number)


@require_safe
@never_cache
@once_checked
def preview_method(request: SignedInRequest, pk: int) -> HttpResponse:
    return pages.method(request, _open(request, pk))


@require_safe
@never_cache
@once_checked
def preview_table(request: SignedInRequest, pk: int, code: str) -> HttpResponseBase:
    return pages.table(_open(request, pk), code)


@require_safe
@never_cache
@once_checked
def preview_file(request: SignedInRequest, pk: int, format: str) -> HttpResponse:
    return pages.file(_open(request, pk), format)
