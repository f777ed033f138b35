"""The life of an event: prepared, put in the agenda, moved, cancelled, followed up."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import User
from jalons.analysis.secrecy import PROFESSIONALS
from jalons.audit import operations as audit
from jalons.events import mailing
from jalons.events.models import AudienceQuestion, Event, Rating, Registration
from jalons.events.registering import fill_free_places, keep_until
from jalons.meetings.models import Meeting
from jalons.meetings.operations import save_meeting
from jalons.resources.models import Resource
from jalons.search.words import line_of


class NotPublished(Exception):
    """It is being prepared, or was cancelled."""


class AlreadyRated(Exception):
    """One opinion a person."""


@transaction.atomic
def save_event(
    event: Event, meeting: Meeting, facilitators: Iterable[User], *, by: User
) -> Event:
    """Write an event with its meeting; those registered are told of a move."""
    is_new = event.pk is None
    event.meeting = save_meeting(meeting, facilitators, by=by)
    event.key = line_of(meeting.title, meeting.purpose, event.description)
    event.save()
    audit.record("event.added" if is_new else "event.changed", event, by=by)
    if not is_new:
        keep_until(event)
        fill_free_places(event)
        tell_move(event)
    return event


def next_session_of(event: Event) -> tuple[Event, Meeting]:
    """Another one like it, not kept yet; its day is to be chosen."""
    known = event.meeting
    meeting = Meeting(
        kind=known.kind, title=known.title, purpose=known.purpose, place=known.place
    )
    following = Event(
        follows=event,
        description=event.description,
        audience=event.audience,
        takes_registrations=event.takes_registrations,
        capacity=event.capacity,
        takes_questions=event.takes_questions,
    )
    return following, meeting


@transaction.atomic
def publish_event(event: Event, *, by: User) -> None:
    """Everybody reads it; a cancelled one stays cancelled. Raises NotPublished."""
    if event.is_cancelled:
        raise NotPublished(event)
    if event.is_published:
        return
    event.state, event.published_at = Event.State.PUBLISHED, timezone.now()
    _note_told(event)
    event.save()
    audit.record("event.published", event, by=by)


@transaction.atomic
def tell_move(event: Event) -> int:
    """Tell each person registered of the new day or place, once; how many mails."""
    if not event.has_moved:
        return 0
    _note_told(event)
    event.save(update_fields=["told_starts_at", "told_place"])
    if event.is_over(at=timezone.now()):
        return 0
    stamp = f"{event.meeting.starts_at:%Y%m%d%H%M}-{event.meeting.place}"
    known = event.registrations.confirmed()
    return sum(mailing.write(mailing.MOVED, one, event, about=stamp) for one in known)


@transaction.atomic
def cancel_event(event: Event, *, reason: str, by: User) -> int:
    """It will not take place: those registered are told once, with the reason.

    Raises NotPublished.
    """
    if not event.is_published:
        raise NotPublished(event)
    event.state, event.reason = Event.State.CANCELLED, reason
    event.save(update_fields=["state", "reason"])
    audit.record("event.cancelled", event, by=by)
    known = event.registrations.confirmed()
    return sum(mailing.write(mailing.CANCELLED, one, event) for one in known)


@transaction.atomic
def follow_event(
    event: Event, replay_url: str, resources: Iterable[Resource], *, by: User
) -> None:
    """What is left of it: the recording and the materials."""
    event.replay_url = replay_url
    event.save(update_fields=["replay_url"])
    event.resources.set(resources)
    audit.record("event.followed", event, by=by)


@transaction.atomic
def propose_next(event: Event, following: Event, *, by: User) -> int:
    """The next session, to those registered to this one; once a person."""
    if not following.is_open(at=timezone.now()):
        raise NotPublished(following)
    path = reverse("events:register", args=[following.pk])
    more = {"following": following, "join": settings.SITE_URL + path}
    known = event.registrations.confirmed()
    count = sum(
        mailing.write(mailing.NEXT, one, following, of=one.event, more=more)
        for one in known.select_related("event__meeting__space")
    )
    audit.record("event.proposed", event, by=by, details={"count": count})
    return count


@transaction.atomic
def ask_question(event: Event, text: str) -> AudienceQuestion:
    """Somebody asks; the team reads it before anybody."""
    question: AudienceQuestion = event.questions.create(text=text)
    audit.record("event.asked", event, by=None)
    return question


@transaction.atomic
def show_question(question: AudienceQuestion, answer: str, *, by: User) -> None:
    """Everybody reads the question, and its answer when there is one."""
    question.state, question.answer = AudienceQuestion.State.SHOWN, answer
    question.save(update_fields=["state", "answer"])
    audit.record("event.answered", question, by=by, space_id=question.event.space_id)


@transaction.atomic
def refuse_question(question: AudienceQuestion, *, by: User) -> None:
    """Nobody reads it, and its words are forgotten."""
    question.state = AudienceQuestion.State.REFUSED
    question.text, question.answer = "–", ""
    question.save(update_fields=["state", "text", "answer"])
    audit.record("event.refused", question, by=by, space_id=question.event.space_id)


@transaction.atomic
def rate_event(registration: Registration, rating: Rating) -> None:
    """An opinion, tied to nobody: only that one was given. Raises AlreadyRated."""
    known = Registration.objects.filter(pk=registration.pk, has_rated=False)
    if not known.update(has_rated=True):
        raise AlreadyRated(registration)
    # Opinions given together are counted one after the other.
    event = Event.objects.select_for_update(no_key=True).get(pk=registration.event_id)
    rating.event = event
    rating.save(force_insert=True)
    waiting = event.ratings.filter(is_read=False)
    if waiting.count() >= PROFESSIONALS:
        waiting.update(is_read=True)


def _note_told(event: Event) -> None:
    event.told_starts_at = event.meeting.starts_at
    event.told_place = event.meeting.place
