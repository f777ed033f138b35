"""What is read of the accessibility tree: each fault is found, and nothing else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser import tree

SHEET = """<!doctype html><html lang="fr"><head><title>Page</title>
<base href="http://page.test/"></head><body>
<header><nav aria-label="Menu"><a href="/">Accueil</a></nav></header>
<main><h1>Titre</h1>%s</main><footer>Pied</footer></body></html>"""
TOLD_APART = """<ul><li>Bordeaux <a href="/b">Modifier</a></li>
<li>Pau <a href="/p">Modifier</a></li></ul>"""
NAMED = """<form action="/x"><label>Nom <input name="n"></label>
<label>Jour <input type="date" name="d"></label><button>Envoyer</button>
<details><summary>Plus</summary><p>Voilà</p></details></form>
<svg role="img" aria-label="Carte"><path d="M0 0"/></svg><svg aria-hidden="true"></svg>
<div tabindex="0" role="group" aria-label="Tableau"><p>Large</p></div>"""


def faults(page: Page, body: str, sheet: str = SHEET) -> list[str]:
    page.set_content(sheet.replace("%s", body))
    return [kind for kind, _where in tree.faults(page)]


@pytest.mark.parametrize("body", ["", NAMED, TOLD_APART])
def test_a_page_that_says_everything_has_no_fault(page, body):
    assert [] == faults(page, body)


@pytest.mark.parametrize(
    "mute",
    [
        "<button></button>",
        "<button>×</button>",
        '<a href="/x"><svg width="9" height="9"></svg></a>',
        '<input name="n">',
        '<p>Nom</p><select name="n"><option>Un</option></select>',
        '<svg role="img" width="9" height="9"><path d="M0 0h9"/></svg>',
        '<img src="data:," width="9" height="9">',
        '<div tabindex="0"><p>Large</p></div>',
        "<details><summary>▸</summary><p>Voilà</p></details>",
        '<progress max="3" value="1"></progress>',
    ],
)
def test_what_has_no_name_is_found(page, mute):
    assert ["no name"] == faults(page, mute)


@pytest.mark.parametrize(
    "alike",
    [
        '<a href="/b">Modifier</a> <a href="/p">Modifier</a>',
        '<form action="/b"><button>Ôter</button></form>'
        '<form action="/p"><button>Ôter</button></form>',
        TOLD_APART.replace("Pau", "Bordeaux"),
    ],
)
def test_one_name_for_several_places_is_found(page, alike):
    assert ["one name, several places"] == faults(page, alike)


def test_one_name_for_one_place_or_two_regions_is_right(page):
    links = '<a href="/b">Modifier</a> <a href="/b#la">Modifier</a>'
    elsewhere = '<nav aria-label="Autre"><a href="/p">Modifier</a></nav>'

    assert [] == faults(page, links + elsewhere)


@pytest.mark.parametrize(
    ("sheet", "fault"),
    [
        (SHEET.replace("h1", "h2"), "not one title"),
        (SHEET.replace("<main>", "<h1>Site</h1><main>"), "not one title"),
        (SHEET.replace("main>", "div>"), "not one main region"),
        (SHEET.replace("footer>", "div>"), "no foot"),
        (
            SHEET.replace("%s", '<nav aria-label="Menu"></nav>'),
            "regions that are not told apart (navigation)",
        ),
    ],
)
def test_a_page_that_lacks_a_title_or_a_region_is_found(page, sheet, fault):
    assert [fault] == faults(page, "", sheet)
