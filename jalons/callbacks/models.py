from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jalons.callbacks.codes import LENGTH
from jalons.privacy.declarations import Criterion, LegalBasis, PersonalData, Recipient
from jalons.rounds.models import Round
from jalons.territories.models import Territory


class CallBackQuerySet(models.QuerySet):
    def current(self, *, on: date) -> CallBackQuerySet:
        """Those still kept and not withdrawn; the purge erases the others."""
        return self.filter(expires_on__gte=on, withdrawn_on=None)


class CallBack(models.Model):
    """Somebody met in the field who asked to be called back; no answer beside."""

    is_given_by_people = True

    class State(models.TextChoices):
        WAITING = "waiting", _("to be called")
        CALLED = "called", _("called")
        OFFERED = "offered", _("workshop offered")
        DONE = "done", _("done")

    # Made by the telephone; a number in order would tell which answer came with it.
    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="callbacks")
    commune = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    contact = models.CharField(_("telephone number or e-mail address"), max_length=200)
    purpose = models.TextField(_("purpose"))
    consent_version = models.CharField(max_length=20)
    consent_text = models.TextField(_("what was agreed to"))
    # Days, not moments: a moment would tell which answer came with it.
    asked_on = models.DateField(_("asked on"))
    expires_on = models.DateField(_("kept until"))
    # Only if the person agreed that their answers be read before they are called: its
    # print stands beside those answers, which therefore lead to nobody.
    token = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        _("how far"), max_length=10, choices=State, default=State.WAITING
    )
    state_on = models.DateField(null=True)
    state_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # What the person was given to take it all back, by a link of their own.
    code = models.CharField(max_length=LENGTH, unique=True, editable=False)
    # The row stays, empty, so that a phone that sends again brings nobody back.
    withdrawn_on = models.DateField(null=True)

    objects = CallBackQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Call back the inhabitants who asked for help near their home"),
        legal_basis=LegalBasis.CONSENT,
        subject=_("Inhabitants met in the field who asked to be called back"),
        held=_("their name, one contact and their commune, apart from their answers"),
        kept_days=0,
        counted_from="expires_on",
        since=_("the date said when the contact was given, a year at most"),
        fields=("name", "contact"),
        recipients=(Recipient.IN_CHARGE,),
        criteria=(Criterion.VULNERABLE,),
    )

    class Meta:
        verbose_name = _("call-back asked for")
        verbose_name_plural = _("call-backs asked for")
        constraints = [
            models.CheckConstraint(
                name="callback_expires_after_it_is_asked",
                condition=Q(expires_on__gte=F("asked_on")),
            ),
            models.CheckConstraint(
                name="callback_withdrawn_is_empty",
                condition=Q(withdrawn_on=None) | Q(name="", contact="", token=""),
            ),
        ]

    def __str__(self) -> str:
        # Never the name: the journal keeps what it is given.
        return str(self._meta.verbose_name)
