"""The documentation site is made, with no dead link and no page left out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.slow
def test_the_site_is_made_without_a_warning(tmp_path):
    made = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going"]
        + ["-b", "html", str(DOCS), str(tmp_path)],
        capture_output=True,
        text=True,
    )

    assert "" == made.stderr
    assert 0 == made.returncode
    assert (tmp_path / "guides/collectivite.html").exists()
    asked = [
        page.name
        for page in tmp_path.rglob("*.html")
        if 'src="http' in page.read_text()
        or 'rel="stylesheet" href="http' in page.read_text()
    ]
    assert [] == asked
