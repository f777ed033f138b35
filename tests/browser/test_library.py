"""A visitor finds an initiative, tells another; the centre reads it; it is found."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.walks import assert_reads_well, follow, push, sign_in, turn

TITLE = "Un triporteur au pied des immeubles"
TOLD = {
    "title": TITLE,
    "summary": "Deux tablettes et un médiateur, le mercredi.",
    "problem": "Les habitants ne vont pas jusqu’à la médiathèque.",
    "solution": "Un triporteur s’arrête au pied des immeubles.",
    "cost": "Un triporteur, deux tablettes, une demi-journée.",
    "conditions": "Un endroit abrité, prêté par le bailleur.",
    "postcode": "24000",
    "locality": "Périgueux",
}


def search(page: Page, url: str, words: str) -> None:
    page.goto(f"{url}/bibliotheque/")
    page.get_by_label("Que cherchez-vous").fill(words)
    push(page, "Rechercher")


def test_an_initiative_found_by_a_misspelt_word_leads_to_tell_another(
    page, own_site, browser
):
    search(page, own_site.url, "repertoir pour travaileurs sociaus")
    assert_reads_well(page)
    turn(page, page.locator("main li h2 a").first)
    expect(page.locator("h1")).to_contain_text("Un répertoire de l’aide numérique")
    page.get_by_label("Mon territoire").fill("Perigueux")
    push(page, "Comparer")
    expect(page.locator("main table")).to_contain_text("CA Le Grand Périgueux")
    assert_reads_well(page)

    follow(page, "La bibliothèque")
    follow(page, "Raconter une initiative")
    push(page, "Proposer cette initiative")
    expect(page.get_by_role("alert")).to_be_visible()
    assert_reads_well(page)
    for name, words in TOLD.items():
        page.locator(f"main [name={name}]").fill(words)
    push(page, "Proposer cette initiative")
    expect(page.get_by_role("status")).to_contain_text("Rien n’est public")
    search(page, own_site.url, "triporteur")
    expect(page.locator("main")).not_to_contain_text(TITLE)

    centre = browser.new_page(locale="fr-FR")
    sign_in(centre, own_site)
    centre.goto(f"{own_site.url}/espaces/1/propositions/")
    follow(centre, TITLE)
    expect(centre.locator("main")).to_contain_text(TOLD["conditions"])
    assert_reads_well(centre)
    push(centre, "Publier cette initiative")
    expect(centre.locator("h1")).to_have_text(TITLE)
    centre.close()

    search(page, own_site.url, "tripporteur immeuble")
    turn(page, page.get_by_role("link", name=TITLE))
    expect(page.locator("main")).to_contain_text(TOLD["cost"])
    assert_reads_well(page)
