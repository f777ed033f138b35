"""The only door to a space and to what it holds.

Being administrator of the installation opens no space: only a membership does.
Apps above build their own access on `get_space` and `right_in`.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from jalons.accounts.access import DeadLink, find_link
from jalons.accounts.models import Link, User
from jalons.spaces import joining
from jalons.spaces.models import Invitation, JoinRequest, Membership, Role, Space
from jalons.territories.models import CURRENT_YEAR, held_in
from jalons.territories.models import Membership as Inside


class Right(Enum):
    """What one may do in a space, each worth the lowest role that may."""

    READ = Role.READER
    CONTRIBUTE = Role.CONTRIBUTOR
    EDIT = Role.EDITOR
    MANAGE = Role.OWNER


_MAY_EDIT = (Role.EDITOR, Role.OWNER)


def get_space(user: User, pk: int, right: Right) -> Space:
    """The space, for a member who holds the right.

    A stranger gets a 404, exactly as if the space did not exist; a member without the
    right gets a 403.
    """
    return get_membership(user, pk, right).space


def get_membership(user: User, pk: int, right: Right) -> Membership:
    """This person's own membership of the space, under the same conditions."""
    membership: Membership | None = (
        Membership.objects.filter(space=pk, user=user)
        .select_related("space__territory")
        .first()
    )
    if membership is None:
        raise Http404
    if not membership.get_role().includes(right.value):
        raise PermissionDenied
    return membership


def right_in(user: User | AnonymousUser, space: Space, right: Right) -> bool:
    """Whether this visitor, member or not, holds the right in the space."""
    return may(role_in(user, space), right)


def may(role: Role | None, right: Right) -> bool:
    """Whether a role already read, none for a stranger, gives the right."""
    return role is not None and role.includes(right.value)


def role_in(user: User | AnonymousUser, space: Space) -> Role | None:
    if not user.is_authenticated:
        return None
    role = space.memberships.filter(user=user).values_list("role", flat=True).first()
    return Role(role) if role else None


def find_editor(email: str, space_pk: int) -> User | None:
    """Who has this address, when they may edit the space."""
    found: User | None = User.objects.filter(
        email=email.lower(),
        memberships__space=space_pk,
        memberships__role__in=_MAY_EDIT,
    ).first()
    return found


def recognisable_by(user: User) -> QuerySet[Space]:
    """The spaces that this person may recognise.

    All of them for an administrator of the site; for the editors of a recognised
    resource centre, the teams of its région.
    """
    if user.is_staff:
        return Space.objects.all()
    regions = _centres_of(user).values("territory")
    inside = Inside.objects.filter(held_in(CURRENT_YEAR), group__in=regions)
    theirs = Q(territory__in=regions) | Q(territory__in=inside.values("member"))
    return Space.objects.filter(theirs, kind=Space.Kind.TEAM)


def may_recognise_it(space: Space) -> QuerySet[User]:
    """Who answers for the recognition of a space, and is told that it waits.

    The editors of the centres of its région; without a centre, and for a centre, the
    administrators of the site.
    """
    around = Inside.objects.filter(held_in(CURRENT_YEAR), member=space.territory)
    centres = Space.objects.recognised().filter(
        Q(territory=space.territory) | Q(territory__in=around.values("group")),
        kind=Space.Kind.RESOURCE_CENTRE,
    )
    editors = Membership.objects.filter(space__in=centres, role__in=_MAY_EDIT)
    told = User.objects.filter(is_active=True)
    theirs = told.filter(pk__in=editors.values("user"))
    if space.kind == Space.Kind.TEAM and theirs.exists():
        return theirs
    return told.filter(is_staff=True)


def require_recognition(user: User) -> None:
    """Raises PermissionDenied for whoever recognises no space at all."""
    if not may_recognise(user):
        raise PermissionDenied


def may_recognise(user: User) -> bool:
    """Whether this person answers for the recognition of spaces."""
    return user.is_staff or _centres_of(user).exists()


def _centres_of(user: User) -> QuerySet[Space]:
    """The recognised resource centres where this person is an editor."""
    ours = Membership.objects.filter(user=user, role__in=_MAY_EDIT)
    centres = Space.objects.recognised().filter(kind=Space.Kind.RESOURCE_CENTRE)
    return centres.filter(memberships__in=ours)


def get_recognisable(user: User, pk: int) -> Space:
    """A space that this person may recognise, never another one."""
    found: Space = get_object_or_404(recognisable_by(user), pk=pk)
    return found


def require_administrator(user: User) -> None:
    """Raises PermissionDenied for whoever does not run the installation."""
    if not user.is_staff:
        raise PermissionDenied


def get_member(space: Space, pk: int) -> Membership:
    """Another member of a space already opened, never of another space."""
    member: Membership = get_object_or_404(
        space.memberships.select_related("user"), pk=pk
    )
    return member


def get_pending_invitation(space: Space, pk: int) -> Invitation:
    """An invitation not yet accepted of a space already opened."""
    invitation: Invitation = get_object_or_404(
        space.invitations.pending().select_related("link", "space"), pk=pk
    )
    return invitation


def get_askable(user: User, pk: int) -> Space:
    """A team that this person may ask to join; any other is as if it did not exist."""
    found: Space = get_object_or_404(joining.askable_by(user), pk=pk)
    return found


def get_join_request(space: Space, pk: int) -> JoinRequest:
    """A request that waits, of a space already opened."""
    waiting = space.join_requests.waiting(timezone.now())
    found: JoinRequest = get_object_or_404(
        waiting.select_related("user", "space__territory"), pk=pk
    )
    return found


def get_own_request(user: User, pk: int) -> JoinRequest:
    """A request of this very person, that nobody answered."""
    asked = user.join_requests.unanswered().select_related("space")
    found: JoinRequest = get_object_or_404(asked, pk=pk)
    return found


def find_invitation(secret: str, at: datetime) -> Invitation:
    """The invitation that this link opens, accepted or not."""
    link = find_link(secret, Link.Purpose.INVITATION, at)
    invitation: Invitation | None = (
        Invitation.objects.filter(link=link)
        .select_related("space__territory", "invited_by", "link")
        .first()
    )
    if invitation is None:
        raise DeadLink(link)
    return invitation
