from __future__ import annotations

import secrets
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from jalons.spaces.models import Space

PREFIX = "jln_"
"""By which a key left in a file or in a message is found by a machine."""


class Scope(models.TextChoices):
    """What a program may write with a key, each apart."""

    MEASURES = "measures", _("Measures of the indicators of an evaluation")
    RESPONSES = "responses", _("Answers to a survey")
    PLACES = "places", _("Places of the lists of the team")


class Token(models.Model):
    """A key by which a program writes in a space, for the person who made it.

    Only its print is kept; it opens nothing that this person does not.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="tokens")
    title = models.CharField(_("what it is for"), max_length=120)
    scopes = models.JSONField(_("what it may write"))
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(_("last day"))
    # The day is enough to find the keys that serve nothing any more.
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("program key")
        verbose_name_plural = _("program keys")
        constraints = [
            # Who revoked it may leave the site; the moment stays.
            models.CheckConstraint(
                name="token_revoked_at_and_by",
                condition=Q(revoked_by=None) | Q(revoked_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    def is_alive(self, *, on: date) -> bool:
        return not self.is_revoked and on <= self.expires_on

    @property
    def scope_words(self) -> list[str]:
        return [str(Scope(one).label) for one in self.scopes]

    @staticmethod
    def new_secret() -> str:
        return f"{PREFIX}{secrets.token_urlsafe(32)}"

    @staticmethod
    def digest_of(secret: str) -> str:
        """Keyed by the installation: a copy of the database opens nothing."""
        return salted_hmac("jalons.tokens", secret, algorithm="sha256").hexdigest()


class Receipt(models.Model):
    """What was answered to a writing, by the key that the program gave to it.

    The same writing sent again is answered by it, and changes nothing.
    """

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="receipts")
    key = models.CharField(max_length=100)
    # Of the address and of what was sent: another writing has another key.
    request_digest = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    written_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("receipt of a writing")
        verbose_name_plural = _("receipts of writings")
        constraints = [
            models.UniqueConstraint(
                name="receipt_once_per_token", fields=["token", "key"]
            )
        ]

    def __str__(self) -> str:
        return self.key
