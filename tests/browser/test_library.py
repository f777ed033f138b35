"""A visitor finds an initiative, tells another; the centre reads it; it is found."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.walks import assert_reads_well, follow, push, sign_in, turn

TITLE = "Un triporteur au pied des immeubles"
TOLD = {
    "Titre": TITLE,
    "En quelques mots": "Deux tablettes et un médiateur, le mercredi.",
    "Le problème rencontré": "Les habitants ne vont pas jusqu’à la médiathèque.",
    "Ce qui a été fait": "Un triporteur s’arrête au pied des immeubles.",
    "Ce que cela coûte": "Un triporteur, deux tablettes, une demi-journée.",
    "Pour le faire ailleurs": "Un endroit abrité, prêté par le bailleur.",
    "Code postal": "24000",
    "Commune": "Périgueux",
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
    for label, words in TOLD.items():
        page.get_by_label(label, exact=True).fill(words)
    push(page, "Proposer cette initiative")
    expect(page.get_by_role("status")).to_contain_text("Rien n’est encore public")
    search(page, own_site.url, "triporteur")
    expect(page.locator("main")).not_to_contain_text(TITLE)

    centre = browser.new_page()
    sign_in(centre, own_site)
    centre.goto(f"{own_site.url}/espaces/1/propositions/")
    follow(centre, TITLE)
    expect(centre.locator("main")).to_contain_text(TOLD["Pour le faire ailleurs"])
    assert_reads_well(centre)
    push(centre, "Publier cette initiative")
    expect(centre.locator("h1")).to_have_text(TITLE)
    centre.close()

    search(page, own_site.url, "tripporteur immeuble")
    turn(page, page.get_by_role("link", name=TITLE))
    expect(page.locator("main")).to_contain_text(TOLD["Ce que cela coûte"])
    assert_reads_well(page)
