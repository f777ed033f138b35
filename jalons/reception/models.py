from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.network.models import Exchange
from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space
from jalons.territories.models import Territory

UNCONFIRMED_DAYS = 7
"""An address that nobody confirmed is forgotten after a week."""
CONTACT_DAYS = 365
"""A year: a support to begin is discussed over one budget."""
INTEREST_DAYS = 3 * 365
"""What was asked, without who asked it, as long as a mandate is prepared."""
CORRESPONDENT_DAYS = 2 * 365
"""The centre confirms whom one writes to at least every two years."""
NOTICE_VERSION = "2026-11"
"""Version of the text shown beside the form; kept with what was agreed to."""


class Choice(models.TextChoices):
    """What somebody may be interested in (S002-33); each is a column of `Interest`."""

    LEARN = "learn", _("learn more about the approach")
    SCHEMES = "schemes", _("know which schemes and partners may help")
    NETWORK = "network", _("join the network")
    PROJECTS = "projects", _("know projects to draw on")
    SUPPORT = "support", _("be supported, to build a strategy or to carry it out")


class InterestQuerySet(models.QuerySet):
    def confirmed(self) -> InterestQuerySet:
        return self.exclude(confirmed_at=None)

    def waiting(self) -> InterestQuerySet:
        """Those that the centre has not answered: its promise is not kept yet."""
        return self.confirmed().filter(
            exchange__next_done_on=None, exchange__next_step__gt=""
        )

    def whole(self) -> InterestQuerySet:
        return self.select_related("territory", "exchange__territory", "contact")


class Interest(models.Model):
    """What interests a structure of a territory, told by a form without account.

    Once the address is confirmed, an exchange of the cockpit promises an answer. Who
    told it is in another table, and goes before it.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="interests")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    learn = models.BooleanField(Choice.LEARN.label, default=False)
    schemes = models.BooleanField(Choice.SCHEMES.label, default=False)
    network = models.BooleanField(Choice.NETWORK.label, default=False)
    projects = models.BooleanField(Choice.PROJECTS.label, default=False)
    support = models.BooleanField(Choice.SUPPORT.label, default=False)
    structure = models.CharField(_("structure"), max_length=120, blank=True)
    function = models.CharField(_("function"), max_length=120, blank=True)
    language = models.CharField(max_length=5, editable=False)
    # In the link of their own page (`secrets.token_of`).
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    told_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    kept_until = models.DateField(editable=False)
    exchange = models.OneToOneField(
        Exchange, on_delete=models.SET_NULL, null=True, related_name="interest"
    )
    is_simulated = models.BooleanField(default=False, editable=False)

    objects = InterestQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Know what organisations ask for, and answer them"),
        legal_basis=LegalBasis.CONSENT,
        subject=_("People who tell what interests them"),
        held=_("the organisation, the function and what was asked for"),
        kept_days=0,
        counted_from="kept_until",
        since=_(
            "a week after it was told if the address is not confirmed, else three years"
        ),
        fields=("structure", "function"),
        recipients=(Recipient.CENTRE,),
    )

    class Meta:
        verbose_name = _("expression of interest")
        verbose_name_plural = _("expressions of interest")
        indexes = [models.Index(fields=["space", "-confirmed_at"])]
        constraints = [
            models.CheckConstraint(
                name="interest_in_one_thing_at_least",
                condition=Q(learn=True)
                | Q(schemes=True)
                | Q(network=True)
                | Q(projects=True)
                | Q(support=True),
            ),
            models.CheckConstraint(
                name="interest_followed_once_confirmed",
                condition=Q(exchange=None) | Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        # Without the person: the journal outlives them.
        return self.territory.name

    @property
    def choices(self) -> list[Choice]:
        return [one for one in Choice if getattr(self, one.value)]

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_waiting(self) -> bool:
        """Whether the centre still owes an answer."""
        found = self.exchange
        return bool(found and found.next_step and not found.next_done_on)

    @property
    def who(self) -> str:
        """The function and the structure, never a name."""
        return ", ".join(one for one in (self.function, self.structure) if one)


class Correspondent(models.Model):
    """Whom one writes to in a resource centre; named if they agreed.

    The address is shown to nobody: a form passes messages on.
    """

    space = models.OneToOneField(
        Space, on_delete=models.CASCADE, related_name="correspondent"
    )
    function = models.CharField(_("function"), max_length=120)
    name = models.CharField(_("name"), max_length=120, blank=True)
    agreed = models.BooleanField(_("this person agreed to be named"), default=False)
    email = models.EmailField(_("address that receives the messages"))
    kept_until = models.DateField(editable=False)
    is_simulated = models.BooleanField(default=False, editable=False)

    personal_data = PersonalData(
        purpose=_("Say whom to write to, on each page of a territory"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("The contact of a resource centre"),
        held=_("the function, the address of work, the name if they agreed"),
        kept_days=0,
        counted_from="kept_until",
        since=_("two years after the centre last wrote it"),
        fields=("function", "name", "email"),
        recipients=(Recipient.CENTRE, Recipient.PUBLIC),
    )

    class Meta:
        verbose_name = _("contact of a resource centre")
        verbose_name_plural = _("contacts of resource centres")
        constraints = [
            models.CheckConstraint(
                name="correspondent_named_with_agreement",
                condition=Q(name="") | Q(agreed=True),
            )
        ]

    def __str__(self) -> str:
        # Without the person: the journal outlives them.
        return str(self.space)


class InterestContact(models.Model):
    """Whom to answer, and what they wrote: apart, erased first."""

    interest = models.OneToOneField(
        Interest, on_delete=models.CASCADE, related_name="contact"
    )
    name = models.CharField(_("your name"), max_length=120, blank=True)
    email = models.EmailField(_("your e-mail"))
    message = models.TextField(_("your message"), max_length=2000, blank=True)
    notice_version = models.CharField(max_length=10, editable=False)
    kept_until = models.DateField(editable=False)

    personal_data = PersonalData(
        purpose=_("Answer those who tell what interests them"),
        legal_basis=LegalBasis.CONSENT,
        subject=_("People who tell what interests them"),
        held=_("the name, the e-mail address and the message given"),
        kept_days=0,
        counted_from="kept_until",
        since=_(
            "a week after it was told if the address is not confirmed, else one year"
        ),
        fields=("name", "email", "message"),
        recipients=(Recipient.CENTRE,),
    )

    class Meta:
        verbose_name = _("contact of an expression of interest")
        verbose_name_plural = _("contacts of expressions of interest")
        constraints = [
            models.CheckConstraint(
                name="interest_contact_email_in_lower_case",
                condition=Q(email=Lower("email")),
            )
        ]

    def __str__(self) -> str:
        # Without the person: the journal outlives them.
        return str(self.interest)
