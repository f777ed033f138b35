"""From the team to the public: the impact page, its address, its withdrawal."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.impact import access, operations
from jalons.impact.files import as_file, cards_of
from jalons.impact.forms import WithdrawForm
from jalons.impact.models import Publication
from jalons.impact.pages import shown
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.pages import page
from jalons.spaces.access import Right
from jalons.spaces.embargo import PublishForm

PER_PAGE = 20


@never_cache
@form_page
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Freeze what the page says, open to all from the day chosen."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    found = access.get_page(roadmap)
    form = PublishForm(request.POST or None, roadmap.space)
    if request.method == "POST" and form.is_valid():
        try:
            operations.publish(found, public_from=form.public_from, by=request.user)
        except operations.WouldClose:
            form.add_error(
                "public_on",
                _("The page is public: a later day would close it. Choose today."),
            )
        else:
            messages.success(request, _("The page is public from the day chosen."))
            return redirect("impact:show", pk)
    publication = access.find_publication(found)
    context = page(request.user, roadmap, form=form, publication=publication)
    return render(request, "impact/publish.html", context)


@never_cache
@form_page
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close the public address, which says why."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    publication = access.get_publication(roadmap)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            operations.withdraw(publication, reason=reason, by=request.user)
        except operations.AlreadyWithdrawn:
            messages.error(request, _("It is withdrawn already."))
        else:
            messages.success(
                request, _("The page is withdrawn: its address only says why.")
            )
        return redirect("impact:show", pk)
    context = page(request.user, roadmap, form=form, publication=publication)
    return render(request, "impact/withdraw.html", context)


@require_safe
@login_not_required
def public_list(request: HttpRequest) -> HttpResponse:
    """Every impact page that is public today, of the teams that are recognised."""
    rows = Publication.objects.listed(at=timezone.now()).order_by("-public_from", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "impact/public_list.html", {"page": page})


@require_safe
@login_not_required
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """What the roadmap changed, for all, as it was frozen."""
    publication = access.get_public(slug, timezone.now())
    told = publication.told
    context = shown(told, cards_of(told)) | {"publication": publication}
    context["roadmap"] = publication.page.roadmap
    return render(request, "impact/public.html", context)


@require_safe
@login_not_required
def public_file(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    return as_file(access.get_public(slug, timezone.now()).told, format)
