from __future__ import annotations

import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link
from jalons.privacy.declarations import Ending, LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory


class Profile(models.TextChoices):
    """The profiles of the published survey (S000-05), by the codes of its answers."""

    TERRITORIAL_ENGINEERING = "territorial_engineering", _("territorial engineering")
    DECISION_MAKER = "decision_maker", _("decision-maker")
    DIGITAL_ADVISER = "digital_adviser", _("digital adviser")
    LOCAL_OPERATOR = "local_operator", _("local operator")


def digest_of(space_id: int, email: str) -> str:
    """The print of an address in a space: enough to know it again, not to read it."""
    text = f"{space_id}:{email.strip().lower()}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class ContactList(models.Model):
    """People to whom a team may write, gathered for one purpose and from one source."""

    class Basis(models.TextChoices):
        PUBLIC_TASK = "public_task", LegalBasis.PUBLIC_TASK.value
        CONSENT = "consent", LegalBasis.CONSENT.value
        LEGITIMATE_INTEREST = (
            "legitimate_interest",
            LegalBasis.LEGITIMATE_INTEREST.value,
        )

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="contact_lists"
    )
    title = models.CharField(_("name of the list"), max_length=120)
    purpose = models.CharField(
        _("why you keep these addresses"),
        max_length=250,
        help_text=_("For example: ask the EPCI of the région about digital inclusion."),
    )
    source = models.CharField(
        _("where they come from"),
        max_length=250,
        help_text=_(
            "For example: public directory of the EPCI, or given by themselves."
        ),
    )
    basis = models.CharField(_("legal basis"), max_length=20, choices=Basis)
    purge_on = models.DateField(_("erased on"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("list of contacts")
        verbose_name_plural = _("lists of contacts")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "title"], name="contact_list_once_per_title"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ContactQuerySet(models.QuerySet):
    def in_space(self, space: Space) -> ContactQuerySet:
        return self.filter(contact_list__space=space)

    def willing(self) -> ContactQuerySet:
        """Those who did not ask for the mails to stop."""
        return self.filter(opted_out_at=None)


class Contact(models.Model):
    """A professional to whom a team may write, and whom it must inform of it."""

    contact_list = models.ForeignKey(
        ContactList, on_delete=models.CASCADE, related_name="contacts"
    )
    email = models.EmailField(_("e-mail address"))
    # The print of the address in its space (`digest_of`).
    digest = models.CharField(max_length=32, editable=False)
    name = models.CharField(_("name"), max_length=120, blank=True)
    function = models.CharField(_("function"), max_length=160, blank=True)
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territory"),
    )
    profile = models.CharField(_("profile"), max_length=40, choices=Profile, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    # Told otherwise than by our mails, which tell it by themselves.
    informed_on = models.DateField(
        _("informed by another way on"), null=True, blank=True
    )
    opted_out_at = models.DateTimeField(null=True, editable=False)

    objects = ContactQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Invite professionals to answer a survey"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals and elected members of the territories"),
        held=_("their name, address, function, territory and profile"),
        kept_days=0,
        counted_from="contact_list__purge_on",
        since=_("the date announced for their list"),
        fields=("email", "name", "function"),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("person of a list")
        verbose_name_plural = _("people of a list")
        constraints = [
            models.UniqueConstraint(
                fields=["contact_list", "email"], name="contact_once_per_list"
            ),
            models.CheckConstraint(
                name="contact_email_in_lower_case", condition=Q(email=Lower("email"))
            ),
        ]
        indexes = [models.Index(fields=["digest"], name="contact_digest")]

    def __str__(self) -> str:
        return str(self.contact_list)


class OptOut(models.Model):
    """An address that asked a space for no more mails, known by its print only."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="opt_outs")
    digest = models.CharField(max_length=32)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("request for no more mails")
        verbose_name_plural = _("requests for no more mails")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "digest"], name="opt_out_once_per_space"
            )
        ]


LANGUAGES = (("fr", _("French")), ("en", _("English")))


class Letter(models.Model):
    """The text of a mail that a survey sends, as its team wrote it."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        REMINDER = "rappel", _("reminder")

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="letters"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    # Of what we add to the text: its foot, its dates.
    language = models.CharField(
        _("language of the mail"), max_length=2, choices=LANGUAGES, default="fr"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("text of a mail")
        verbose_name_plural = _("texts of mails")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "kind"], name="letter_once_per_kind"
            )
        ]


class Invitation(models.Model):
    """One person invited to one survey, by a personal link, once.

    Territory and profile are copied, so that counts remain when the person is erased.
    It says whether the link served, never which answer came by it
    (docs/decisions/0009-who-answered-what.md).
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="invitations"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, related_name="invitations"
    )
    link = models.OneToOneField(Link, on_delete=models.CASCADE, related_name="+")
    # From it and from the installation's key the secret of the link is computed.
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, null=True, related_name="+"
    )
    profile = models.CharField(max_length=40, choices=Profile, blank=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    last_written_at = models.DateTimeField()
    reminder_count = models.PositiveSmallIntegerField(default=0)

    personal_data = PersonalData(
        purpose=_("Know who was invited to a survey, so as to remind once or twice"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals invited to answer"),
        held=_("who was invited, when, and whether their link served"),
        kept_days=0,
        counted_from="campaign__answers_kept_until",
        since=_("the date announced in the notice of the survey"),
        fields=("contact",),
        ending=Ending.BLANK,
        recipients=(Recipient.NOBODY,),
    )

    class Meta:
        verbose_name = _("invitation to a survey")
        verbose_name_plural = _("invitations to a survey")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "contact"], name="invitation_once_per_contact"
            )
        ]


class ShortAddress(models.Model):
    """Six letters that lead to the form of a survey, to be read out in a room."""

    # Nothing once the survey is deleted: posters stay on walls.
    campaign = models.OneToOneField(
        Campaign, on_delete=models.SET_NULL, null=True, related_name="short_address"
    )
    letters = models.CharField(max_length=6, unique=True)

    class Meta:
        verbose_name = _("short address")
        verbose_name_plural = _("short addresses")

    def __str__(self) -> str:
        return self.letters


class Embedding(models.Model):
    """The sites that may show the form of a survey inside one of their pages."""

    campaign = models.OneToOneField(
        Campaign, on_delete=models.CASCADE, related_name="embedding"
    )
    origins = models.TextField(_("addresses of the sites, one per line"), blank=True)

    class Meta:
        verbose_name = _("embedding")
        verbose_name_plural = _("embeddings")

    @property
    def origin_list(self) -> list[str]:
        return self.origins.split()
