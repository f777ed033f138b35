"""A passkey made and used in Chromium, whose own virtual device answers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walks import assert_reads_well, follow, push, sign_in


@pytest.fixture
def telephone(page: Page):
    """A device that asks for the finger, and recognises it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def passkeys() -> int:
        found = session.send("WebAuthn.getCredentials", made)
        return len(found["credentials"])

    return passkeys


def test_a_passkey_is_made_signs_in_is_renamed_and_removed(page, site, telephone):
    named = site.named
    sign_in(page, named)
    follow(page, "Mes clés d’accès")
    follow(page, "Ajouter une clé d’accès")
    page.get_by_label("Un nom pour la reconnaître").fill("Mon téléphone")
    assert_reads_well(page)

    push(page, "Créer la clé d’accès")

    expect(page.locator("main")).to_contain_text("Mon téléphone")
    assert telephone() == 1
    assert_reads_well(page)

    page.context.clear_cookies()
    page.goto(f"{named.url}/connexion/?next=/compte/cles/")
    assert_reads_well(page)
    push(page, "Utiliser ma clé d’accès")

    expect(page.get_by_role("heading", level=1)).to_have_text("Mes clés d’accès")
    expect(page.locator("main")).to_contain_text("utilisée la dernière fois")

    follow(page, "Renommer « Mon téléphone »")
    page.get_by_label("Un nom pour la reconnaître").fill("Bureau")
    push(page, "Enregistrer le nom")
    follow(page, "Retirer « Bureau »")
    push(page, "Retirer cette clé d’accès")
    expect(page.locator("main")).to_contain_text("Vous n’en avez pas encore.")

    page.context.clear_cookies()
    page.goto(f"{named.url}/connexion/")
    push(page, "Utiliser ma clé d’accès")

    expect(page.locator("body")).to_contain_text("n’est pas connue ici")


def test_a_device_without_passkey_says_so_on_the_page(page, site, telephone):
    page.goto(f"{site.named.url}/connexion/")

    page.get_by_role("button", name="Utiliser ma clé d’accès").click()

    expect(page.locator("[data-refused]")).to_be_visible(timeout=15_000)
