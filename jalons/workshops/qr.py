from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.drawing import codes


def qr_code(address: str) -> SafeString:
    """The address to join, read from the last row."""
    return _draw(address, _("QR code to join the workshop"))


@lru_cache(maxsize=100)
def _draw(address: str, title: str) -> SafeString:
    """Once: a projector is read several times a second while people vote."""
    return codes.qr_code(address, title, scale=6)
