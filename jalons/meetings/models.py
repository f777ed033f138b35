from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor
from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space

KEPT_DAYS = 365
"""An attendance sheet says who came; a year later that serves nobody."""


class Meeting(models.Model):
    """A gathering of the people of a territory: a workshop, a visit, a webinar."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("workshop")
        PEERS = "peers", _("session between peers")
        PLENARY = "plenary", _("plenary")
        VISIT = "visit", _("site visit")
        WEBINAR = "webinar", _("webinar")
        GROUP = "group", _("working group")
        TRAINING = "training", _("training session")
        ANNUAL = "annual", _("annual gathering")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(_("kind of meeting"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=160)
    purpose = models.CharField(_("what it is for"), max_length=600, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("beginning"))
    ends_at = models.DateTimeField(_("end"))
    horizon_years = models.PositiveSmallIntegerField(
        _("horizon, in years"), null=True, blank=True
    )
    facilitators: models.ManyToManyField = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        blank=True,
        verbose_name=_("facilitators"),
    )
    guests: models.ManyToManyField = models.ManyToManyField(
        Actor, related_name="meetings", blank=True, verbose_name=_("actors invited")
    )
    # The day on which names are erased; moved with the meeting.
    names_kept_until = models.DateField(editable=False)
    is_simulated = models.BooleanField(_("invented, as an example"), default=False)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_it_begins",
                condition=Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="meeting_looks_50_years_ahead_at_most",
                condition=Q(horizon_years=None)
                | Q(horizon_years__gte=1, horizon_years__lte=50),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def day(self) -> date:
        return timezone.localtime(self.starts_at).date()

    def is_over(self, *, at: datetime) -> bool:
        return self.ends_at < at

    def last_day_of_names(self) -> date:
        return self.day + timedelta(days=KEPT_DAYS)


class Attendee(models.Model):
    """Somebody who took part in a meeting, as they said or as the team noted."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="attendees"
    )
    name = models.CharField(_("name"), max_length=120)
    actor = models.ForeignKey(
        Actor,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    # A code of data/actors; that of the actor when there is one.
    family = models.CharField(_("family"), max_length=40, blank=True)
    noted_at = models.DateTimeField(auto_now_add=True)

    personal_data = PersonalData(
        purpose=_("Know who took part in a meeting"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("People who take part in meetings"),
        held=_("the name given, the organisation, the family of actors"),
        kept_days=0,
        counted_from="meeting__names_kept_until",
        since=_("a year after the meeting"),
        fields=("name",),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("person present")
        verbose_name_plural = _("people present")

    def __str__(self) -> str:
        # Without the person: the journal outlives them.
        return str(self.meeting)
