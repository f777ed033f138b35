from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.surveys.models import Campaign


class PublicationQuerySet(models.QuerySet):
    def public(self, *, at):
        return self.filter(withdrawn_at=None, public_from__lte=at)


class Publication(models.Model):
    """A campaign’s results, public from a given moment until withdrawn."""

    campaign = models.OneToOneField(
        Campaign, on_delete=models.CASCADE, related_name="publication"
    )
    public_from = models.DateTimeField(_("public from (embargo)"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    withdrawal_reason = models.CharField(
        _("reason for withdrawal"), max_length=300, blank=True
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="publication_withdrawn_at_and_by",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            )
        ]
