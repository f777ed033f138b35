from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link
from jalons.actors.models import Actor
from jalons.directory.models import ProfessionalContact, month_from_now
from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space


class Professional(models.Model):
    """Somebody who works for an actor, whom the team may reach, and who knows it."""

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="professionals"
    )
    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="professionals"
    )
    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(_("function"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    source = models.CharField(_("where this comes from"), max_length=200)
    noted_on = models.DateField(_("noted on"))
    # Told otherwise than by our mails.
    informed_on = models.DateField(_("informed by another way on"), null=True)
    told_on = models.DateField(null=True, editable=False)
    asked_on = models.DateField(null=True, editable=False)
    confirmed_on = models.DateField(null=True, editable=False)
    kept_until = models.DateField(_("kept until"), default=month_from_now)
    link = models.OneToOneField(
        Link, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    personal_data = PersonalData(
        purpose=_("Reach those who work for the actors of a territory"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals and volunteers of the actors"),
        held=_("their name, function, professional address and telephone"),
        kept_days=0,
        counted_from="kept_until",
        since=_(
            "a month after they were noted if they could not be informed, else two "
            "years after they were informed or last confirmed"
        ),
        fields=("name", "function", "email", "phone"),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("professional")
        verbose_name_plural = _("professionals")
        constraints = [
            models.UniqueConstraint(
                name="professional_once_per_actor",
                fields=["actor", "email"],
                condition=~Q(email=""),
            ),
            models.CheckConstraint(
                name="professional_can_be_reached", condition=~Q(email="", phone="")
            ),
            models.CheckConstraint(
                name="professional_email_in_lower_case",
                condition=Q(email=Lower("email")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.actor)

    @property
    def heard_on(self) -> date | None:
        """The last day on which the person was told, or said yes."""
        days = (self.informed_on, self.told_on, self.confirmed_on)
        return max((day for day in days if day), default=None)


class PlaceNotice(models.Model):
    """What the person behind the contact of a place was told, and what they said."""

    contact = models.OneToOneField(
        ProfessionalContact, on_delete=models.CASCADE, related_name="notice"
    )
    link = models.OneToOneField(
        Link, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    told_on = models.DateField()
    asked_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)

    personal_data = PersonalData(
        purpose=_("Tell people that their contact stands in a list of places"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals named in a list of places"),
        held=_("when they were told, and when they confirmed"),
        kept_days=0,
        counted_from="contact__kept_until",
        since=_("the end of the contact itself"),
        fields=("contact",),
        recipients=(Recipient.NOBODY,),
    )

    class Meta:
        verbose_name = _("notice to the contact of a place")
        verbose_name_plural = _("notices to the contacts of places")

    def __str__(self) -> str:
        return str(self.contact)

    @property
    def heard_on(self) -> date:
        return max(day for day in (self.told_on, self.confirmed_on) if day)
