"""The picture of an article: drawn again, then light enough for a telephone."""

from __future__ import annotations

from io import BytesIO

from django.core.files import File
from PIL import Image

from jalons.files.logos import drawn_logo

QUALITY = 82


def drawn_picture(upload: File[bytes]) -> bytes:
    """A small JPEG on white. Raises RefusedLogo, NotAPicture."""
    with Image.open(BytesIO(drawn_logo(upload))) as drawn:
        layer = drawn.convert("RGBA")
    whole = Image.new("RGB", layer.size, "white")
    whole.paste(layer, mask=layer.getchannel("A"))
    kept = BytesIO()
    whole.save(kept, "JPEG", quality=QUALITY)
    return kept.getvalue()
