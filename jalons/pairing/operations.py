"""A pairing from its proposal to its end; each step is told to whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.mail import operations as mail
from jalons.pairing.access import teams_on
from jalons.pairing.models import Pairing, Side, Talk
from jalons.spaces.models import Role, Space
from jalons.territories.models import Territory

State, Answer = Pairing.State, Side.Answer
ASKED, BEGUN, OVER = "pairing-asked", "pairing-begun", "pairing-over"
ANSWERS_MAIL = (Role.EDITOR, Role.OWNER)
"""Those who may answer are told."""


class AlreadyPaired(Exception):
    """These two territories are asked already, or exchange already."""


class NotTheMoment(Exception):
    """Somebody answered, ended or took it back meanwhile."""


@transaction.atomic
def propose(pairing: Pairing, territories: Sequence[Territory], *, by: User) -> Pairing:
    """Ask both teams, in the same words. Raises AlreadyPaired."""
    Space.objects.select_for_update(no_key=True).get(pk=pairing.space_id)
    first, second = territories
    known = Pairing.objects.going_on().filter(space=pairing.space_id)
    if known.filter(sides__territory=first).filter(sides__territory=second).exists():
        raise AlreadyPaired(pairing)
    pairing.proposed_by = by
    pairing.save()
    Side.objects.bulk_create(
        Side(pairing=pairing, territory=one) for one in territories
    )
    audit.record("pairing.proposed", pairing, by=by)
    for one in territories:
        _write_to(teams_on(one), ASKED, pairing)
    return pairing


@transaction.atomic
def agree(side: Side, *, space: Space, by: User) -> Pairing:
    """One of the two agrees; once both did, it begins. Raises NotTheMoment.

    `space` is the one that answers: its team, or the centre that was told.
    """
    pairing = _answer(side, Answer.AGREED, by=by)
    audit.record("pairing.agreed", pairing, by=by, space_id=space.pk)
    if pairing.sides.exclude(answer=Answer.AGREED).exists():
        return pairing
    pairing.state, pairing.begun_at = State.UNDER_WAY, timezone.now()
    pairing.save(update_fields=["state", "begun_at"])
    for one in pairing.sides.select_related("territory"):
        _write_to(teams_on(one.territory), BEGUN, pairing)
    return pairing


@transaction.atomic
def refuse(side: Side, *, space: Space, by: User) -> Pairing:
    """One of the two refuses, with a reason for the centre alone. Raises NotTheMoment.

    The other reads that it did not begin, not why, nor who refused.
    """
    pairing = _answer(side, Answer.REFUSED, by=by)
    _close(pairing, State.CLOSED)
    audit.record("pairing.refused", pairing, by=by, space_id=space.pk)
    return pairing


@transaction.atomic
def withdraw(pairing: Pairing, *, by: User) -> None:
    """The centre takes back a proposal that did not begin. Raises NotTheMoment."""
    _close(_hold(pairing.pk, State.PROPOSED), State.CLOSED)
    audit.record("pairing.withdrawn", pairing, by=by)


@transaction.atomic
def note_talk(talk: Talk, *, by: User) -> Talk:
    """Raises NotTheMoment unless both agreed and nothing ended."""
    _hold(talk.pairing_id, State.UNDER_WAY)
    talk.noted_by = by
    talk.save()
    space_id = talk.space_id
    audit.record("pairing.talk_noted", talk.pairing, by=by, space_id=space_id)
    return talk


@transaction.atomic
def remove_talk(talk: Talk, *, by: User) -> None:
    pairing, space_id = talk.pairing, talk.space_id
    talk.delete()
    audit.record("pairing.talk_removed", pairing, by=by, space_id=space_id)


@transaction.atomic
def tell(side: Side, *, space: Space, by: User) -> None:
    """What the exchanges brought to one of the two. Raises NotTheMoment."""
    _hold(side.pairing_id, State.UNDER_WAY, State.ENDED)
    side.told_at = timezone.now()
    side.save(update_fields=["use", "feedback", "told_at"])
    audit.record("pairing.told", side.pairing, by=by, space_id=space.pk)


@transaction.atomic
def end(pairing: Pairing, ending: str, *, space: Space, by: User) -> None:
    """Over, in the words of whoever ends it; both are asked what it brought.

    Raises NotTheMoment.
    """
    held = _hold(pairing.pk, State.UNDER_WAY)
    held.ending = ending
    _close(held, State.ENDED)
    audit.record("pairing.ended", held, by=by, space_id=space.pk)
    for one in held.sides.select_related("territory"):
        _write_to(teams_on(one.territory), OVER, held)


def _answer(side: Side, answer: Side.Answer, *, by: User) -> Pairing:
    pairing = _hold(side.pairing_id, State.PROPOSED)
    if Side.objects.get(pk=side.pk).answer != Answer.WAITING:
        raise NotTheMoment(pairing)
    side.answer, side.answered_at, side.answered_by = answer, timezone.now(), by
    side.save()
    return pairing


def _hold(pk: int, *states: Pairing.State) -> Pairing:
    """The pairing until the end of the transaction, in one of these states."""
    pairing: Pairing = Pairing.objects.select_for_update(no_key=True).get(pk=pk)
    if pairing.state not in states:
        raise NotTheMoment(pairing)
    return pairing


def _close(pairing: Pairing, state: Pairing.State) -> None:
    pairing.state, pairing.ended_at = state, timezone.now()
    pairing.save(update_fields=["state", "ended_at", "ending"])


def _write_to(teams: Iterable[Space], reason: str, pairing: Pairing) -> None:
    """Once to each person who may answer for a team; the mail names no other person."""
    for team in teams:
        path = reverse("pairing:show", args=[team.pk, pairing.pk])
        context = {
            "pairing": pairing,
            "team": team,
            "centre": pairing.space,
            "url": settings.SITE_URL + path,
        }
        for one in team.memberships.filter(role__in=ANSWERS_MAIL, user__is_active=True):
            mail.queue(
                reason,
                one.user.email,
                period=f"{pairing.pk}-{team.pk}",
                context=context,
            )
