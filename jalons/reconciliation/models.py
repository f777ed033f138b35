from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link
from jalons.privacy.declarations import Ending, LegalBasis, PersonalData, Recipient
from jalons.questionnaires.models import Version
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory


class State(models.TextChoices):
    """Where an EPCI stands with the answer given in its name."""

    WAITING = "waiting", _("awaited")
    VALIDATED = "validated", _("validated as it was")
    CORRECTED = "corrected", _("corrected, then validated")
    REFUSED = "refused", _("publication refused")
    WITHDRAWN = "withdrawn", _("agreement withdrawn")


AGREED = (State.VALIDATED, State.CORRECTED)


def in_words(state: str, campaign: Campaign) -> str:
    """A state in words: where no publication was announced, none can be refused."""
    if state == State.REFUSED and not campaign.notice_announces_class:
        return gettext("not its answer")
    return str(State(state).label)


class ValidationRequest(models.Model):
    """An EPCI asked, by a link of its own, to validate the answer given in its name."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="validation_requests"
    )
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    link = models.OneToOneField(Link, on_delete=models.PROTECT, related_name="+")
    # From it and from the installation's key the secret of the link is computed.
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    personal_data = PersonalData(
        purpose=_("Ask an EPCI to validate the answer given in its name"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals and elected members of the EPCI"),
        held=_("the address to which the request was sent"),
        kept_days=0,
        counted_from="campaign__answers_kept_until",
        since=_("the date announced in the notice of the survey"),
        fields=("email",),
        ending=Ending.BLANK,
        recipients=(Recipient.TEAM, Recipient.WRITTEN_TO),
    )

    class Meta:
        verbose_name = _("request for validation")
        verbose_name_plural = _("requests for validation")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "territory"],
                name="validation_request_once_per_territory",
            )
        ]

    @property
    def said(self) -> str:
        return in_words(self.state, self.campaign)


class Decision(models.Model):
    """What was decided on a request, by the EPCI or by the team; never changed."""

    request = models.ForeignKey(
        ValidationRequest, on_delete=models.CASCADE, related_name="decisions"
    )
    state = models.CharField(max_length=12, choices=State)
    function = models.CharField(_("your function"), max_length=160, blank=True)
    statement = models.CharField(_("how it was decided"), max_length=200, blank=True)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    # What the page showed, and what was validated; empty for a refusal.
    shown = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    decided_at = models.DateTimeField()
    # The member of the team who noted it; empty when the EPCI decided by its link.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    personal_data = PersonalData(
        purpose=_("Keep proof of what an EPCI validated"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals and elected members of the EPCI"),
        held=_("the function of the person who validated, without their name"),
        kept_days=1825,
        counted_from="decided_at",
        since=_("the decision"),
        fields=("function",),
        ending=Ending.BLANK,
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("decision of an EPCI")
        verbose_name_plural = _("decisions of EPCI")

    @property
    def said(self) -> str:
        return in_words(self.state, self.request.campaign)
