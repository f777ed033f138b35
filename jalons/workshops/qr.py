from __future__ import annotations

from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def qr_code(address: str) -> SafeString:
    """The address to join, dark on white in every theme; read from the last row."""
    return _draw(address, _("QR code to join the workshop"))


@lru_cache(maxsize=100)
def _draw(address: str, title: str) -> SafeString:
    """Once: a projector is read several times a second while people vote."""
    code = segno.make(address, error="m")
    # segno escapes the title; the rest is numbers.
    return mark_safe(code.svg_inline(title=title, scale=6, light="#fff"))  # noqa: S308
