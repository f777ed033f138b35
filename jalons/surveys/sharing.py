from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.drawing import codes


def qr_code(address: str, *, title: str = "", scale: int = 5) -> SafeString:
    """The address as a QR code, drawn in the page; that of a survey unless told."""
    title = title or _("QR code of the survey’s address")
    return codes.qr_code(address, title, scale=scale)
