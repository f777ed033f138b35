from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from jalons.privacy.declarations import Ending, LegalBasis, PersonalData, Recipient


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str = "") -> User:
        user = self.model(email=email.strip().lower(), name=name)
        user.set_unusable_password()
        user.save()
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by an e-mailed code or a passkey; no password."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    personal_data = PersonalData(
        purpose=_("Sign in and work in a space"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals who use Jalons"),
        held=_("the e-mail address and the name given, the public part of passkeys"),
        kept_days=730,
        since=_(
            "the last sign-in; the only owner of a team stays until another is named"
        ),
        fields=("email", "name"),
        ending=Ending.BLANK,
        ends_with_account=True,
        recipients=(Recipient.COLLEAGUES, Recipient.ADMINISTRATORS),
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            # One spelling only, so that uniqueness holds whatever the capitals typed.
            models.CheckConstraint(
                name="user_email_in_lower_case", condition=Q(email=Lower("email"))
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Identity(models.Model):
    """Someone known by ProConnect, linked once the address is proved to be theirs."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    # The organisation for which they signed in last, when ProConnect says it.
    siren = models.CharField(max_length=9, blank=True, db_default="")
    linked_at = models.DateTimeField(auto_now_add=True)

    personal_data = PersonalData(
        purpose=_("Sign in and work in a space"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals who sign in by ProConnect"),
        held=_(
            "the number by which ProConnect knows them here, and the SIREN of their "
            "organisation when it says it"
        ),
        kept_days=730,
        since=_("the last sign-in"),
        fields=("user", "subject"),
        ends_with_account=True,
        recipients=(Recipient.NOBODY,),
    )

    class Meta:
        verbose_name = _("identity of ProConnect")
        verbose_name_plural = _("identities of ProConnect")
        constraints = [
            models.UniqueConstraint(
                name="identity_opens_one_account", fields=("issuer", "subject")
            )
        ]


class LinkQuerySet(models.QuerySet):
    def alive(self, *, at: datetime) -> LinkQuerySet:
        return self.filter(revoked_at=None).filter(
            Q(expires_at=None) | Q(expires_at__gt=at)
        )

    def for_secret(self, secret: str, purpose: str) -> LinkQuerySet:
        return self.filter(digest=Link.digest_of(secret), purpose=purpose)


class Link(models.Model):
    """A personal link given to someone without an account; only its print is kept."""

    class Purpose(models.TextChoices):
        RESPONDENT = "respondent", _("Answer a survey")
        INVITATION = "invitation", _("Join a space")
        ROOM = "room", _("Take part in a workshop")
        DEVICE = "device", _("Interview in the field")
        PLACE = "place", _("Update a place")
        VALIDATION = "validation", _("Validate an answer for an institution")
        RETURN = "return", _("Read the return of a survey")
        ORIENTATION = "orientation", _("Say what became of an orientation slip")
        CONTACT = "contact", _("Keep, correct or withdraw one’s contact")
        PROPOSAL = "proposal", _("Follow what one proposed")
        RELAY = "relay", _("Agree to be written to, or no longer")
        CALENDAR = "calendar", _("Follow a calendar")

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=12, choices=Purpose)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    # The day it served its purpose; never the moment, which would tell too much.
    used_on = models.DateField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")

    def is_alive(self, *, at: datetime) -> bool:
        if self.revoked_at is not None:
            return False
        return self.expires_at is None or at < self.expires_at

    @staticmethod
    def new_secret() -> str:
        """128 random bits, written so that a person can copy them."""
        return secrets.token_urlsafe(16)

    @staticmethod
    def digest_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()
