from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.files.models import StoredFile
from jalons.surveys.models import Campaign


class PendingImport(models.Model):
    """A file of answers given on a page, whose report is not confirmed yet."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="pending_imports"
    )
    stored = models.OneToOneField(
        StoredFile, on_delete=models.CASCADE, related_name="+"
    )
    mapping = models.TextField()
    mapping_name = models.CharField(max_length=200)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file of answers to confirm")
        verbose_name_plural = _("files of answers to confirm")
