from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def qr_code(address: str) -> SafeString:
    """The address to join, dark on white in every theme; read from the last row."""
    code = segno.make(address, error="m")
    title = _("QR code to join the workshop")
    # segno escapes the title; the rest is numbers.
    return mark_safe(code.svg_inline(title=title, scale=6, light="#fff"))  # noqa: S308
