"""What a secretary sees: the files opened by LibreOffice lose nothing.

Skipped, and said so, where LibreOffice is not installed; the tests beside read the
same headings, tables and pictures with Python alone.
"""

from __future__ import annotations

import shutil
import subprocess

import pytest
from pypdf import PdfReader

from jalons.documents import render
from jalons.documents.model import Link, Paragraph, Section, Table
from tests.documents.conftest import make_document

OFFICE = shutil.which("soffice")
LONGEST = 120

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]


def convert(document, format, folder) -> PdfReader:
    """The file as LibreOffice prints it, with the profile of a new user."""
    path = folder / f"document.{format}"
    path.write_bytes(render(document, format))
    command = [
        OFFICE,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)
    return PdfReader(folder / "document.pdf")


def titles(outline) -> list[str]:
    found = []
    for one in outline:
        found += titles(one) if isinstance(one, list) else [one.title]
    return found


def targets(page) -> list[str]:
    found = [one.get_object() for one in page.get("/Annots", ())]
    return [one["/A"]["/URI"] for one in found if "/URI" in one.get("/A", {})]


@pytest.mark.parametrize("format", ["docx", "odt"])
def test_headings_cells_pictures_and_links_survive_the_conversion(
    format, tmp_path, every_block
):
    rows = [[f"Commune {at}", f"{at} lieux"] for at in range(60)]
    long_table = Table("Les lieux", ["Commune", "Combien"], rows)
    link = Paragraph(["Voir ", Link("le site", "https://exemple.fr/plan")])
    document = make_document(
        *every_block,
        Section("Annexe", [long_table, link], "chapter"),
        watermark="SIMULÉ",
    )

    made = convert(document, format, tmp_path)

    assert ["Niveau d’avancement", "Croisement", "Annexe"] == titles(made.outline)
    pages = [page.extract_text() for page in made.pages]
    text = " ".join(" ".join(pages).split())
    for words in ("Classe Part", "Forte 18 %", "Commune 0 0 lieux", "Une autre"):
        assert words in text
    assert "Commune 59 59 lieux" in text
    # The table goes on from page to page under its header, each page is marked.
    assert 2 <= text.count("Commune Combien")
    assert all("SIMULÉ" in page for page in pages)
    # The figure, the swatches of its key, and the small drawing of a cell.
    assert 4 <= len(made.pages[0].images)
    assert ["https://exemple.fr/plan"] == targets(made.pages[-1])
