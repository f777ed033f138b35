from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link, User
from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space
from jalons.surveys.models import Campaign, Response
from jalons.territories.models import Territory

CALLBACK_DAYS = 365
"""No contact left to be called back is kept longer."""


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> RoundQuerySet:
        return self.filter(campaign__space__in=Space.objects.joined_by(user))


class Round(models.Model):
    """A field survey: people of some communes answer surveyors who go and meet them.

    The questions, the days, the communes and the answers are those of its survey.
    """

    campaign = models.OneToOneField(
        Campaign, on_delete=models.CASCADE, related_name="round"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Telephones seal finished interviews with the public key; the private one is kept
    # sealed itself, and read by `sealing` only.
    public_key = models.TextField(editable=False)
    private_key = models.TextField(editable=False)
    callback_days = models.PositiveSmallIntegerField(
        _("days during which a contact left is kept"), default=CALLBACK_DAYS
    )
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("field survey")
        verbose_name_plural = _("field surveys")
        constraints = [
            models.CheckConstraint(
                name="round_keeps_contacts_a_year_at_most",
                condition=Q(callback_days__gte=1, callback_days__lte=CALLBACK_DAYS),
            )
        ]

    def __str__(self) -> str:
        return self.campaign.title


class Surveyor(models.Model):
    """Somebody who interviews people for a round, known by an alias."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="surveyors")
    alias = models.CharField(
        _("name or number of the surveyor"),
        max_length=60,
        help_text=_("What the team calls them. A first name or a number is enough."),
    )
    # Empty: every commune of the round.
    communes: models.ManyToManyField = models.ManyToManyField(
        Territory, related_name="+", blank=True, verbose_name=_("communes to survey")
    )
    # The QR code and the short code are computed from it and from the installation's
    # own key, so that the team can show them again; renewing it changes both.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    link = models.OneToOneField(
        Link, on_delete=models.PROTECT, related_name="surveyor", editable=False
    )
    code_digest = models.CharField(max_length=64, unique=True, editable=False)

    personal_data = PersonalData(
        purpose=_("Know who interviews where, and answer their questions"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("People who interview for a field survey"),
        held=_("what the team calls them, and the communes entrusted to them"),
        kept_days=0,
        counted_from="round__campaign__answers_kept_until",
        since=_("the date announced in the notice of the survey"),
        fields=("alias",),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("surveyor")
        verbose_name_plural = _("surveyors")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "alias"], name="surveyor_alias_once_a_round"
            )
        ]

    def __str__(self) -> str:
        return self.alias


class Device(models.Model):
    """A telephone or tablet on which a surveyor signed in; two may share a code."""

    surveyor = models.ForeignKey(
        Surveyor, on_delete=models.CASCADE, related_name="devices"
    )
    name = models.CharField(_("device"), max_length=60)
    link = models.OneToOneField(Link, on_delete=models.PROTECT, related_name="device")
    enrolled_at = models.DateTimeField()
    # A day, not a moment: the team needs to know that a phone still speaks.
    seen_on = models.DateField(null=True)

    personal_data = PersonalData(
        purpose=_("Stop a phone that is lost, and see which still speak"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("People who interview for a field survey"),
        held=_("what their phone is called, and the last day it spoke"),
        kept_days=0,
        counted_from="surveyor__round__campaign__answers_kept_until",
        since=_("the date announced in the notice of the survey"),
        fields=("name",),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("device of a surveyor")
        verbose_name_plural = _("devices of surveyors")

    def __str__(self) -> str:
        return self.name

    def is_revoked(self, *, at: datetime) -> bool:
        links = (self.link, self.surveyor.link)
        return not all(link.is_alive(at=at) for link in links)


class Interview(models.Model):
    """How one answer was collected in the field: by whom, on what, how long."""

    is_given_by_people = True

    round = models.ForeignKey(
        Round, on_delete=models.CASCADE, related_name="interviews"
    )
    response = models.OneToOneField(
        Response, on_delete=models.CASCADE, related_name="field"
    )
    # Made by the telephone, so that an interview sent twice is one.
    key = models.UUIDField(unique=True)
    surveyor = models.ForeignKey(
        Surveyor, on_delete=models.SET_NULL, null=True, related_name="interviews"
    )
    device = models.ForeignKey(
        Device, on_delete=models.SET_NULL, null=True, related_name="interviews"
    )
    seconds = models.PositiveIntegerField(_("seconds spent"), null=True)
    # The clock of the telephone said a day that cannot be.
    is_clock_wrong = models.BooleanField(default=False)
    # Of what was sent: the same content again changes nothing, another is refused.
    digest = models.CharField(max_length=64)
    # The print of the token of a call-back, when the person agreed to the link.
    token_digest = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = _("field interview")
        verbose_name_plural = _("field interviews")
        indexes = [models.Index(fields=["token_digest"], name="interview_token")]


class Refusal(models.Model):
    """Somebody who would not answer: a day, a commune, a reason, nothing else."""

    class Reason(models.TextChoices):
        NO_TIME = "no_time", _("no time")
        NOT_INTERESTED = "not_interested", _("does not wish to answer")
        LANGUAGE = "language", _("does not speak the language")
        UNDER_15 = "under_15", _("under fifteen")
        ELSEWHERE = "elsewhere", _("lives elsewhere")
        OTHER = "other", _("another reason")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="refusals")
    key = models.UUIDField(unique=True)
    surveyor = models.ForeignKey(
        Surveyor, on_delete=models.SET_NULL, null=True, related_name="refusals"
    )
    commune = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    refused_on = models.DateField(null=True)
    reason = models.CharField(max_length=16, choices=Reason)

    class Meta:
        verbose_name = _("refusal to answer")
        verbose_name_plural = _("refusals to answer")


class Quota(models.Model):
    """How many people of one sex, age band and commune a round would like to meet."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="quotas")
    commune = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    sex = models.CharField(max_length=40)
    age = models.CharField(max_length=40)
    target = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "commune", "sex", "age"], name="quota_once_a_cell"
            )
        ]


class Inhabitants(models.Model):
    """How many people of fifteen and over of one sex and age band live in a commune.

    Source: INSEE, census, tables POP1B or POP1A; Licence Ouverte 2.0.
    """

    commune = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    sex = models.CharField(max_length=40)
    age = models.CharField(max_length=40)
    count = models.FloatField()
    vintage = models.CharField(max_length=10)

    class Meta:
        verbose_name = _("inhabitants by sex and age")
        verbose_name_plural = _("inhabitants by sex and age")
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "sex", "age"], name="inhabitants_once_a_cell"
            ),
            models.CheckConstraint(
                name="inhabitants_not_negative", condition=Q(count__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
