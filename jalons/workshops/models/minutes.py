from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.workshops.models.rooms import Activity, Participant, Workshop


class Minutes(models.Model):
    """The minutes of a workshop: what the team writes around what was counted."""

    workshop = models.OneToOneField(
        Workshop, on_delete=models.CASCADE, related_name="minutes"
    )
    opening = models.TextField(_("what it was for, and how it went"), blank=True)
    decisions = models.TextField(_("decisions"), blank=True)
    next_steps = models.TextField(_("next steps"), blank=True)
    # Counted up at each change: whoever wrote from an older one is told.
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    # The first time they left for those who agreed to receive them.
    sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("minutes of a workshop")
        verbose_name_plural = _("minutes of workshops")

    def __str__(self) -> str:
        return str(self.workshop)


class Remark(models.Model):
    """What the minutes say of one activity, or that its results are left out."""

    minutes = models.ForeignKey(
        Minutes, on_delete=models.CASCADE, related_name="remarks"
    )
    activity = models.OneToOneField(
        Activity, on_delete=models.CASCADE, related_name="remark"
    )
    text = models.TextField(_("what was said"), blank=True)
    is_left_out = models.BooleanField(_("leave its results out"), default=False)

    class Meta:
        verbose_name = _("remark of the minutes")
        verbose_name_plural = _("remarks of the minutes")

    def __str__(self) -> str:
        return str(self.activity)


class MinutesReader(models.Model):
    """Somebody who agreed to receive the minutes, at the address they gave for that."""

    workshop = models.ForeignKey(
        Workshop, on_delete=models.CASCADE, related_name="minutes_readers"
    )
    # Who gave it on their telephone; none when the team copied a sheet.
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="addresses"
    )
    email = models.EmailField(_("e-mail address"))
    agreed_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    personal_data = PersonalData(
        purpose=_("Send the minutes of a workshop to those who asked for them"),
        legal_basis=LegalBasis.CONSENT,
        subject=_("People who take part in workshops"),
        held=_("the e-mail address given to receive the minutes"),
        kept_days=0,
        counted_from="workshop__meeting__names_kept_until",
        since=_("a year after the meeting"),
        fields=("email",),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("reader of the minutes")
        verbose_name_plural = _("readers of the minutes")
        constraints = [
            models.UniqueConstraint(
                name="minutes_reader_once", fields=["workshop", "email"]
            )
        ]

    def __str__(self) -> str:
        # Without the person: the journal outlives them.
        return str(self.workshop)
