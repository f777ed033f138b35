"""A newcomer signed in as the officer is shown what the demonstration holds."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.walks import follow, sign_in

SEEN = {
    "Les EPCI décident par leur propre lien": (
        "en attente",
        "validée telle quelle",
        "corrigée, puis validée",
        "publication refusée",
    ),
    "Ce qui a changé": ("EPCI ont répondu aux deux vagues", "Intervalle à 95"),
    "Saisir ce qui vient sur papier": ("Les deux saisies diffèrent",),
    "Retours aux EPCI": ("3 ont été envoyés",),
}


def test_the_officer_is_led_to_two_waves_to_decisions_and_to_a_sheet(page, site):
    sign_in(page, site)
    page.goto(f"{site.url}/espaces/")
    follow(page, "Que voir dans cette démonstration")
    visit = page.url

    for title, words in SEEN.items():
        page.goto(visit)
        follow(page, title)
        expect(page.get_by_role("complementary").first).to_contain_text("SIMUL")
        for one in words:
            expect(page.locator("main")).to_contain_text(one)

    page.goto(visit)
    links = page.locator("main li a").evaluate_all("all => all.map(one => one.href)")
    assert len(links) >= 16
    assert {200} == {page.request.get(link).status for link in links}
