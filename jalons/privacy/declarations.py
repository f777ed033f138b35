"""What each model says of the persons it holds (purpose, basis, days kept, subject).

A model that holds persons carries a class attribute ``personal_data``; the
register, the purge, the export and the erasure walk these declarations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class LegalBasis(Enum):
    """The bases of article 6 of the GDPR that Jalons uses."""

    CONSENT = _("consent (art. 6-1-a)")
    PUBLIC_TASK = _("task in the public interest (art. 6-1-e)")
    LEGITIMATE_INTEREST = _("legitimate interest (art. 6-1-f)")


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Why a table holds persons, on what basis, and for how many days."""

    purpose: str | Promise
    legal_basis: LegalBasis
    subject: str | Promise
    kept_days: int
    fields: tuple[str, ...]


def declared_models() -> Iterator[tuple[type[models.Model], PersonalData]]:
    """Each model that declares persons, with its declaration."""
    for model in apps.get_models():
        declaration = model.__dict__.get("personal_data")
        if isinstance(declaration, PersonalData):
            yield model, declaration
