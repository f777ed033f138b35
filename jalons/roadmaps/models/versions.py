from __future__ import annotations

from django.db import models


class Versioned(models.Model):
    """A row that several people may write at the same time.

    Its changes are counted: whoever wrote from an older one reads both texts.
    """

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
