from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link
from jalons.directory.models import Place
from jalons.privacy.declarations import (
    Criterion,
    Ending,
    LegalBasis,
    PersonalData,
    Recipient,
)
from jalons.spaces.models import Space
from jalons.territories.models import Territory

# The place may answer, and the day chosen is kept, for three months: by then the
# person came or will not.
LASTS = timedelta(days=90)
WAY_LENGTH = 140


class Who(models.TextChoices):
    """Whom to ask for, by function: a slip names nobody."""

    RECEPTION = "reception", _("the reception desk")
    ADVISER = "adviser", _("the digital adviser")
    FRANCE_SERVICES = "france_services", _("the France services adviser")
    MEDIATOR = "mediator", _("the digital mediator")
    LIBRARIAN = "librarian", _("the librarian")
    SECRETARY = "secretary", _("the town-hall secretary")
    SOCIAL_WORKER = "social_worker", _("the social worker")
    VOLUNTEER = "volunteer", _("a volunteer of the association")


class Item(models.TextChoices):
    """What it is worth bringing."""

    IDENTITY = "identity", _("an identity document")
    PHONE = "phone", _("your telephone, charged")
    CODES = "codes", _("your user names, if you have them")
    LETTER = "letter", _("the letter you received")
    HEALTH_CARD = "health_card", _("your health-insurance card")
    BENEFITS = "benefits", _("your family-allowance number")
    TAX_NOTICE = "tax_notice", _("your last tax notice")
    ADDRESS_PROOF = "address_proof", _("a proof of address of less than three months")
    PAYSLIPS = "payslips", _("your last three payslips")
    BANK_DETAILS = "bank_details", _("your bank details (RIB)")
    DEVICE = "device", _("your computer or tablet, with its cable")


class SlipQuerySet(models.QuerySet):
    def made_since(self, day: date) -> SlipQuerySet:
        return self.filter(made_on__gte=day)


class Slip(models.Model):
    """What a referrer hands to somebody so that they reach a place; it names nobody.

    No field can hold the name of an inhabitant: all are chosen from lists, but for the
    way to the place, which is short and refused when it looks like a person’s.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("no news from the place")
        RECEIVED = "received", _("slip received by the place")
        CAME = "came", _("the person came")
        MISSED = "missed", _("the person did not come")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="slips")
    # A place may leave its list, or be merged with another: what was said stays.
    place = models.ForeignKey(
        Place, on_delete=models.SET_NULL, null=True, related_name="slips"
    )
    place_name = models.CharField(_("place"), max_length=250)
    commune = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    # From which the secret of the link is computed; erased, the link is found no more.
    key = models.UUIDField(default=uuid4, null=True, editable=False)
    link = models.OneToOneField(Link, on_delete=models.PROTECT, related_name="+")
    need = models.CharField(_("service"), max_length=40, blank=True)
    ask_for = models.CharField(
        _("whom to ask for"), max_length=20, choices=Who, blank=True
    )
    items = models.JSONField(default=list, blank=True)
    way = models.CharField(_("how to get there"), max_length=WAY_LENGTH, blank=True)
    visit_on = models.DateField(_("day of the visit"), null=True, blank=True)
    visit_time = models.TimeField(_("hour of the visit"), null=True, blank=True)
    made_on = models.DateField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    # The day, never the moment, which would tell too much.
    told_on = models.DateField(null=True)

    personal_data = PersonalData(
        purpose=_("Lead somebody to a place that can help, and know if they came"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Inhabitants referred to a place"),
        held=_("no name: a day, an hour and a way, and the link given to the place"),
        kept_days=LASTS.days,
        counted_from="made_on",
        since=_("the day the slip was prepared"),
        fields=("key", "way", "visit_on", "visit_time"),
        ending=Ending.BLANK,
        recipients=(Recipient.TEAM, Recipient.PLACES),
        criteria=(Criterion.VULNERABLE, Criterion.PERSONAL),
    )

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = _("orientation slip")
        verbose_name_plural = _("orientation slips")
        indexes = [models.Index(fields=["space", "made_on"])]
        constraints = [
            models.CheckConstraint(
                name="slip_told_on_a_day",
                condition=Q(state="waiting", told_on=None)
                | (~Q(state="waiting") & Q(told_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="slip_hour_of_a_day",
                condition=Q(visit_time=None) | Q(visit_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.place_name

    @property
    def is_simulated(self) -> bool:
        return self.place is not None and self.place.place_list.is_simulated

    @property
    def last_day(self) -> date:
        return self.made_on + LASTS
