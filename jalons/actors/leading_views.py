"""Who leads on each territory, and the posts whose funding ends."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors import access, leading
from jalons.actors.leading_forms import LeadForm, PostForm
from jalons.actors.pages import form_page
from jalons.actors.posts import posts_of
from jalons.files.exports import stream_csv
from jalons.spaces.access import Right, get_space, right_in


@never_cache
@form_page
def leads(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """Who leads where, since when; to name another one."""
    right = Right.EDIT if request.method == "POST" else Right.READ
    space = get_space(request.user, space_pk, right)
    form = LeadForm(request.POST or None, space=space)
    if request.method == "POST" and form.is_valid():
        try:
            lead = leading.name_lead(form.save(commit=False), by=request.user)
        except leading.BeginsBefore:
            form.add_error(
                "named_on", _("Another actor has led there since a later day.")
            )
        else:
            said = _("%(actor)s leads in %(territory)s.")
            names = {"actor": lead.actor.name, "territory": lead.territory.name}
            messages.success(request, said % names)
            return redirect("actors:leads", space_pk)
    known = space.leads.select_related("actor", "territory").order_by("-named_on", "pk")
    context = {
        "space": space,
        "form": form,
        "current": [one for one in known if one.ended_on is None],
        "former": [one for one in known if one.ended_on],
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "actors/leads.html", context)


@require_POST
def end_lead(request: SignedInRequest, space_pk: int, lead_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    lead = get_object_or_404(space.leads.select_related("actor"), pk=lead_pk)
    leading.end_lead(lead, by=request.user)
    messages.success(request, _("The mandate is ended; the history keeps it."))
    return redirect("actors:leads", space_pk)


@require_safe
@never_cache
def posts(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """The posts by end of funding, the nearest first."""
    space = get_space(request.user, space_pk, Right.READ)
    context = {
        "space": space,
        "found": posts_of(space, timezone.localdate()),
        "can_edit": right_in(request.user, space, Right.EDIT),
    }
    return render(request, "actors/posts.html", context)


@never_cache
@form_page
def add_post(request: SignedInRequest, space_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    form = PostForm(request.POST or None, space=space)
    if request.method == "POST" and form.is_valid():
        leading.save_post(form.save(commit=False), by=request.user)
        messages.success(request, _("The post is noted."))
        return redirect("actors:posts", space_pk)
    return render(request, "actors/post.html", {"space": space, "form": form})


@never_cache
@form_page
def edit_post(request: SignedInRequest, space_pk: int, post_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    post = access.get_post(space, post_pk)
    form = PostForm(request.POST or None, instance=post, space=space)
    if request.method == "POST" and form.is_valid():
        leading.save_post(form.save(commit=False), by=request.user)
        messages.success(request, _("The post is changed."))
        return redirect("actors:posts", space_pk)
    context = {"space": space, "form": form, "post": post}
    return render(request, "actors/post.html", context)


@require_POST
def end_post(request: SignedInRequest, space_pk: int, post_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    leading.end_post(access.get_post(space, post_pk), by=request.user)
    messages.success(request, _("The post is ended; the list keeps it."))
    return redirect("actors:posts", space_pk)


@require_safe
def posts_csv(request: SignedInRequest, space_pk: int) -> HttpResponseBase:
    space = get_space(request.user, space_pk, Right.READ)
    found = posts_of(space, timezone.localdate())
    header = [
        _("Post"),
        _("Actor"),
        _("Full-time equivalent"),
        _("Funded by"),
        _("Funded until"),
        _("To watch"),
    ]
    rows = (
        [
            line.post.title,
            line.post.actor.name,
            line.post.share,
            line.post.funded_by,
            line.post.funding_ends_on,
            line.warning,
        ]
        for line in found.lines
    )
    name = _("posts %(name)s") % {"name": space.territory.name}
    return stream_csv(f"{name}.csv", header, rows, is_simulated=found.is_simulated)
