"""From those to support first to two territories asked, by one officer."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.walks import assert_reads_well, follow, push, sign_in, turn


def test_an_officer_goes_from_the_target_list_to_a_proposal_of_exchange(page, own_site):
    sign_in(page, own_site)
    page.goto(f"{own_site.url}/espaces/1/cockpit/")
    follow(page, "À accompagner d’abord")
    turn(page, page.locator("table tbody th a").last)
    name = page.locator("h1").inner_text()
    follow(page, "Le mettre en lien avec un autre territoire")
    assert_reads_well(page)
    expect(page.locator("main ol > li").first).to_contain_text("Enjeux en commun")

    other = page.locator("main ol > li").last.locator("strong").first.inner_text()
    turn(page, page.get_by_role("link", name="Proposer cet échange").last)
    assert_reads_well(page)
    push(page, "Solliciter les deux équipes")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Sur quel sujet échangeraient-ils").fill("Former les aidants")
    push(page, "Solliciter les deux équipes")

    expect(page.locator(".messages")).to_contain_text("sollicitées")
    expect(page.locator("h1")).to_contain_text(name)
    expect(page.locator("h1")).to_contain_text(other)
    assert_reads_well(page)
    # The centre notes the answer of a territory that has no team.
    page.get_by_text("Noter la réponse de").first.click()
    page.get_by_label("Non, pas maintenant").first.check()
    page.get_by_label("pourquoi").first.fill("Pas cette année")
    page.get_by_label("Comment le savez-vous").first.fill("Un appel")
    push(page, "Envoyer la réponse")
    expect(page.locator(".say").first).to_contain_text("N’a pas commencé")
    follow(page, "Échanges avec un autre territoire")
    expect(page.locator("main")).to_contain_text("Former les aidants")
