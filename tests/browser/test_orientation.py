"""A referrer leads somebody to a place, which says by its link that they came."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Page, expect

from tests.browser.walks import DESK, PHONE, assert_reads_well, follow, push


def test_a_slip_is_prepared_in_a_minute_and_the_place_answers(
    page: Page, browser: Browser, world
):
    site, pages = world
    cookie = {"name": "sessionid", "value": pages["session"], "url": site.url}
    page.context.add_cookies([cookie])
    page.set_viewport_size(DESK)

    page.goto(urljoin(site.url, pages["owner"]["directory:show"]))
    follow(page, "Préparer une fiche d’orientation")
    assert_reads_well(page)
    page.get_by_label("Comment s’y rendre").fill("Mme Durand, 06 12 34 56 78")
    push(page, "Préparer la fiche")
    expect(page.get_by_label("Comment s’y rendre")).to_have_attribute(
        "aria-invalid", "true"
    )

    page.get_by_label("Comment s’y rendre").fill("Bus 3, arrêt Mairie")
    page.get_by_label("une pièce d’identité").check()
    page.get_by_label("Qui demander").select_option("reception")
    push(page, "Préparer la fiche")
    assert_reads_well(page)
    expect(page.get_by_role("button", name="Copier le texte")).to_be_visible()
    message = page.get_by_label("Texte à copier").input_value()
    assert "Demandez : L'accueil" in message
    slip, link = page.url, page.get_by_label("Lien pour le lieu").input_value()

    with browser.new_context(locale="fr-FR", viewport=PHONE) as nobody:
        place = nobody.new_page()
        place.goto(urljoin(site.url, urlsplit(link).path))
        assert_reads_well(place)
        push(place, "La personne est venue")
        expect(place.get_by_role("status").last).to_contain_text(
            "la personne est venue"
        )

    page.goto(slip)
    expect(page.locator(".lead")).to_contain_text("la personne est venue")
