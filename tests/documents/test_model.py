from __future__ import annotations

import pytest

from jalons.documents.model import (
    Figure,
    Link,
    MissingAlternative,
    MissingTitle,
    Section,
    Table,
    UnevenTable,
    UnsafeLink,
    plain,
)
from tests.documents.conftest import make_document


@pytest.mark.parametrize("alt", ["", " \n"])
def test_a_figure_without_alternative_is_refused_by_its_caption(alt):
    with pytest.raises(MissingAlternative, match="“Répartition” has no alternative"):
        Figure("<svg/>", alt, "Répartition")


def test_a_table_with_uneven_rows_is_refused_by_row(every_block):
    rows = [["Forte", "18 %"], ["Faible"]]

    with pytest.raises(UnevenTable, match="“Parts”, row 2: 1 cells .* header has 2"):
        Table("Parts", ["Classe", "Part"], rows)


def test_a_section_without_title_is_refused():
    with pytest.raises(MissingTitle, match="A section has no title"):
        Section(" ", [])


def test_a_document_without_title_is_refused():
    with pytest.raises(MissingTitle, match="The document has no title"):
        make_document(title="")


def test_a_column_without_stated_alignment_starts_like_text():
    table = Table("Parts", ["Classe", "Part", ""], [], ["start", "end"])

    assert [table.alignment(column) for column in range(3)] == ["start", "end", "start"]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "/etc/passwd", "ftp://a.fr", "https://a b", "mailto:a"],
)
def test_a_link_leads_to_a_page_or_a_mailbox_only(url):
    with pytest.raises(UnsafeLink):
        Link("ici", url)

    assert "ici" == plain([Link("ici", "https://a.fr"), Link("", "mailto:a@b.fr")])
