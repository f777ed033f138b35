"""Logos, whole or broken, as people give them."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from jalons.adoption.logos import add_logo

DRAWN = '<rect width="40" height="16" fill="#0b5f66"/>'


def svg(inside: str = DRAWN) -> bytes:
    spaces = "http://www.w3.org/2000/svg"
    head = f'<svg xmlns="{spaces}" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{head} viewBox="0 0 40 16">{inside}</svg>'.encode()


def raster(kind: str = "PNG", size: tuple[int, int] = (60, 24)) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", size, "#a4480f").save(held, kind)
    return held.getvalue()


def picture(name: str = "logo.svg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, svg() if content is None else content)


def puts(roadmap, name="logo.svg", content=None, *, by, alt="Région Exemple"):
    return add_logo(roadmap, picture(name, content), alt, by=by)
