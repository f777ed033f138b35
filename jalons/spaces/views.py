from __future__ import annotations

from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jalons.accounts import proof
from jalons.accounts.access import DeadLink, SignedInRequest
from jalons.audit.models import Entry
from jalons.search.figures import find
from jalons.spaces import access, figures, operations
from jalons.spaces.access import Right
from jalons.spaces.forms import InvitationForm, NameForm, RoleForm, SpaceForm
from jalons.spaces.models import Invitation, Role
from jalons.territories.models import Territory

Kind = Territory.Kind
KINDS = [Kind.COMMUNE, Kind.EPCI, Kind.DEPARTEMENT, Kind.REGION]
# Beyond this, a longer name is a better filter than a longer list.
SUGGESTIONS = 12
LINES_A_PAGE = 50


@require_safe
def list(request: SignedInRequest) -> HttpResponse:
    memberships = request.user.memberships.select_related("space__territory").order_by(
        "space__name"
    )
    context = {
        "memberships": memberships,
        "asked": request.user.join_requests.waiting(timezone.now()).select_related(
            "space"
        ),
        "is_demo": settings.DEMO,
        "may_recognise": access.may_recognise(request.user),
    }
    return render(request, "spaces/list.html", context)


def create(request: SignedInRequest) -> HttpResponse:
    """First choose a territory, by name or code; then name the space."""
    code = request.GET.get("territoire", "")
    if not code:
        query = request.GET.get("q", "").strip()
        hits = find(query, kinds=KINDS, limit=SUGGESTIONS)
        context = {"query": query, "hits": hits}
        return render(request, "spaces/choose_territory.html", context)
    territory = get_object_or_404(Territory, pk=code)
    form = SpaceForm(request.POST or None, territory=territory)
    if request.method == "POST" and form.is_valid():
        space = operations.open_space(
            by=request.user,
            name=form.cleaned_data["name"],
            kind=form.chosen_kind,
            territory=territory,
        )
        messages.success(
            request, _("The space is created. You may now invite your colleagues.")
        )
        return redirect("front:space", pk=space.pk)
    return render(request, "spaces/create.html", {"form": form, "territory": territory})


@require_safe
def team(request: SignedInRequest, pk: int) -> HttpResponse:
    membership = access.get_membership(request.user, pk, Right.READ)
    space = membership.space
    context = {
        "space": space,
        "my_role": membership.get_role(),
        "can_manage": membership.get_role().includes(Right.MANAGE.value),
        "members": space.memberships.in_order(),
        "invitations": space.invitations.pending().select_related("link"),
        "requests": space.join_requests.waiting(timezone.now()).select_related("user"),
        "roles": Role,
        "now": timezone.now(),
    }
    return render(request, "spaces/team.html", context)


@require_safe
def journal(request: SignedInRequest, pk: int) -> HttpResponse:
    space = access.get_space(request.user, pk, Right.READ)
    entries = Paginator(Entry.objects.within(space), LINES_A_PAGE)
    page = entries.get_page(request.GET.get("page"))
    context = {"space": space, "page": page, "lines": figures.lines(page)}
    return render(request, "spaces/journal.html", context)


def rename(request: SignedInRequest, pk: int) -> HttpResponse:
    space = access.get_space(request.user, pk, Right.MANAGE)
    form = NameForm(request.POST or None, initial={"name": space.name})
    if request.method == "POST" and form.is_valid():
        operations.rename_space(space, by=request.user, name=form.cleaned_data["name"])
        messages.success(request, _("The space has its new name."))
        return redirect("spaces:team", pk=pk)
    return render(request, "spaces/rename.html", {"form": form, "space": space})


def _gives_ownership(request: HttpRequest) -> bool:
    return request.POST.get("role") == Role.OWNER


@never_cache
@rate_limit(action="invite")
@proof.required_if(_gives_ownership)
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    space = access.get_space(request.user, pk, Right.MANAGE)
    form = InvitationForm(request.POST or None, initial={"role": Role.CONTRIBUTOR})
    if request.method == "POST" and form.is_valid():
        try:
            invitation, secret = operations.invite(
                space, by=request.user, **form.cleaned_data
            )
        except operations.AlreadyMember:
            form.add_error("email", _("This person is already a member."))
        except operations.AlreadyInvited:
            form.add_error(
                "email",
                _(
                    "An invitation waits for this address already: renew it or cancel "
                    "it on the page of the space."
                ),
            )
        else:
            return _show_link(request, invitation, secret)
    return render(request, "spaces/invite.html", {"form": form, "space": space})


@require_POST
@never_cache
@rate_limit(action="invite")
def renew(request: SignedInRequest, pk: int, invitation_pk: int) -> HttpResponse:
    space = access.get_space(request.user, pk, Right.MANAGE)
    invitation = access.get_pending_invitation(space, invitation_pk)
    secret = operations.renew_invitation(invitation, by=request.user)
    return _show_link(request, invitation, secret)


@require_POST
def cancel(request: SignedInRequest, pk: int, invitation_pk: int) -> HttpResponse:
    space = access.get_space(request.user, pk, Right.MANAGE)
    invitation = access.get_pending_invitation(space, invitation_pk)
    operations.cancel_invitation(invitation, by=request.user)
    messages.success(
        request,
        _("The invitation of %(email)s is cancelled: its link no longer works.")
        % {"email": invitation.email},
    )
    return redirect("spaces:team", pk=pk)


@proof.required_to_write
def member(request: SignedInRequest, pk: int, member_pk: int) -> HttpResponse:
    space = access.get_space(request.user, pk, Right.MANAGE)
    membership = access.get_member(space, member_pk)
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_role(
                membership, by=request.user, role=form.cleaned_data["role"]
            )
        except operations.LastOwner:
            form.add_error("role", _last_owner_sentence())
        else:
            messages.success(request, _("The role is changed."))
            return redirect("spaces:team", pk=pk)
    context = {"form": form, "space": space, "membership": membership}
    return render(request, "spaces/member.html", context)


@require_POST
@proof.required
def remove(request: SignedInRequest, pk: int, member_pk: int) -> HttpResponse:
    space = access.get_space(request.user, pk, Right.MANAGE)
    membership = access.get_member(space, member_pk)
    try:
        operations.remove_member(membership, by=request.user)
    except operations.LastOwner:
        messages.error(request, _last_owner_sentence())
    else:
        messages.success(
            request,
            _("%(name)s is no longer a member. To undo it, invite this person again.")
            % {"name": membership.user},
        )
    return redirect("spaces:team", pk=pk)


def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    membership = access.get_membership(request.user, pk, Right.READ)
    space = membership.space
    if request.method != "POST":
        return render(request, "spaces/leave.html", {"space": space})
    try:
        operations.remove_member(membership, by=request.user)
    except operations.LastOwner:
        messages.error(request, _last_owner_sentence())
        return redirect("spaces:team", pk=pk)
    messages.success(
        request, _("You have left the space “%(space)s”.") % {"space": space.name}
    )
    return redirect("spaces:list")


@never_cache
@login_not_required
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """An invitation opened by its link; its address alone may accept it."""
    invitation = access.find_invitation(secret, at=timezone.now())
    user, space = request.user, invitation.space
    if access.role_in(user, space):
        return redirect("front:space", pk=space.pk)
    if invitation.accepted_at:
        raise DeadLink(invitation.link)
    is_other = user.is_authenticated and user.email != invitation.email
    context = {"invitation": invitation, "space": space, "is_other": is_other}
    if request.method != "POST":
        return render(request, "spaces/accept.html", context)
    if not user.is_authenticated:
        return redirect_to_login(request.path)
    try:
        operations.accept_invitation(invitation, by=user)
    except operations.InvitedAnother:
        return render(request, "spaces/accept.html", context, status=403)
    except operations.AlreadyAccepted as error:
        raise DeadLink(invitation.link) from error
    messages.success(request, _("Welcome to this space."))
    return redirect("front:space", pk=space.pk)


def _show_link(
    request: HttpRequest, invitation: Invitation, secret: str
) -> HttpResponse:
    """The page that shows the link, this once."""
    path = reverse("spaces:accept", kwargs={"secret": secret})
    context = {
        "invitation": invitation,
        "space": invitation.space,
        "url": request.build_absolute_uri(path),
    }
    return render(request, "spaces/invited.html", context)


def _last_owner_sentence() -> str:
    return _(
        "This person is the only owner of the space. Make another member an owner "
        "first."
    )
