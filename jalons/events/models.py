from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.meetings.models import Meeting
from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.resources.models import Resource

ASKED_DAYS = 7
"""A registration whose address nobody confirmed is forgotten after a week."""
KEPT_DAYS = 90
"""After the event: time to send what was shown and to ask what people thought."""
NOTICE_VERSION = "2026-11"
"""Version of the text shown to those who register; kept with what they accepted."""


class EventQuerySet(models.QuerySet):
    def shown(self) -> EventQuerySet:
        """Those that everybody reads, cancelled ones included."""
        return self.exclude(state=Event.State.DRAFT).filter(
            meeting__space__recognised_at__isnull=False
        )

    def coming(self, *, at: datetime) -> EventQuerySet:
        return self.filter(meeting__ends_at__gte=at)

    def past(self, *, at: datetime) -> EventQuerySet:
        return self.filter(meeting__ends_at__lt=at)

    def with_meeting(self) -> EventQuerySet:
        return self.select_related("meeting__space__territory")

    def counted(self) -> EventQuerySet:
        """With how many places are taken, and how many people wait for one."""
        state = Registration.State
        going = Count("registrations", filter=Q(registrations__state=state.GOING))
        waiting = Count("registrations", filter=Q(registrations__state=state.WAITING))
        return self.annotate(going_count=going, waiting_count=waiting)


class Event(models.Model):
    """A meeting that a team opens to others: in the agenda, with registration.

    Its day, place, title and attendance sheet are those of its meeting.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared, read by the team only")
        PUBLISHED = "published", _("in the public agenda")
        CANCELLED = "cancelled", _("cancelled")

    meeting = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, related_name="event"
    )
    description = models.TextField(_("what will happen"), max_length=4000, blank=True)
    # Words of the title, the purpose and the description, as they are searched.
    key = models.TextField(editable=False, default="")
    audience = models.CharField(_("for whom"), max_length=200, blank=True)
    # Told to those who are registered only.
    online_url = models.URLField(_("link of the video"), max_length=500, blank=True)
    takes_registrations = models.BooleanField(_("people register here"), default=True)
    capacity = models.PositiveSmallIntegerField(
        _("number of places"), null=True, blank=True
    )
    takes_questions = models.BooleanField(_("people may ask questions"), default=True)
    follows = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="next_sessions",
        verbose_name=_("it is the next session of"),
    )
    replay_url = models.URLField(_("link of the recording"), max_length=500, blank=True)
    resources: models.ManyToManyField = models.ManyToManyField(
        Resource,
        related_name="events",
        blank=True,
        verbose_name=_("materials of the library"),
    )
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)
    # What those registered were last told: when it differs, they are told again.
    told_starts_at = models.DateTimeField(null=True, editable=False)
    told_place = models.CharField(max_length=200, blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                name="event_published_or_cancelled_since_a_day",
                condition=Q(state="draft") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="event_cancelled_says_why",
                condition=~Q(state="cancelled") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="event_has_a_place_at_least",
                condition=Q(capacity=None) | Q(capacity__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def space_id(self) -> int:
        """Whose journal tells of it."""
        return self.meeting.space_id

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def has_moved(self) -> bool:
        """Whether the day or the place is no longer what people were told."""
        told = (self.told_starts_at, self.told_place)
        return self.is_published and told != (
            self.meeting.starts_at,
            self.meeting.place,
        )

    def is_over(self, *, at: datetime) -> bool:
        return self.meeting.is_over(at=at)

    def is_open(self, *, at: datetime) -> bool:
        """Whether one may register: until it begins."""
        if not self.is_published or not self.takes_registrations:
            return False
        return at < self.meeting.starts_at

    def last_day_of_names(self) -> date:
        return self.meeting.day + timedelta(days=KEPT_DAYS)


class RegistrationQuerySet(models.QuerySet):
    def going(self) -> RegistrationQuerySet:
        return self.filter(state=Registration.State.GOING)

    def waiting(self) -> RegistrationQuerySet:
        """Whoever confirmed first comes first."""
        return self.filter(state=Registration.State.WAITING).order_by(
            "confirmed_at", "pk"
        )

    def confirmed(self) -> RegistrationQuerySet:
        """Those whose address is theirs, with a place or without one yet."""
        return self.exclude(state=Registration.State.ASKED)


class Registration(models.Model):
    """Somebody who wants to come to an event, without an account.

    Giving one’s place back erases the row.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("address to be confirmed")
        GOING = "going", _("has a place")
        WAITING = "waiting", _("on the waiting list")

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="registrations"
    )
    name = models.CharField(_("your name"), max_length=120)
    email = models.EmailField(_("your e-mail"))
    structure = models.CharField(_("your structure"), max_length=160, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.ASKED)
    # In the link of their own page (`secrets.token_of`).
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    language = models.CharField(max_length=5, editable=False)
    notice_version = models.CharField(max_length=10, editable=False)
    registered_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    kept_until = models.DateField(editable=False)
    has_come = models.BooleanField(default=False, editable=False)
    # That they gave an opinion; never which one.
    has_rated = models.BooleanField(default=False, editable=False)

    objects = RegistrationQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Register to an event, and be told what changes"),
        legal_basis=LegalBasis.CONSENT,
        subject=_("People who register to an event"),
        held=_("the name, the e-mail address and the organisation given"),
        kept_days=0,
        counted_from="kept_until",
        since=_(
            "a week after they registered if they do not confirm, else ninety days "
            "after the event"
        ),
        fields=("name", "email", "structure"),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"], name="registration_once_per_event"
            ),
            models.CheckConstraint(
                name="registration_email_in_lower_case",
                condition=Q(email=Lower("email")),
            ),
            models.CheckConstraint(
                name="registration_confirmed_since_a_moment",
                condition=Q(state="asked", confirmed_at=None)
                | ~Q(state="asked") & Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        # Without the person: the journal outlives them.
        return str(self.event)

    @property
    def is_going(self) -> bool:
        return self.state == self.State.GOING

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING


class AudienceQuestion(models.Model):
    """What somebody asks about an event; shown once the team has read it.

    Nobody is asked who they are.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("to be read")
        SHOWN = "shown", _("read by everybody")
        REFUSED = "refused", _("not shown")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("your question"), max_length=500)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("question about an event")
        verbose_name_plural = _("questions about events")

    def __str__(self) -> str:
        # Without its words: the journal outlives them.
        return str(self.event)


class Rating(models.Model):
    """What one participant thought of an event, without name nor hour.

    Its number is drawn at random: the order of the rows says nothing of who wrote.
    """

    class Degree(models.IntegerChoices):
        NO = 1, _("not at all")
        LITTLE = 2, _("a little")
        RATHER = 3, _("rather")
        VERY = 4, _("very much")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="ratings")
    usefulness = models.PositiveSmallIntegerField(
        _("Was it useful to you?"), choices=Degree
    )
    clarity = models.PositiveSmallIntegerField(_("Was it clear?"), choices=Degree)
    use = models.PositiveSmallIntegerField(
        _("Will you use it in your work?"), choices=Degree
    )
    comment = models.CharField(
        _("What would have made it better?"), max_length=500, blank=True
    )
    # Read with four others at least: one more opinion never shows by what changed.
    is_read = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("opinion about an event")
        verbose_name_plural = _("opinions about events")

    def __str__(self) -> str:
        return str(self.event)
