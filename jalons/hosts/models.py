from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space

ONLY = 1


class Host(models.Model):
    """The resource centre that answers for this site; there is one at most."""

    id = models.PositiveSmallIntegerField(
        primary_key=True, default=ONLY, editable=False
    )
    space = models.OneToOneField(Space, on_delete=models.CASCADE, related_name="host")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("host of this site")
        verbose_name_plural = _("hosts of this site")
        constraints = [
            models.CheckConstraint(name="one_host_at_most", condition=Q(id=ONLY))
        ]

    def __str__(self) -> str:
        return str(self.space)


class ProfileQuerySet(models.QuerySet):
    def read_by_all(self) -> ProfileQuerySet:
        """What the host says of itself today, as long as it is recognised."""
        return self.filter(
            published_at__isnull=False,
            replaced_at=None,
            space__host__isnull=False,
            space__recognised_at__isnull=False,
        )

    def drafts(self) -> ProfileQuerySet:
        return self.filter(published_at=None)

    def published(self) -> ProfileQuerySet:
        return self.exclude(published_at=None)


class Profile(models.Model):
    """What a host says of itself: a draft, then a version that stays in its history."""

    TEXTS = (
        *("name", "about", "missions", "address", "contact_function"),
        *("contact_name", "contact_email", "contact_page"),
        *("publication_director", "hosting", "logo_alt"),
    )
    KEPT = (*TEXTS, "contact_agreed", "logo")

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="host_profiles"
    )
    name = models.CharField(_("name of the body"), max_length=160)
    about = models.TextField(_("who you are"), max_length=1500, blank=True)
    missions = models.TextField(_("missions, one a line"), max_length=3000, blank=True)
    address = models.TextField(_("address"), max_length=400, blank=True)
    contact_function = models.CharField(_("function of the contact"), max_length=120)
    contact_name = models.CharField(
        _("name of the contact"), max_length=120, blank=True
    )
    contact_agreed = models.BooleanField(_("the contact agreed"), default=False)
    contact_email = models.EmailField(_("address of the contact"), blank=True)
    contact_page = models.URLField(_("page to write to the contact"), blank=True)
    publication_director = models.CharField(
        _("publication director"), max_length=160, blank=True
    )
    hosting = models.TextField(_("hosting provider"), max_length=400, blank=True)
    # Drawn again by us: nothing of the file given is kept.
    logo = models.BinaryField(default=bytes, editable=False)
    logo_alt = models.CharField(
        _("whose logo it is, in words"), max_length=160, blank=True
    )
    written_at = models.DateTimeField(editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    replaced_at = models.DateTimeField(null=True, editable=False)

    objects = ProfileQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Say who answers for this site, and whom to write to"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("The publication director, and the contact who agreed to it"),
        held=_("the name, the function and the address of work"),
        kept_days=365,
        counted_from="replaced_at",
        since=_("the day another version took its place"),
        fields=("contact_name", "contact_email", "publication_director"),
        recipients=(Recipient.PUBLIC,),
    )

    class Meta:
        verbose_name = _("profile of the host")
        verbose_name_plural = _("profiles of the host")
        constraints = [
            models.UniqueConstraint(
                name="host_profile_one_draft",
                fields=["space"],
                condition=Q(published_at=None),
            ),
            models.UniqueConstraint(
                name="host_profile_one_current",
                fields=["space"],
                condition=Q(published_at__isnull=False, replaced_at=None),
            ),
            models.CheckConstraint(
                name="host_contact_named_with_agreement",
                condition=Q(contact_name="") | Q(contact_agreed=True),
            ),
            models.CheckConstraint(
                name="host_profile_replaced_after_publication",
                condition=Q(replaced_at=None) | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def mission_lines(self) -> list[str]:
        lines = (one.strip(" \t-–•") for one in self.missions.splitlines())
        return [one for one in lines if one]

    @property
    def has_logo(self) -> bool:
        return bool(self.logo)
