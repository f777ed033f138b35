"""Every template is used, and every page reads well to someone who does not see it."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import allauth
import django
import pytest
from django.urls import reverse

from tests.house import drawings
from tests.house.matrix import ROWS, Row
from tests.house.readability import EASY, LONGEST, PAGES, Prose, ease
from tests.house.reading import Page
from tests.house.test_pdfs import FILES
from tests.house.visits import client_of, put_away, undone, visit
from tests.house.world import World

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.*"))
# Django and allauth look for these by themselves.
REPLACED = [
    Path(allauth.__file__).parent / "templates",
    Path(django.__file__).parent / "forms" / "templates",
]
BY_STATUS = {"403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
# Two to four columns of short words or numbers, that fold on the narrowest screen.
NARROW = {
    "imports/_report.html",
    "invitations/send.html",
    "questionnaires/_grid.html",
    "surveys/_coverage.html",
    "surveys/thanks.html",
}
DESK = (
    "imports interviews invitations keying observatory questionnaires reconciliation "
    "returns surveys synthesis tabulations"
)
SCROLLS = re.compile(
    r'<div class="scroll[^"]*" tabindex="0" role="group" aria-label="[^>]+">\s*<table'
)
TABLE = re.compile(r"<table\b.*?</table>", re.S)
FRAMED = re.compile(r'<body class="(?:page|data|workspace)">\s*<a class="skip"')
HREF = re.compile(r'href="([^"]*)"')
LEGENDS = re.compile(r"<fieldset\b[^>]*>\s*<legend\b")
READERS = ("anonymous", "reader", "owner")
# "None yet." leaves whoever reads it where they were.
BARE = re.compile(
    r"""\{% empty %\}\s*<\w+[^>]*>\s*\{% translate ["'](?:No|Nobody|None|Nothing)"""
    r"""(?: [a-z]+)? yet\.["'] %\}\s*</|\{% else %\}\s*<p>\{% translate """
    r"""["'](?:No|Nobody|None|Nothing)(?: [a-z]+)? yet\.["'] %\}\s*</p>"""
)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


def sources() -> str:
    code = [*(ROOT / "jalons").rglob("*.py"), *TEMPLATES]
    return "\n".join(path.read_text() for path in code)


def is_used(path: Path, text: str) -> bool:
    name = named(path)
    if name in BY_STATUS or any((root / name).exists() for root in REPLACED):
        return True
    mail = re.sub(r"^emails/|(_subject|_message)?\.(txt|html)$", "", name)
    is_mail = path.parent.name in ("emails", "email")
    return f'"{name}"' in text or (is_mail and f'"{mail}"' in text)


def assert_reads_well(html: str) -> None:
    page = Page(html)
    ids = page.ids()

    assert [h1.text.strip() != "" for h1 in page.all("h1")] == [True]
    assert page.all("title")[0].text.partition(" · Jalons")[0].strip()
    assert page.all("html")[0].attributes["lang"] in {"fr", "en"}
    assert page.unlabelled_fields() == []
    assert len(ids) == len(set(ids))
    assert page.references() <= set(ids)
    assert all(button.text.strip() for button in page.all("button"))
    assert_structured(page, html)
    for table in TABLE.findall(html):
        assert_table_reads(table)


def assert_structured(page: Page, html: str) -> None:
    """Regions that one can reach or pass, the way past the menu first of all."""
    fieldsets = html.count("<fieldset")

    assert html.lstrip().lower().startswith("<!doctype html>")
    assert 1 == len(page.all("main"))
    # A page shown within that of another site has nothing to pass.
    if page.all("header"):
        assert "content" == page.all("main")[0].attributes["id"]
        assert "#content" == page.all("a")[0].attributes["href"]
    assert all(nav.attributes.get("aria-label") for nav in page.all("nav"))
    assert fieldsets == len(LEGENDS.findall(html))
    # What a map or a chart shows is read in the words of the same page.
    if "<svg" in html.partition("<main")[2]:
        assert not drawings.faults(html)
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", html)]
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def frame_of(html: str) -> tuple[list[str], list[str]]:
    """Where the head and the foot of a page lead, in their order."""
    head = html.partition('<header class="top">')[2].partition("</header>")[0]
    foot = html.partition('<footer class="foot">')[2].partition("</footer>")[0]
    return HREF.findall(head), HREF.findall(foot)


def assert_table_reads(table: str) -> None:
    """A title, and headers that say what they head."""
    headers = re.findall(r"<th\b[^>]*>", table)

    assert "<caption" in table or "aria-label" in table.partition(">")[0], table[:300]
    assert headers
    assert all(re.search(r"\b(scope|id)=", header) for header in headers), headers


def test_a_wide_table_of_the_survey_desk_is_a_region_that_shows_it_scrolls():
    bare = {
        named(path)
        for path in TEMPLATES
        if path.parent.name in DESK.split(" ")
        and path.read_text().count("<table") > len(SCROLLS.findall(path.read_text()))
    }
    css = (ROOT / "static/css/components.css").read_text()

    assert bare == NARROW
    # Without a script: paper that moves with the table uncovers a band at its edge.
    assert "100% local" in css.partition("  .scroll {")[2].partition("}")[0]


def test_every_template_is_used():
    text = sources()

    assert not [named(path) for path in TEMPLATES if not is_used(path, text)]


def test_a_fragment_is_never_a_page():
    text = sources()

    assert not re.findall(
        r"""extends ["'][\w/]*_\w+\.html|render\([^)]*"\w+/_\w+""", text
    )


@pytest.fixture(scope="module")
def frames(world: World) -> dict[str, tuple[list[str], list[str]]]:
    """The head and the foot of the first page, by visitor."""
    found = {}
    for column in READERS:
        page = client_of(world, column).get(reverse("front:home")).content.decode()
        found[column] = frame_of(page)
        assert reverse("front:search") in found[column][0]
        assert reverse("reception:write") in found[column][1]
    return found


@pytest.mark.parametrize("row", [r for r in ROWS if r.method == "GET"], ids=str)
def test_a_page_has_one_title_and_every_field_its_label(
    world: World, row: Row, frames: dict[str, tuple[list[str], list[str]]]
):
    for column in READERS:
        if row.cells[column] != "200":
            continue
        with undone():
            response = visit(world, row, column)

        if response.headers["Content-Type"].startswith("text/html"):
            html = response.content.decode()
            assert_reads_well(html)
            # The menu, the search and the help are where they are on the other pages;
            # screens of a room, of a telephone or of another site have none.
            if FRAMED.search(html):
                assert frames[column] == frame_of(html)
        # Read in test_pdfs.py, which knows a file by its address.
        if response.headers["Content-Type"] == "application/pdf":
            assert row.url in FILES
        put_away(response)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_for_everybody_is_read_by_everybody(world: World, name: str):
    with undone():
        answer = visit(world, Row("", name, "GET", {}), "respondent")
    assert 200 == answer.status_code
    read = Prose(answer.content.decode()).sentences

    assert read
    assert ease(read) >= EASY
    assert not [one.text for one in read if len(one.words) > LONGEST]


@pytest.mark.parametrize("row", [r for r in ROWS if r.method == "POST"], ids=str)
def test_a_form_sent_empty_says_what_to_mend_beside_each_field(world: World, row: Row):
    call = world.call(row.url)
    with undone():
        client = client_of(world, "anonymous" if row.is_public else "owner")
        url = call.url(row.url, "owner")
        response = client.post(url, {})

    if response.status_code == 200 and "text/html" in response.headers["Content-Type"]:
        assert_reads_well(response.content.decode())


def test_a_day_and_its_hour_are_written_one_way():
    """By the filter `moment`: “5 mars 2026 à 10 h 12”."""
    other = re.compile(r"""date:["'](DATETIME_FORMAT|[^"']*Y[^"']*H:i)""")
    pages = [path for path in TEMPLATES if path.parent.name != "emails"]

    assert not [named(path) for path in pages if other.search(path.read_text())]


def test_an_empty_list_says_more_than_that_it_is_empty():
    """What will come there, or what to do: a next step is never left to be guessed."""
    assert not [named(path) for path in TEMPLATES if BARE.search(path.read_text())]


def test_a_table_that_scrolls_sideways_can_be_scrolled_with_the_keyboard():
    scrolling = re.compile(r'class="scroll"(?! tabindex="0" role="group" aria-label=)')

    assert not [named(path) for path in TEMPLATES if scrolling.search(path.read_text())]
