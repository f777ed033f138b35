from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def qr_code(address: str, *, scale: int = 5) -> SafeString:
    """The address as a QR code, drawn in the page; dark on white in every theme."""
    code = segno.make(address, error="m")
    title = _("QR code of the survey’s address")
    # segno escapes the title; the rest is numbers.
    return mark_safe(code.svg_inline(title=title, scale=scale, light="#fff"))  # noqa: S308
