from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Territory(models.Model):
    """A commune, an EPCI, a département or a région, by its official code.

    Source: INSEE (code officiel géographique) and DGCL (EPCI), Licence Ouverte 2.0.
    """

    class Kind(models.TextChoices):
        COMMUNE = "commune", _("commune")
        EPCI = "epci", _("EPCI")
        DEPARTEMENT = "departement", _("département")
        REGION = "region", _("région")

    code = models.CharField(max_length=9, primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name
