"""Who answers for this site: what everybody reads, and what its host writes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.documents.images import NotAPicture
from jalons.files.logos import RefusedLogo, drawn_logo
from jalons.hosts import access, figures, operations
from jalons.hosts.examples import examples
from jalons.hosts.forms import HostForm, ProfileForm
from jalons.hosts.models import Host, Profile
from jalons.spaces.access import Right
from jalons.spaces.models import Space


@require_safe
@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "hosts/show.html", {"host": figures.identity()})


@require_safe
@login_not_required
def logo(request: HttpRequest) -> HttpResponse:
    """The logo that everybody sees."""
    return _picture(figures.logo())


@never_cache
@form_page
def edit(request: SignedInRequest) -> HttpResponse:
    """Everything on one page; what is written is read over before it is published."""
    space = access.get_hosting(request.user)
    latest = _latest(space)
    form = ProfileForm(request.POST or None, request.FILES or None, instance=latest)
    if request.method == "GET" and (chosen := _example(request)):
        form.initial["missions"] = chosen.text
    if request.method == "POST" and form.is_valid() and _write(request, space, form):
        return redirect("hosts:preview")
    context = {
        "space": space,
        "form": form,
        "has_logo": bool(latest and latest.has_logo),
        "examples": examples(),
        "host": figures.identity(),
    }
    return render(request, "hosts/edit.html", context)


@require_safe
@never_cache
def preview(request: SignedInRequest) -> HttpResponse:
    """The draft as everybody would read it."""
    space = access.get_hosting(request.user)
    draft = space.host_profiles.drafts().first()
    if draft is None:
        return redirect("hosts:edit")
    context = {"space": space, "draft": draft, "host": figures.identity_of(draft)}
    return render(request, "hosts/preview.html", context)


@require_safe
@never_cache
def draft_logo(request: SignedInRequest) -> HttpResponse:
    space = access.get_hosting(request.user)
    draft = space.host_profiles.drafts().first()
    return _picture(bytes(draft.logo) if draft else b"")


@require_POST
def publish(request: SignedInRequest) -> HttpResponse:
    space = access.get_hosting(request.user)
    try:
        operations.publish_draft(space, by=request.user)
    except operations.NothingToPublish:
        messages.info(request, _("Nothing waits to be published."))
        return redirect("hosts:edit")
    messages.success(
        request, _("Everybody reads it: here, under each page and each mail.")
    )
    return redirect("hosts:show")


@require_safe
@never_cache
def history(request: SignedInRequest) -> HttpResponse:
    """Every version that was read by all, the latest first."""
    space = access.get_hosting(request.user, Right.READ)
    rows = space.host_profiles.published().defer("logo")
    context = {
        "space": space,
        "versions": rows.select_related("published_by").order_by("-published_at"),
    }
    return render(request, "hosts/history.html", context)


@require_safe
@never_cache
def version(request: SignedInRequest, pk: int) -> HttpResponse:
    space = access.get_hosting(request.user, Right.READ)
    found = access.get_version(space, pk)
    context = {"space": space, "version": found, "host": figures.identity_of(found)}
    return render(request, "hosts/version.html", context)


@require_POST
def bring_back(request: SignedInRequest, pk: int) -> HttpResponse:
    space = access.get_hosting(request.user)
    operations.bring_back(access.get_version(space, pk), by=request.user)
    messages.success(request, _("It is your draft again: read it, then publish it."))
    return redirect("hosts:preview")


@never_cache
@form_page
def choose(request: SignedInRequest) -> HttpResponse:
    """An administrator says which centre answers for the site."""
    access.require_administrator(request.user)
    centres = access.may_host()
    now = Host.objects.select_related("space").first()
    initial = {"space": now.space_id} if now else None
    form = HostForm(request.POST or None, centres=centres, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen: Space = form.cleaned_data["space"]
        operations.name_host(chosen, by=request.user)
        said = _("“%(name)s” answers for this site: its owners write what is read.")
        messages.success(request, said % {"name": chosen.name})
        return redirect("hosts:choose")
    context = {"form": form, "now": now, "has_centres": centres.exists()}
    return render(request, "hosts/choose.html", context)


def _latest(space: Space) -> Profile | None:
    """The draft, else what is read by all."""
    rows = space.host_profiles
    current = rows.published().filter(replaced_at=None)
    found: Profile | None = rows.drafts().first() or current.first()
    return found


def _write(request: SignedInRequest, space: Space, form: ProfileForm) -> bool:
    """Whether the draft is kept; why not, beside the logo."""
    said = form.cleaned_data
    values = {field: said[field] for field in Profile.TEXTS}
    values["contact_agreed"] = said["contact_agreed"] and bool(said["contact_name"])
    if said["without_logo"]:
        values |= {"logo": b"", "logo_alt": ""}
    elif said["picture"]:
        try:
            values["logo"] = drawn_logo(said["picture"])
        except (RefusedLogo, NotAPicture) as refused:
            form.add_error("picture", str(refused))
            return False
    operations.write_draft(space, values, by=request.user)
    return True


def _example(request: HttpRequest):
    asked = request.GET.get("exemple")
    return next((one for one in examples() if one.id == asked), None)


def _picture(png: bytes) -> HttpResponse:
    if not png:
        raise Http404
    return HttpResponse(png, content_type="image/png")
