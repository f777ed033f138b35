"""Joining a team by asking: an owner answers, nobody enters by themselves.

A team is found by whoever asks when it is recognised, or when it recognises them as of
the same organisation; any other stays as if it did not exist. Nothing is told of who is
inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.mail import operations as mail
from jalons.spaces import belonging
from jalons.spaces.belonging import Sign
from jalons.spaces.models import JoinRequest, Mark, Membership, Role, Space

# As long as a holiday; refused, one asks again no sooner.
LASTS = timedelta(days=30)


class AlreadyAsked(Exception):
    """A request waits, or was answered less than a month ago."""


class AlreadyAnswered(Exception):
    """Another owner answered meanwhile, or the request expired or was withdrawn."""


class NotCarried(Exception):
    """No owner of the space carries this sign."""


def askable_by(user: User) -> QuerySet[Space]:
    """The teams that this person may ask to join."""
    found: QuerySet[Space] = (
        Space.objects.filter(
            Q(recognised_at__isnull=False) | Q(pk__in=belonging.recognising(user))
        )
        .exclude(memberships__user=user)
        .select_related("territory")
        .order_by("name", "pk")
    )
    return found


def latest(space: Space, user: User, at: datetime) -> JoinRequest | None:
    """What this person asked of the team within a month, waiting or answered."""
    found: JoinRequest | None = (
        space.join_requests.filter(user=user, expires_at__gt=at)
        .order_by("-asked_at")
        .first()
    )
    return found


@transaction.atomic
def ask(space: Space, *, by: User, word: str) -> JoinRequest:
    """Ask the owners to let one in; each is told by mail, once."""
    now = timezone.now()
    if latest(space, by, now):
        raise AlreadyAsked
    # An older one that nobody answered makes way.
    space.join_requests.filter(user=by, answered_at=None).delete()
    try:
        with transaction.atomic():
            request = JoinRequest.objects.create(
                space=space, user=by, word=word, asked_at=now, expires_at=now + LASTS
            )
    except IntegrityError as error:
        raise AlreadyAsked from error
    audit.record("join.asked", request, by=by)
    _tell_owners(request)
    return request


@transaction.atomic
def withdraw(request: JoinRequest, *, by: User) -> None:
    audit.record("join.withdrawn", request, by=by)
    request.delete()


@transaction.atomic
def accept(request: JoinRequest, *, by: User, role: str) -> Membership:
    """Let the person in with this role; a member meanwhile keeps the one they have."""
    _answer(request, by=by, is_accepted=True)
    membership, _is_new = Membership.objects.get_or_create(
        space=request.space, user=request.user, defaults={"role": role}
    )
    details = {"role": membership.role}
    audit.record("join.accepted", request, by=by, details=details)
    path = reverse("front:space", args=[request.space_id])
    told = {"role": Role(membership.role), "url": f"{settings.SITE_URL}{path}"}
    _tell_person("space-join-accepted", request, told)
    return membership


@transaction.atomic
def refuse(request: JoinRequest, *, by: User, word: str) -> None:
    _answer(request, by=by, is_accepted=False, answer=word)
    audit.record("join.refused", request, by=by)
    _tell_person("space-join-refused", request, {"word": word})


@transaction.atomic
def declare(space: Space, signs: set[Sign], *, by: User) -> None:
    """The signs by which colleagues are recognised, all of them, from now on."""
    if signs - set(belonging.carried_in(space)):
        raise NotCarried
    known = {Sign(mark.kind, mark.value): mark for mark in space.marks.all()}
    for sign in set(known) - signs:
        known[sign].delete()
    Mark.objects.bulk_create(
        Mark(space=space, kind=sign.kind, value=sign.value, declared_by=by)
        for sign in signs - set(known)
    )
    details = {"signs": sorted(sign.value for sign in signs)}
    audit.record("space.signs", space, by=by, space_id=space.pk, details=details)


def _answer(
    request: JoinRequest, *, by: User, is_accepted: bool, answer: str = ""
) -> None:
    """One answer, even when two owners give theirs at the same instant."""
    now = timezone.now()
    waiting = JoinRequest.objects.waiting(now).filter(pk=request.pk).order_by()
    if not waiting.update(
        answered_at=now, answered_by=by, is_accepted=is_accepted, answer=answer
    ):
        raise AlreadyAnswered


def _tell_owners(request: JoinRequest) -> None:
    space = request.space
    path = reverse("spaces:answer", args=[space.pk, request.pk])
    context = {
        "space": space,
        "person": request.user,
        "word": request.word,
        "signs": [sign.value for sign in belonging.shared_with(space, request.user)],
        "expires_at": request.expires_at,
        "url": f"{settings.SITE_URL}{path}",
    }
    for owner in space.memberships.owners().select_related("user"):
        mail.queue(
            "space-join-asked",
            owner.user.email,
            period=str(request.pk),
            context=context,
        )


def _tell_person(reason: str, request: JoinRequest, told: Mapping[str, object]) -> None:
    context = {"space": request.space, **told}
    mail.queue(reason, request.user.email, period=str(request.pk), context=context)
