"""An officer crosses two questions, keeps the table, composes and publishes."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.walks import assert_reads_well, push, sign_in, turn

SURVEY = "Numérique et territoires"


def _open_survey(page, site) -> str:
    """The page of the demonstration's survey; its address."""
    sign_in(page, site)
    page.goto(f"{site.url}/enquetes/1/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(SURVEY)
    return f"{site.url}/enquetes/1"


def test_an_officer_crosses_keeps_composes_and_publishes(page, site):
    survey = _open_survey(page, site)

    turn(page, page.get_by_role("link", name="Table d’analyse"))
    page.get_by_label("Lignes").select_option("profile")
    page.get_by_label("Colonnes").select_option("S2")
    push(page, "Faire le tableau")
    expect(page.locator("main table")).to_contain_text("%")
    assert_reads_well(page)
    page.get_by_label("Titre du tableau").fill("Instance, selon le rôle")
    push(page, "Garder pour la synthèse")
    expect(page.locator("main")).to_contain_text("Instance, selon le rôle")

    page.goto(f"{survey}/synthese/")
    assert_reads_well(page)
    page.get_by_label("Titre").fill("Ce que nous retenons")
    push(page, "Ajouter le chapitre")
    turn(page, page.get_by_role("link", name="Ajouter à « Ce que nous retenons »"))
    page.get_by_label("Que montrer").select_option("text")
    page.get_by_label("texte").fill("Trois priorités reviennent partout.")
    assert_reads_well(page)
    push(page, "Enregistrer")
    push(page, "Monter – Ce que nous retenons")
    chapters = page.locator("main h2").all_inner_texts()
    assert chapters.index("Ce que nous retenons") == len(chapters) - 3

    turn(page, page.get_by_role("link", name="Publier la synthèse"))
    assert_reads_well(page)
    # The page follows the check of the tables, and opens by itself once it has ended.
    site.work()
    push(page, "Publier la synthèse")
    turn(page, page.get_by_role("link", name="Adresse publique"))
    turn(page, page.get_by_role("link", name="Ce que nous retenons"))
    expect(page.locator("main")).to_contain_text("Trois priorités reviennent partout.")
    assert_reads_well(page)


def test_a_visitor_reads_the_synthesis_on_a_phone(page, site):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{site.url}/syntheses/")
    page.locator("main a").first.click()

    assert_reads_well(page)
    turn(page, page.get_by_role("link", name="Données et méthode"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("D’où viennent")
    assert_reads_well(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
