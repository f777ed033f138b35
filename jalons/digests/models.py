from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.analysis.deadlines import months_before
from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space

KEY_LENGTH = 120


class Subscription(models.Model):
    """How often a person is written to, of what, and in which language.

    Without a row nobody asked: see `operations.subscribe_by_office`.
    """

    class Rhythm(models.TextChoices):
        DAY = "day", _("every day there is something new")
        WEEK = "week", _("once a week")
        MONTH = "month", _("once a month")
        NEVER = "never", _("never")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mails"
    )
    # In the link that stops the mails without signing in (`secrets.stop_token`).
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    rhythm = models.CharField(_("rhythm"), max_length=5, choices=Rhythm)
    language = models.CharField(
        _("language"), max_length=2, default="fr", choices=settings.LANGUAGES
    )
    # Codes of `sections.SECTIONS`: one added later is read by all.
    left_out = models.JSONField(_("sections left out"), default=list)
    spaces_left_out: models.ManyToManyField = models.ManyToManyField(
        Space, related_name="+", verbose_name=_("teams left out")
    )
    # What happened before was told already, or was there when the mails were asked.
    told_until = models.DateTimeField(default=timezone.now, editable=False)
    sent_on = models.DateField(null=True, editable=False)

    personal_data = PersonalData(
        purpose=_("Tell people what is new, at the rhythm they choose"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals who use Jalons"),
        held=_("the rhythm, the sections and the teams chosen"),
        kept_days=730,
        since=_("the last sign-in"),
        fields=("user",),
        ends_with_account=True,
        recipients=(Recipient.NOBODY,),
    )

    class Meta:
        verbose_name = _("mails chosen")
        verbose_name_plural = _("mails chosen")

    def __str__(self) -> str:
        return self.get_rhythm_display()

    def is_due(self, today: date) -> bool:
        """Whether a whole period has passed since the last mail."""
        if self.rhythm == self.Rhythm.NEVER:
            return False
        if self.sent_on is None:
            return True
        if self.rhythm == self.Rhythm.MONTH:
            return today >= months_before(self.sent_on, -1)
        days = 7 if self.rhythm == self.Rhythm.WEEK else 1
        return (today - self.sent_on).days >= days


class Told(models.Model):
    """Something that a person was told of by a mail, and will not be told again."""

    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="told"
    )
    # What it is and the day that makes it news: moved, it is told again.
    key = models.CharField(max_length=KEY_LENGTH)
    told_on = models.DateField()

    class Meta:
        verbose_name = _("thing told by mail")
        verbose_name_plural = _("things told by mail")
        constraints = [
            models.UniqueConstraint(fields=["subscription", "key"], name="told_once")
        ]

    def __str__(self) -> str:
        return self.key
