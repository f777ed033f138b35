from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.privacy.declarations import (
    Criterion,
    Ending,
    LegalBasis,
    PersonalData,
    Recipient,
)
from jalons.surveys.models import Campaign, Response


class Sheet(models.Model):
    """One answer that the team keys on behalf of a person; it counts once agreed.

    A sheet of paper is keyed twice, and the differences settled. What a person says
    to someone who keys it at once, face to face or by telephone, is keyed once.
    """

    is_given_by_people = True

    CHANNELS = (
        Response.Channel.PAPER,
        Response.Channel.INTERVIEW,
        Response.Channel.PHONE,
    )

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="sheets"
    )
    number = models.PositiveIntegerField(_("number of the sheet"))
    channel = models.CharField(
        _("how the person answered"),
        max_length=12,
        choices=[(one.value, one.label) for one in CHANNELS],
    )
    collected_on = models.DateField(_("day the person answered"))
    # That of the response, once counted.
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    counted_at = models.DateTimeField(null=True)
    # Set when two keyings were compared: questions compared, those that differed,
    # and whether two different persons keyed.
    compared_count = models.PositiveSmallIntegerField(null=True)
    differing = models.JSONField(default=list)
    is_by_two = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("sheet keyed")
        verbose_name_plural = _("sheets keyed")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "number"], name="sheet_once_per_number"
            )
        ]

    def __str__(self) -> str:
        return str(self.campaign)

    @property
    def is_keyed_twice(self) -> bool:
        return self.channel == Response.Channel.PAPER


class Keying(models.Model):
    """What one person read on a sheet, page after page; erased once it is counted."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="keyings")
    rank = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    keyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    personal_data = PersonalData(
        purpose=_("Key without mistakes the answers given on paper"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals and elected members who answer"),
        held=_("what they answered, until the sheet is counted"),
        kept_days=0,
        counted_from="sheet__campaign__answers_kept_until",
        since=_("the date announced in the notice of the survey"),
        fields=("answers",),
        ending=Ending.BLANK,
        recipients=(Recipient.TEAM,),
        criteria=(Criterion.VULNERABLE,),
    )

    class Meta:
        verbose_name = _("keying")
        verbose_name_plural = _("keyings")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "rank"], name="keying_once_per_rank"
            ),
            models.CheckConstraint(
                name="keying_first_or_second", condition=Q(rank__in=[1, 2])
            ),
        ]
