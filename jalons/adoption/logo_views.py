"""The logos of the cover: given, seen, taken away; those of the public page."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.adoption import access
from jalons.adoption.forms import LogoForm
from jalons.adoption.logos import add_logo, remove_logo
from jalons.adoption.papers import document_of
from jalons.documents.images import NotAPicture
from jalons.files.logos import RefusedLogo
from jalons.files.operations import RefusedUpload
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.pages import page
from jalons.spaces.access import Right


@never_cache
@form_page
def logos(request: SignedInRequest, pk: int) -> HttpResponse:
    """Those of the cover, and one more."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    form = LogoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _add(request, roadmap, form):
        messages.success(request, _("The logo is on the cover."))
        return redirect("adoption:logos", pk)
    rows = roadmap.logos.defer("png")
    context = page(request.user, roadmap, form=form, logos=rows)
    return render(request, "adoption/logos.html", context)


def _add(request: SignedInRequest, roadmap: Roadmap, form: LogoForm) -> bool:
    """Whether it is kept; why not, beside its field."""
    said = form.cleaned_data
    try:
        add_logo(roadmap, said["file"], said["alt"], by=request.user)
    except (RefusedLogo, RefusedUpload, NotAPicture) as refused:
        form.add_error("file", str(refused))
        return False
    return True


@require_POST
def remove_one(request: SignedInRequest, pk: int, logo_pk: int) -> HttpResponse:
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    logo = access.get_logo(roadmap, logo_pk)
    told = _("“%(name)s” is taken away.") % {"name": logo.alt}
    remove_logo(logo, by=request.user)
    messages.success(request, told)
    return redirect("adoption:logos", pk)


@require_safe
def logo(request: SignedInRequest, pk: int, logo_pk: int) -> HttpResponse:
    """The picture, for the pages of the team."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    return _picture(bytes(access.get_logo(roadmap, logo_pk).png))


@require_safe
@login_not_required
def public_logo(request: HttpRequest, slug: str, rank: int) -> HttpResponse:
    """One of the cover of the version that all read."""
    publication = access.get_public(slug, timezone.now())
    cover = document_of(publication.adoption.version).cover
    found = cover.logos if cover else ()
    if not 0 <= rank < len(found):
        raise Http404
    return _picture(found[rank].content)


def _picture(png: bytes) -> HttpResponse:
    return HttpResponse(png, content_type="image/png")
