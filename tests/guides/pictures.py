"""What a reader sees, kept as a small picture of few colours."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

COLOURS = 32


def keep(page: Page, path: Path) -> None:
    """The window as it is, without what moves; pages are of few colours."""
    shot = page.screenshot(animations="disabled", caret="hide")
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    few = image.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB")
    few.save(path, "WEBP", lossless=True, quality=100, method=6)
