"""Texts that a person types, without markup."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TAG = re.compile(r"<\s*[A-Za-z/!?][^>]*>")


def plain(text: str) -> str:
    """One line without markup. Raises ValidationError."""
    return " ".join(paragraphs(text).split())


def paragraphs(text: str) -> str:
    """A text without markup, its lines kept. Raises ValidationError."""
    if TAG.search(text):
        raise ValidationError(
            _("This text holds HTML: remove what is between < and >.")
        )
    return text.strip()
