"""What a team types: subtitles, lists, bold, links, tables; all else stays a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.documents.model import Items, Link, Paragraph, Section, Strong, Table
from jalons.documents.wording import blocks_of, runs_of


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("[le plan](https://a.fr/p)", [Link("le plan", "https://a.fr/p")]),
        ("[nous](mailto:a@b.fr)", [Link("nous", "mailto:a@b.fr")]),
        (
            "voir https://a.fr/x.",
            ["voir ", Link("https://a.fr/x", "https://a.fr/x"), "."],
        ),
        ("[x](https://a.fr/b_(c))", [Link("x", "https://a.fr/b_(c)")]),
        ("**un [x](https://a.fr)**", [Strong("un "), Link("x", "https://a.fr")]),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](data:text/html,a)", "[x](data:text/html,a)"),
        ("[x](/interne)", "[x](/interne)"),
        ("2 ** 3 [note]", "2 ** 3 [note]"),
    ],
)
def test_a_link_leads_to_the_web_or_to_a_mailbox_else_it_stays_a_text(typed, read):
    assert read == runs_of(typed)


def test_a_table_takes_the_line_above_as_its_name_else_the_title():
    typed = """Qui fait quoi
| Qui | Quoi |
|-----|------|
| **CCAS** | a \\| b | en trop |
| seul |

## Calendrier
Un paragraphe.

| Mois |
| mars |"""

    made = blocks_of(typed, "Le cap")

    first = Table(
        "Qui fait quoi",
        ["Qui", "Quoi", ""],
        [[[Strong("CCAS")], "a | b", "en trop"], ["seul", "", ""]],
    )
    second = Table("Calendrier", ["Mois"], [["mars"]])
    assert [
        first,
        Section("Calendrier", [Paragraph("Un paragraphe."), second]),
    ] == made
    assert [Table("Le cap", ["A"], [["b"]])] == blocks_of("| A |\n| b |", "Le cap")


def test_lists_subtitles_and_paragraphs_follow_each_other():
    made = blocks_of("Un\ndeux\n- a\n* b\n### Ici\n• c\n#pas un titre")

    held = [Items(["c"]), Paragraph("#pas un titre")]
    assert [Paragraph("Un deux"), Items(["a", "b"]), Section("Ici", held)] == made


@given(st.text(st.sampled_from("a[]()|*#- \n\\:/.h"), max_size=60))
def test_any_text_gives_blocks(typed):
    assert isinstance(blocks_of(typed, "Titre"), list)
