"""What Word and the web paste keeps its words, and only the marks that are allowed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.documents.model import Items, Link, Paragraph, Section, Strong, Table
from jalons.documents.pasted import as_written
from jalons.documents.wording import blocks_of

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta name=Generator content="Microsoft Word 15"><title>Document1</title>
<style><!-- p.MsoNormal {margin:0cm;} --></style><!--[if gte mso 9]><xml>
<o:OfficeDocumentSettings>Normal 0 21</o:OfficeDocumentSettings></xml><![endif]-->
</head><body lang=FR><!--StartFragment--><h1>Notre cap<o:p></o:p></h1>
<p class=MsoNormal>Un cap <b>partagé </b>par
tous, voir <a href="https://exemple.fr/plan?a=1&amp;b=2">le plan</a>
et <a href="javascript:alert(1)">ceci</a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·
<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span></span><![endif]>
Aider les communes<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>·</span><![endif]>Former &lt;tous&gt; les agents</p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>Qui</p></td>
<td><p>Quoi</p></td><td><p>Quand</p></td></tr>
<tr><td><p>CCAS</p><p>bis</p></td><td></td><td>a | b</td></tr></table>
<p class=MsoNormal>Fin<br>de ligne<script>alert(2)</script></p><!--EndFragment-->
</body></html>"""


def test_what_word_pastes_becomes_subtitles_lists_links_and_tables():
    made = blocks_of(as_written(WORD), "Le cap")

    table = Table("Notre cap", ["Qui", "Quoi", "Quand"], [["CCAS bis", "", "a | b"]])
    link = Link("le plan", "https://exemple.fr/plan?a=1&b=2")
    said = ["Un cap ", Strong("partagé"), " par tous, voir ", link, " et ceci."]
    held = [
        Paragraph(said),
        Items(["Aider les communes", "Former <tous> les agents"]),
        table,
        Paragraph("Fin de ligne"),
    ]
    assert [Section("Notre cap", held)] == made


@pytest.mark.parametrize(
    "text", ["a < b et c > d", "<nom du lieu>", "1 <2> 3", "<- ici ->", "x<y", ""]
)
def test_a_text_that_holds_no_html_is_left_as_it_is(text):
    assert text == as_written(text)


@pytest.mark.parametrize(
    ("pasted", "written"),
    [
        ("<b>sans fin", "**sans fin**"),
        ("<b><p>un</p><p>deux</p></b>", "**un**\n\n**deux**"),
        ("<p>a<td>b</p>", "ab"),
        ("<a href='https://a.fr'>x", "[x](https://a.fr)"),
        ("<p>le <nom du lieu> ici</p>", "le <nom du lieu> ici"),
        ("<span style='font-weight: 700'>gras</span>", "**gras**"),
        ("<table><tr><td>a<table><tr><td>b</table></table>", "| a |\n| b |"),
        ("<img src=x onerror=alert(1)>après", "après"),
        ("<p>pas fini</p> <b", "pas fini\n\n<b"),
    ],
)
def test_html_that_is_badly_written_keeps_its_words(pasted, written):
    assert written == as_written(pasted)


TAGS = st.sampled_from(
    [
        "p",
        "div",
        "b",
        "strong",
        "li",
        "ul",
        "h2",
        "table",
        "tr",
        "td",
        "th",
        "a",
        "span",
        "br",
        "o:p",
    ]
)
PIECES = st.lists(
    st.one_of(
        st.from_regex(r"mot[0-9]{1,3} ", fullmatch=True),
        TAGS.map("<{}>".format),
        TAGS.map("</{}>".format),
    ),
    max_size=30,
)


@given(PIECES)
def test_no_word_is_lost_nor_moved_whatever_the_tags(pieces):
    pasted = "".join(pieces)

    kept = re.findall(r"mot\d+", as_written(f"<p>{pasted}"))

    assert re.findall(r"mot\d+", pasted) == kept
