"""From the team to the public: an adopted version, its address, its withdrawal."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.adoption import access, operations, papers
from jalons.adoption.files import WRITTEN, as_file
from jalons.adoption.forms import WithdrawForm
from jalons.adoption.links import public_links
from jalons.adoption.models import Adoption, Publication
from jalons.documents.reading import nodes_of
from jalons.documents.stored import figures_from
from jalons.documents.written import texts_of
from jalons.files import licences
from jalons.files.licences import LicenceForm, with_licence
from jalons.privacy.traces import possible
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.pages import page
from jalons.spaces.access import Right
from jalons.spaces.embargo import PublishForm

PER_PAGE = 20
MOST_TOLD = 30
"""Words to read over; beyond, nobody reads them."""


@never_cache
@form_page
def publish(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Open the public address on an adopted version."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    adoption = access.get_adoption(roadmap, number)
    publication = access.find_publication(roadmap)
    form = PublishForm(request.POST or None, roadmap.space)
    terms = LicenceForm(request.POST or None, publication)
    if request.method == "POST" and form.is_valid() and terms.is_valid():
        when, how = form.public_from, terms.given
        try:
            operations.publish(adoption, public_from=when, licence=how, by=request.user)
        except operations.WouldClose:
            form.add_error("public_on", _would_close())
        else:
            messages.success(request, _("The roadmap is public from the day chosen."))
            return redirect("adoption:show", pk)
    context = page(
        request.user,
        roadmap,
        form=form,
        terms=terms,
        publication=publication,
        **_to_publish(adoption, publication),
    )
    return render(request, "adoption/publish.html", context)


def _to_publish(
    adoption: Adoption, publication: Publication | None
) -> dict[str, object]:
    """What is read before publishing it, beside what is public."""
    return {
        "adoption": adoption,
        "to_read_over": _to_read_over(adoption),
        "is_open": bool(publication and publication.is_open(timezone.now())),
    }


@require_POST
def licence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say how all may reuse the public version, which stays as it is."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    publication = access.get_publication(roadmap)
    say = partial(operations.say_licence, publication, by=request.user)
    told = _("Kept: it is said wherever the roadmap is.")
    licences.receive(request, publication, say, told)
    return redirect("adoption:show", pk)


def _would_close() -> str:
    return _(
        "A version is public: a later day would close its address until then. Choose "
        "today to replace it, or come back on that day."
    )


def _to_read_over(adoption: Adoption) -> list[str]:
    """Words that may name a person: told, never refused."""
    version = adoption.version
    roadmap = version.roadmap
    bodies = roadmap.space.actors.values_list("name", flat=True)
    covered = roadmap.perimeter.values_list("name", flat=True)
    places = [roadmap.territory_name, roadmap.title, *bodies, *covered]
    texts = texts_of(papers.public_document(version))
    found = [words for text in texts for words in possible(text, places)]
    return list(dict.fromkeys(found))[:MOST_TOLD]


@never_cache
@form_page
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close the public address, which says why."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    publication = access.get_publication(roadmap)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not publication.withdrawn_at:
        reason = form.cleaned_data["reason"]
        try:
            operations.withdraw(publication, reason=reason, by=request.user)
        except operations.AlreadyWithdrawn:
            messages.error(request, _("It is withdrawn already."))
        else:
            told = _("The roadmap is withdrawn: its address only says why.")
            messages.success(request, told)
        return redirect("adoption:show", pk)
    context = page(request.user, roadmap, form=form, publication=publication)
    return render(request, "adoption/withdraw.html", context)


@require_safe
@login_not_required
def public_list(request: HttpRequest) -> HttpResponse:
    """Every roadmap that is public today, of the teams that are recognised."""
    found = Publication.objects.listed(at=timezone.now())
    rows = found.select_related("roadmap", "adoption").order_by("-public_from", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "adoption/public_list.html", {"page": page})


@require_safe
@login_not_required
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """The adopted version, for all."""
    publication = access.get_public(slug, timezone.now())
    version = publication.adoption.version
    document = papers.public_document(version)
    context = {
        "publication": publication,
        "roadmap": version.roadmap,
        "document": document,
        "links": public_links(version.roadmap, timezone.now()),
        "nodes": nodes_of(document.sections, figures_from(version.drawings)),
    }
    return render(request, "adoption/public.html", context)


@require_safe
@login_not_required
def public_file(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    publication = access.get_public(slug, timezone.now())
    document = papers.public_document(publication.adoption.version)
    source = with_licence(document.source_line, publication.licence)
    return as_file(replace(document, source_line=source), format, WRITTEN)
