"""Versions: frozen, read, compared, adopted by a deliberation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.adoption import access, operations, papers
from jalons.adoption.composition import compose, outline_of
from jalons.adoption.files import WRITTEN, as_file
from jalons.adoption.forms import AdoptionForm, VersionForm
from jalons.adoption.frozen import Frozen, compare, frozen_of
from jalons.adoption.models import Adoption
from jalons.documents.reading import nodes_of
from jalons.documents.stored import figures_from
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.pages import page
from jalons.spaces.access import Right

TODAY = 0
"""Stands for the working document where the number of a version is asked."""


@never_cache
@form_page
def freeze(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep the document as it stands, under a number."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        made = operations.freeze_version(roadmap, title, by=request.user)
        told = _("Version %(number)s is frozen: it will not change any more.")
        messages.success(request, told % {"number": made.number})
        return redirect("adoption:version", pk, made.number)
    composed = outline_of(roadmap)
    context = page(
        request.user, roadmap, form=form, composed=composed, blanks=_blanks(roadmap)
    )
    return render(request, "adoption/freeze.html", context)


def _blanks(roadmap: Roadmap) -> str:
    """What the project sheet leaves blank, of what a deciding body asks first."""
    asked = {
        _("The shared direction"): roadmap.course,
        _("Elected sponsor"): roadmap.sponsor,
        _("Project lead"): roadmap.lead,
    }
    return ", ".join(name for name, said in asked.items() if not said)


@never_cache
@require_safe
def version(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """A version as it was frozen, and what may be done of it."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    shown = access.get_version(roadmap, number)
    document = papers.document_of(shown)
    context = page(
        request.user,
        roadmap,
        version=shown,
        adoption=papers.adoption_of(shown),
        document=document,
        nodes=nodes_of(document.sections, figures_from(shown.drawings)),
    )
    return render(request, "adoption/version.html", context)


@require_safe
def version_file(
    request: SignedInRequest, pk: int, number: int, format: str
) -> HttpResponse:
    roadmap = get_roadmap(request.user, pk, Right.READ)
    return as_file(papers.document_of(access.get_version(roadmap, number)), format)


@require_safe
def deliberation(
    request: SignedInRequest, pk: int, number: int, format: str
) -> HttpResponse:
    """A draft of the text that the deciding body will vote."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    made = papers.deliberation(access.get_version(roadmap, number))
    return as_file(made, format, WRITTEN)


@require_safe
def one_page(
    request: SignedInRequest, pk: int, number: int, format: str
) -> HttpResponse:
    """A version on one page."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    made = papers.one_page(access.get_version(roadmap, number))
    return as_file(made, format, WRITTEN)


@never_cache
@require_safe
def compared(
    request: SignedInRequest, pk: int, number: int, other: int
) -> HttpResponse:
    """What came, went and changed from one version to a later one, or to today."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    before = access.get_version(roadmap, number)
    after = access.get_version(roadmap, other) if other != TODAY else None
    found = compare(before.data, after.data if after else _today(roadmap))
    context = page(request.user, roadmap, before=before, after=after, comparison=found)
    return render(request, "adoption/compared.html", context)


def _today(roadmap: Roadmap) -> Frozen:
    return frozen_of(compose(roadmap))


@never_cache
@form_page
def adopt(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Note the deliberation that adopted a version, or mend what was noted."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    shown = access.get_version(roadmap, number)
    noted = papers.adoption_of(shown)
    form = AdoptionForm(request.POST or None, instance=noted or Adoption(version=shown))
    if request.method == "POST" and form.is_valid():
        said = form.save(commit=False)
        try:
            if noted and "mends" in request.POST:
                operations.correct_adoption(said, by=request.user)
            else:
                operations.note_adoption(said, by=request.user)
        except operations.AlreadyAdopted:
            messages.error(
                request, _("The adoption of this version is already recorded.")
            )
        else:
            messages.success(request, _told(said))
        return redirect("adoption:version", pk, number)
    context = page(request.user, roadmap, version=shown, form=form, noted=noted)
    return render(request, "adoption/adopt.html", context)


def _told(said: Adoption) -> str:
    """That it is recorded, and what seems amiss."""
    if said.adopted_on < timezone.localdate(said.version.frozen_at):
        return _(
            "The adoption is recorded. Its day comes before this version was frozen: "
            "check that this is the text that was adopted."
        )
    return _("The adoption is recorded.")


@require_POST
def take_back(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """An adoption noted by mistake."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    adoption = access.get_adoption(roadmap, number)
    try:
        operations.take_back_adoption(adoption, by=request.user)
    except operations.StillPublic:
        told = _("This version is, or was, the public one: its adoption stays.")
        messages.error(request, told)
    else:
        messages.success(request, _("The adoption is undone; the version stays."))
    return redirect("adoption:version", pk, number)
