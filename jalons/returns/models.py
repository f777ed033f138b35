from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link
from jalons.privacy.declarations import Ending, LegalBasis, PersonalData, Recipient
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory


class Return(models.Model):
    """What a survey gives back to one territory, as it was sent, and to which address.

    Its content is made when it is first sent and never changes afterwards. It goes with
    the answers it comes from, at the date that the notice announced.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="returns"
    )
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    # Typed by the team; empty, the address comes from the lists of contacts until the
    # return is sent, then it is the one it was sent to.
    email = models.EmailField(_("e-mail address"), blank=True)
    link = models.OneToOneField(
        Link, on_delete=models.PROTECT, null=True, related_name="+"
    )
    content = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sent_count = models.PositiveSmallIntegerField(default=0)

    personal_data = PersonalData(
        purpose=_("Give each territory what the survey says of it"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("People of the EPCI who receive its return"),
        held=_("the address it was sent to, and the return"),
        kept_days=0,
        counted_from="campaign__answers_kept_until",
        since=_("the date announced in the notice of the survey"),
        fields=("email", "content"),
        ending=Ending.BLANK,
        recipients=(Recipient.TEAM, Recipient.WRITTEN_TO),
    )

    class Meta:
        verbose_name = _("return to a territory")
        verbose_name_plural = _("returns to territories")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "territory"], name="return_once_per_territory"
            ),
            models.CheckConstraint(
                name="return_email_in_lower_case", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="return_sent_by_somebody_by_a_link",
                condition=Q(sent_at=None, sent_by=None, link=None)
                | Q(sent_at__isnull=False, sent_by__isnull=False, link__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.territory.name

    @property
    def space_id(self) -> int:
        return self.campaign.space_id

    def is_readable(self, *, at: datetime) -> bool:
        """Whether its link still opens it."""
        return self.link is not None and self.link.is_alive(at=at)
