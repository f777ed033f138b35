"""Another owner for a team whose owners are gone, named by an administrator.

Being administrator opens no space: only a colleague of the team may be named, or, where
nobody is left, somebody else than the administrator. A team whose owner came lately is
left to its owner.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from jalons.accounts import sessions
from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.mail import operations as mail
from jalons.spaces.models import Membership, Role, Space

# Longer than a leave or an illness that colleagues know of; a quarter without anybody
# to invite or to remove people is long for a team.
ABSENT_AFTER = timedelta(days=90)


class OwnerPresent(Exception):
    """An owner of this space came lately: it is theirs to name another."""


class NotAColleague(Exception):
    """The person is not of this team, or has no account that is open."""


def without_owner(at: datetime) -> QuerySet[Space]:
    """The spaces that no owner has opened for a quarter, or that have none."""
    present = (
        Membership.objects.owners()
        .annotate(seen_at=Coalesce("user__last_login", F("user__joined_at")))
        .filter(seen_at__gte=at - ABSENT_AFTER)
    )
    spaces: QuerySet[Space] = Space.objects.exclude(pk__in=present.values("space"))
    return spaces.select_related("territory").order_by("name", "pk")


@transaction.atomic
def name_owner(space: Space, email: str, *, by: User | None, reason: str) -> Membership:
    """Make this person an owner; they are told, and so are the owners who are gone."""
    Space.objects.select_for_update().get(pk=space.pk)
    gone = [one.user for one in space.memberships.owners().select_related("user")]
    if not without_owner(timezone.now()).filter(pk=space.pk).exists() or any(
        sessions.opened_by(owner, None) for owner in gone
    ):
        raise OwnerPresent
    user = _colleague(space, email, by)
    membership, _is_new = Membership.objects.update_or_create(
        space=space, user=user, defaults={"role": Role.OWNER}
    )
    details = {"reason": reason}
    audit.record("space.owner_named", membership, by=by, details=details)
    _tell(space, user, gone, reason)
    return membership


def _colleague(space: Space, email: str, by: User | None) -> User:
    """Who is of the team; where nobody is left, anybody but who names."""
    known = User.objects.filter(email=email.strip().lower(), is_active=True)
    colleagues = space.memberships.filter(user__is_active=True)
    if colleagues.exists():
        known = known.filter(pk__in=colleagues.values("user"))
    elif by:
        known = known.exclude(pk=by.pk)
    user: User | None = known.first()
    if user is None:
        raise NotAColleague
    return user


def _tell(space: Space, user: User, gone: list[User], reason: str) -> None:
    path = reverse("spaces:team", args=[space.pk])
    context = {
        "space": space,
        "owner": user,
        "reason": reason,
        "url": f"{settings.SITE_URL}{path}",
    }
    period = f"{space.pk}-{timezone.now():%Y%m%d%H%M%S}"
    mail.queue("space-owner-named", user.email, period=period, context=context)
    for former in gone:
        if former != user:
            mail.queue(
                "space-owner-replaced", former.email, period=period, context=context
            )
