"""The officer adds an actor, fills in its roles, reads the gaps, prints the table."""

from __future__ import annotations

from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.walks import assert_reads_well, follow, push, sign_in

NAME = "Recyclerie du Pont d’Exemple"


def test_an_officer_adds_an_actor_fills_in_its_roles_and_prints(page, site):
    sign_in(page, site)
    page.goto(f"{site.url}/espaces/")
    follow(page, "Équipe du Grand Périgueux (démonstration)")
    follow(page, "Les acteurs")
    assert_reads_well(page)

    follow(page, "Ajouter un acteur")
    assert_reads_well(page)
    page.get_by_label("Nom", exact=True).fill(NAME)
    page.get_by_label("Famille", exact=True).select_option("associations")
    push(page, "Ajouter l’acteur")

    follow(page, "Remplir ses rôles")
    assert_reads_well(page)
    page.get_by_label("Financer", exact=True).select_option("does")
    push(page, "Enregistrer le tableau")
    expect(page.locator(".messages")).to_contain_text("1 case est changée")
    expect(page.locator("main")).to_contain_text(f"Financer\u00a0: seul «\u00a0{NAME}")
    assert_reads_well(page)

    link = page.get_by_role("link", name="Rempli, A3 (PDF)").get_attribute("href")
    board = page.request.get(f"{site.url}{link}")
    text = PdfReader(BytesIO(board.body())).pages[0].extract_text()
    assert NAME.replace("’", "'") in text.replace("’", "'")
    assert "SIMULÉ" in text
