"""The judge of pages spares axe what it has judged, and nothing else."""

from __future__ import annotations

from tests.browser.axe import Judge

PAGE = """<!doctype html><html lang="fr"><head><title>Page</title>
<style>body { background: #fff; color: #000 } .pale { color: #eee }
nav p { color: #ccc } .dark { background: #000; color: #fff }</style></head>
<body><main><h1>Titre</h1>%s</main></body></html>"""
READABLE = "<p>Lisible</p>"


def judged(page, judge: Judge, body: str) -> list[str]:
    page.set_content(PAGE % body)
    return [rule for rule, _targets in judge.violations(page)]


def test_a_pale_text_is_found_on_a_page_whose_other_texts_are_known(page):
    judge = Judge()

    assert [] == judged(page, judge, READABLE)
    assert ["color-contrast"] == judged(
        page, judge, READABLE + '<p class="pale">Non</p>'
    )
    assert ["color-contrast"] == judged(
        page, judge, READABLE + '<p style="color: #eee">Non</p>'
    )


def test_a_text_is_judged_again_under_other_elements(page):
    judge = Judge()

    assert [] == judged(page, judge, f'<div class="dark"><nav>{READABLE}</nav></div>')
    assert ["color-contrast"] == judged(page, judge, f"<nav>{READABLE}</nav>")


def test_other_rules_are_read_on_every_page(page):
    judge = Judge()
    field = "<form><p>Nom</p><input></form>"

    assert ["label"] == judged(page, judge, field)
    assert ["label"] == judged(page, judge, field)


def test_a_text_that_is_pale_in_one_theme_only_is_found(page):
    dark = "@media (prefers-color-scheme: dark) { p { color: #eee } }"
    body = f"{READABLE}<style>{dark}</style>"

    assert [] == judged(page, Judge(), body)
    assert ["color-contrast"] == judged(page, Judge("dark", "light"), body)
