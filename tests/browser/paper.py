"""A page on paper: what a printer is given, sheet under sheet on one picture."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageChops
from playwright.sync_api import Page

# Nobody looks further than this.
SHEETS = 6
DOTS = 88  # an inch: a sheet is as wide as a picture of the gallery
BETWEEN = 10
MARGINS = dict.fromkeys(("top", "right", "bottom", "left"), "12mm")
# A sheet that stops above this, when another follows, was cut in the wrong place.
FULL_ENOUGH = 0.5
# A last sheet that stops above this holds the foot of the page alone.
FOOT_ALONE = 0.08


def on_paper(page: Page, picture: Path) -> list[str]:
    """Print the page as most people do, backgrounds left out; say what is wrong."""
    with TemporaryDirectory() as folder:
        printed = Path(folder, "page.pdf")
        page.pdf(path=printed, format="A4", margin=MARGINS)
        command = ["pdftoppm", "-r", str(DOTS), "-l", str(SHEETS), "-jpeg"]
        subprocess.run([*command, printed, Path(folder, "sheet")], check=True)
        sheets = [
            Image.open(one).convert("RGB") for one in sorted(Path(folder).glob("*.jpg"))
        ]
    stacked(sheets).save(picture, quality=70)
    return wasted([filled(one) for one in sheets])


def stacked(sheets: Sequence[Image.Image]) -> Image.Image:
    width = max(one.width for one in sheets)
    picture = Image.new(
        "RGB", (width, sum(one.height + BETWEEN for one in sheets)), "#888888"
    )
    top = 0
    for one in sheets:
        picture.paste(one, (0, top))
        top += one.height + BETWEEN
    return picture


def filled(sheet: Image.Image) -> float:
    """How far down the sheet something is printed."""
    grey = ImageChops.invert(sheet.convert("L")).point(lambda dark: dark > 40 and 255)
    box = grey.getbbox()
    return box[3] / sheet.height if box else 0


def wasted(shares: Sequence[float]) -> list[str]:
    """Sheets where nothing is, or that stop early although the page goes on."""
    blank = [f"sheet {n} is blank" for n, one in enumerate(shares, 1) if not one]
    alone = len(shares) > 1 and 0 < shares[-1] < FOOT_ALONE
    return [
        *blank,
        *(
            f"sheet {n} stops at {one:.0%}"
            for n, one in enumerate(shares[:-1], 1)
            if 0 < one < FULL_ENOUGH
        ),
        *([f"sheet {len(shares)} holds the foot alone"] if alone else []),
    ]
