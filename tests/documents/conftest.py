"""A short report with one block of each kind."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from jalons.documents import render
from jalons.documents.model import (
    Callout,
    Document,
    Emphasis,
    Fact,
    Facts,
    Figure,
    Graphic,
    Items,
    Lead,
    Paragraph,
    Quote,
    Section,
    Strong,
    Table,
)
from jalons.drawing.charts import Interval, share_bar, whisker
from jalons.drawing.legends import legend
from jalons.drawing.maps import Category
from jalons.drawing.skins import PRINT

CATEGORIES = [
    Category("low", "Peu avancé", "c0"),
    Category("none", "Sans réponse", "hatched"),
]
BAR = share_bar(0.5, PRINT)


def make_document(*blocks, **changes) -> Document:
    """A document with these blocks in one section, any field replaced."""
    return Document(
        **{
            "title": "Où en sont les EPCI ?",
            "sections": [Section("Niveau d’avancement", blocks)],
            "language": "fr",
            "source_line": "INSEE Filosofi 2021 · COG 2026",
            "date_line": "16 juin 2026",
            "author": "Centre de ressources d’Exemple",
            **changes,
        }
    )


def read(document: Document) -> PdfReader:
    return PdfReader(io.BytesIO(render(document, "pdf")))


def words(document: Document) -> str:
    """The text of every page, spaces and line ends made one."""
    pages = [page.extract_text() for page in read(document).pages]
    return " ".join(" ".join(pages).split())


@pytest.fixture
def every_block() -> list[object]:
    interval = Graphic(whisker(Interval(0.18, 0.09, 0.34), PRINT))
    return [
        Lead(("Sur 93 EPCI, ", Strong("37"), " sont avancés.")),
        Facts(
            [Fact("Réponses", "103", "", "4 profils"), Fact("EPCI", "93", "sur 154")]
        ),
        Figure(
            BAR,
            "Une barre à moitié pleine.",
            "Répartition",
            "Note.",
            legend(CATEGORIES, PRINT),
        ),
        Section(
            "Croisement",
            [
                Paragraph(("Selon ", Emphasis("l’enquête"), ".")),
                Table(
                    "Parts",
                    ["Classe", "Part", ""],
                    [["Forte", "18 %", interval]],
                    ["start", "end"],
                    "À lire avec prudence.",
                ),
                Quote("Il manque du temps.", "Élue"),
                Callout("On ne peut pas conclure.", "caution"),
                Items(["Une chose", "Une autre"]),
            ],
        ),
    ]
