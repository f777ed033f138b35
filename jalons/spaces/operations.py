from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import Link, User
from jalons.accounts.operations import give_link, revoke_link
from jalons.audit import operations as audit
from jalons.mail import operations as mail
from jalons.spaces import access
from jalons.spaces.models import Invitation, Membership, Role, Space
from jalons.territories.models import Territory

# Long enough for a part-time secretary's holidays, short for a forgotten mailbox.
INVITATION_LASTS = timedelta(days=14)


class NotARegion(Exception):
    """A resource centre was asked for on a territory that is not a région."""


class LastOwner(Exception):
    """The space would be left without anyone to manage it."""


class AlreadyInvited(Exception):
    """A pending invitation exists for this address."""


class AlreadyMember(Exception):
    """The person invited is a member already."""


class InvitedAnother(Exception):
    """The invitation was sent to another address than this person's."""


class AlreadyAccepted(Exception):
    """The invitation was used before."""


@transaction.atomic
def create_space(*, by: User, name: str, kind: str, territory: Territory) -> Space:
    """A new space, owned by the person who creates it."""
    _check_kind(kind, territory)
    space = Space.objects.create(name=name, kind=kind, territory=territory)
    Membership.objects.create(space=space, user=by, role=Role.OWNER)
    audit.record("space.created", space, by=by, space_id=space.pk)
    return space


@transaction.atomic
def open_space(*, by: User, name: str, kind: str, territory: Territory) -> Space:
    """A new space, recognised at once by whoever may; others are told that it waits.

    Asked again by the same person (a form sent twice), it is given as it is.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    same = Space.objects.filter(name=name, kind=kind, territory=territory)
    theirs = same.filter(memberships__user=by, memberships__role=Role.OWNER)
    if (known := theirs.first()) is not None:
        return known
    space = create_space(by=by, name=name, kind=kind, territory=territory)
    if access.recognisable_by(by).filter(pk=space.pk).exists():
        recognise_space(space, by=by)
        return space
    for person in access.may_recognise_it(space):
        mail.queue(
            "space-waiting",
            person.email,
            # Whoever opens many spaces in a day is told of once: the page lists all.
            period=f"{by.pk}-{timezone.localdate()}",
            context={
                "space": space,
                "opened_by": by,
                "url": f"{settings.SITE_URL}{reverse('spaces:to_recognise')}",
            },
        )
    return space


@transaction.atomic
def recognise_space(space: Space, *, by: User) -> None:
    """What the team publishes in the directory is shown to everybody; it is told so."""
    if space.is_recognised:
        return
    space.recognised_at, space.recognised_by = timezone.now(), by
    space.save(update_fields=["recognised_at", "recognised_by"])
    audit.record("space.recognised", space, by=by, space_id=space.pk)
    _tell_owners(space, "space-recognised", by=by)


@transaction.atomic
def withdraw_recognition(space: Space, *, by: User) -> None:
    """What it publishes is shown no more; nothing is erased, and it is told so."""
    if not space.is_recognised:
        return
    space.recognised_at = space.recognised_by = None
    space.save(update_fields=["recognised_at", "recognised_by"])
    audit.record("space.unrecognised", space, by=by, space_id=space.pk)
    _tell_owners(space, "space-unrecognised", by=by)


@transaction.atomic
def rename_space(space: Space, *, by: User, name: str) -> None:
    former, space.name = space.name, name
    space.save(update_fields=["name"])
    details = {"from": former, "to": name}
    audit.record("space.renamed", space, by=by, space_id=space.pk, details=details)


@transaction.atomic
def invite(space: Space, *, by: User, email: str, role: str) -> tuple[Invitation, str]:
    """Invite an address to join the space; the secret of its link is told once."""
    email = email.strip().lower()
    if space.memberships.filter(user__email=email).exists():
        raise AlreadyMember
    if space.invitations.pending().filter(email=email).exists():
        raise AlreadyInvited
    link, secret = _new_link()
    invitation = Invitation.objects.create(
        space=space, email=email, role=role, link=link, invited_by=by
    )
    _send(invitation, secret, by=by)
    details = {"role": role}
    audit.record("invitation.sent", invitation, by=by, details=details)
    return invitation, secret


@transaction.atomic
def renew_invitation(invitation: Invitation, *, by: User) -> str:
    """Send the invitation again with a new link; the former link stops working."""
    revoke_link(invitation.link)
    invitation.link, secret = _new_link()
    invitation.save(update_fields=["link"])
    _send(invitation, secret, by=by)
    audit.record("invitation.renewed", invitation, by=by)
    return secret


@transaction.atomic
def cancel_invitation(invitation: Invitation, *, by: User) -> None:
    """Withdraw the invitation: its link says so to whoever opens it."""
    revoke_link(invitation.link)
    audit.record("invitation.cancelled", invitation, by=by)
    invitation.delete()


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User) -> Membership:
    """Join the space, as the person whose address was invited and nobody else.

    A link may be forwarded or read over a shoulder: the address proved at sign-in is
    what makes the person, so another address is refused, whatever the link. A member
    who was invited again keeps the role they have.
    """
    if by.email != invitation.email:
        raise InvitedAnother
    pending = Invitation.objects.pending().filter(pk=invitation.pk)
    if not pending.update(accepted_at=timezone.now(), accepted_by=by):
        raise AlreadyAccepted
    membership, _is_new = Membership.objects.get_or_create(
        space=invitation.space, user=by, defaults={"role": invitation.role}
    )
    audit.record("invitation.accepted", invitation, by=by)
    return membership


@transaction.atomic
def change_role(membership: Membership, *, by: User, role: str) -> None:
    if role != Role.OWNER:
        _keep_an_owner(membership)
    details = {"from": membership.role, "to": role}
    membership.role = role
    membership.save(update_fields=["role"])
    audit.record("membership.changed", membership, by=by, details=details)


@transaction.atomic
def remove_member(membership: Membership, *, by: User) -> None:
    """End a membership; what the person wrote in the space stays."""
    _keep_an_owner(membership)
    verb = "membership.left" if membership.user == by else "membership.removed"
    audit.record(verb, membership, by=by)
    membership.delete()


def _check_kind(kind: str, territory: Territory) -> None:
    is_centre = kind == Space.Kind.RESOURCE_CENTRE
    if is_centre and territory.kind != Territory.Kind.REGION:
        raise NotARegion


def _keep_an_owner(membership: Membership) -> None:
    """Refuse to lose the last owner, even when two owners act at the same instant.

    The second waits for the first: PostgreSQL by the lock taken on the space, SQLite
    because its transactions begin with the right to write. The role is then read again.
    """
    space = Space.objects.select_for_update().get(pk=membership.space_id)
    membership.refresh_from_db(fields=["role"])
    others = space.memberships.owners().exclude(pk=membership.pk)
    if membership.role == Role.OWNER and not others.exists():
        raise LastOwner


def _new_link() -> tuple[Link, str]:
    expires_at = timezone.now() + INVITATION_LASTS
    return give_link(Link.Purpose.INVITATION, expires_at=expires_at)


def _tell_owners(space: Space, reason: str, *, by: User) -> None:
    """A mail to each owner but whoever decided."""
    path = reverse("front:space", args=[space.pk])
    for owner in space.memberships.owners().exclude(user=by).select_related("user"):
        mail.queue(
            reason,
            owner.user.email,
            period=f"{space.pk}-{timezone.now():%Y%m%d%H%M%S}",
            context={"space": space, "url": f"{settings.SITE_URL}{path}"},
        )


def _send(invitation: Invitation, secret: str, *, by: User) -> None:
    path = reverse("spaces:accept", kwargs={"secret": secret})
    mail.queue(
        "space-invitation",
        invitation.email,
        # Each link has its mail; the same link never goes twice.
        period=str(invitation.link_id),
        context={
            "invited_by": str(by),
            "space": invitation.space,
            "role": invitation.get_role(),
            "url": f"{settings.SITE_URL}{path}",
            "expires_at": invitation.link.expires_at,
        },
    )
