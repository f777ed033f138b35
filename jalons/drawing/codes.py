"""An address as a square that the camera of a telephone reads."""

from __future__ import annotations

from zlib import crc32

import segno
from django.utils.safestring import SafeString

from jalons.drawing.svg import Plate, picture


def qr_code(address: str, title: str, *, scale: int) -> SafeString:
    """Dark on white in every theme; who does not see it is told where it leads.

    What follows `#` in the address is for the telephone alone: a secret.
    """
    code = segno.make(address, error="m")
    width, height = code.symbol_size(scale)
    drawn = code.svg_inline(scale=scale, light="#fff")
    inside = drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")]
    plate = Plate(f"qr-{crc32(address.encode()):x}", title, address.partition("#")[0])
    return picture([inside], plate, f'class="segno" width="{width}" height="{height}"')
