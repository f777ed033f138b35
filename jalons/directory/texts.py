"""Texts that a person types, without markup."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jalons.directory.cells import TAG

HTML = _("This text holds HTML: remove what is between < and >.")


def plain(text: str) -> str:
    """One line without markup. Raises ValidationError."""
    return " ".join(paragraphs(text).split())


def paragraphs(text: str) -> str:
    """A text without markup, its lines kept. Raises ValidationError."""
    if TAG.search(text):
        raise ValidationError(HTML)
    return text.strip()
