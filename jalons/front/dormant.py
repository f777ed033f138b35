"""The end of accounts where nobody has signed in for two years.

A mail says so a month before, and signing in once keeps the account. The only owner of
a space that has other members is not ended: the colleagues and the administrators of
the site are told, and the account stays until another owner is named. A space that
would have nobody left is told to the administrators. Nothing ends before its warning
has left, nor while a sign-in is still open somewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from jalons.accounts import sessions
from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.front.operations import leave, owned_alone
from jalons.mail import operations as mail
from jalons.mail.models import Message
from jalons.privacy import erasure, persons
from jalons.spaces.models import Membership, Space

KEPT = timedelta(days=User.personal_data.kept_days)
WARNED_BEFORE = timedelta(days=30)
WARNING = "account-dormant"


@dataclass(slots=True)
class Report:
    """What was done, or would be; accounts by number, for the report holds no name."""

    warned: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    kept_for_spaces: dict[int, list[int]] = field(default_factory=dict)
    spaces_left_empty: list[int] = field(default_factory=list)


def end_dormant(at: datetime, *, dry_run: bool) -> Report:
    """Warn, then end, account by account: one that refuses undoes no other."""
    report = Report()
    for pk in _dormant(at - KEPT + WARNED_BEFORE).values_list("pk", flat=True):
        with transaction.atomic():
            # Read again under a lock: the person may have signed in meanwhile.
            users = _dormant(at - KEPT + WARNED_BEFORE).select_for_update()
            user = users.filter(pk=pk).first()
            if user and not sessions.opened_by(user, None):
                _treat(user, at, report, dry_run)
    return report


def _dormant(before: datetime):
    """Accounts still open whose last sign-in, or else opening, is older."""
    return (
        User.objects.filter(is_active=True)
        .annotate(seen_at=Coalesce("last_login", F("joined_at")))
        .filter(seen_at__lt=before)
        .order_by("pk")
    )


def _treat(user, at: datetime, report: Report, dry_run: bool) -> None:
    warning = Message.objects.filter(
        reason=WARNING, recipient=user.email, period=_period(user)
    ).first()
    if warning is None:
        report.warned.append(user.pk)
        if not dry_run:
            _warn(user, at)
    elif user.seen_at >= at - KEPT or not _was_told(warning, at):
        report.waiting.append(user.pk)
    elif spaces := owned_alone(user):
        report.kept_for_spaces[user.pk] = [space.pk for space in spaces]
        if not dry_run:
            _tell_of_owner(user, spaces)
    else:
        report.ended.append(user.pk)
        report.spaces_left_empty += [space.pk for space in _alone_in(user)]
        if not dry_run:
            _end(user)


def _period(user) -> str:
    """One warning for each time that a person stays away."""
    return f"{timezone.localtime(user.seen_at).date()}"


def _was_told(warning: Message, at: datetime) -> bool:
    """Sent a whole month ago; or given up, the address being dead for as long."""
    month_ago = at - WARNED_BEFORE
    return Message.objects.filter(
        Q(sent_at__lte=month_ago)
        | Q(state=Message.State.FAILED, created_at__lte=month_ago),
        pk=warning.pk,
    ).exists()


def _alone_in(user) -> list[Space]:
    return [
        membership.space
        for membership in user.memberships.select_related("space")
        if not membership.space.memberships.exclude(user=user).exists()
    ]


def _warn(user, at: datetime) -> None:
    mail.queue(
        WARNING,
        user.email,
        period=_period(user),
        context={
            "seen_on": user.seen_at,
            # A month from the sending, even when the site was stopped meanwhile.
            "ends_on": max(user.seen_at + KEPT, at + WARNED_BEFORE),
            "spaces": owned_alone(user),
            "url": f"{settings.SITE_URL}{reverse('account_login')}",
        },
    )


def _tell_of_owner(user, spaces: list[Space]) -> None:
    for space in spaces:
        period, told = f"{space.pk}-{_period(user)}", {"space": space, "owner": user}
        page = f"{settings.SITE_URL}{reverse('front:space', args=[space.pk])}"
        for colleague in space.memberships.exclude(user=user).select_related("user"):
            mail.queue(
                "account-dormant-owner",
                colleague.user.email,
                period=period,
                context=told | {"url": page},
            )
        _tell_administrators("space-owner-gone", user, period=period, context=told)


def _end(user) -> None:
    empty = _alone_in(user)
    for space in empty:
        told = {"space": space}
        _tell_administrators(
            "space-left-empty", user, period=str(space.pk), context=told
        )
    for membership in Membership.objects.filter(user=user):
        leave(membership, by=None)
    erasure.close_account(persons.find(user.email))
    user.refresh_from_db()
    audit.record(
        "account.ended",
        user,
        by=None,
        details={"spaces_left_empty": [space.pk for space in empty]},
    )


def _tell_administrators(reason: str, user, *, period: str, context: dict) -> None:
    url = f"{settings.SITE_URL}{reverse('spaces:without_owner')}"
    administrators = User.objects.filter(is_staff=True, is_active=True)
    for one in administrators.exclude(pk=user.pk):
        mail.queue(reason, one.email, period=period, context=context | {"url": url})
