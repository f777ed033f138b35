"""A whole survey, by one officer: from the questionnaire to the published synthesis."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser import collecting, deciding
from tests.browser.walks import assert_reads_well, follow, push, sign_in

QUESTIONNAIRE = "Maturité de nos territoires"
SURVEY = "Où en sont nos territoires\u202f?"


@pytest.fixture
def visitor(browser, site):
    """Somebody else, on a device of their own, who never signs in."""
    context = browser.new_context(
        locale="fr-FR", base_url=site.url, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def test_an_officer_runs_a_survey_from_the_questionnaire_to_the_synthesis(
    page, site, visitor
):
    sign_in(page, site)
    write_a_questionnaire(page)
    survey = open_a_survey(page, site)

    collecting.invite_three_territories(page, site, survey)
    collecting.answer_by_link(visitor, site)
    collecting.stop_the_mails(visitor, site)
    collecting.follow_up(page, survey)
    collecting.key_a_sheet(page, survey)
    collecting.import_a_file_with_five_bad_rows(page, site, survey)

    deciding.reconcile_one_territory(page, survey)
    deciding.ask_the_epci(page, site, survey)
    deciding.decide_by_link(visitor, site)
    deciding.read_the_decisions(page, survey)
    close(page, survey)
    deciding.send_the_returns(page, site, survey)
    deciding.read_the_return(visitor, site)

    publish_the_synthesis(page, visitor, survey)


def write_a_questionnaire(page: Page) -> None:
    """A copy with one question in other words, published as a first version."""
    follow(page, re.compile("Centre de ressources"))
    follow(page, "Nos questionnaires")
    follow(page, re.compile("^Copier.*Maturité numérique du territoire"))
    assert_reads_well(page)
    page.get_by_role("textbox").last.fill(QUESTIONNAIRE)
    push(page, "Copier le questionnaire")
    follow(page, "Toutes les parties sur une page")
    follow(page, "Le sujet du numérique est-il porté politiquement\u202f?")
    assert_reads_well(page)
    page.locator("#f-text_fr").fill("Un élu porte-t-il le numérique\u202f?")
    push(page, "Enregistrer")
    page.locator("#f-same").check()
    push(page, "Enregistrer")
    follow(page, "Publier…")
    page.locator("#f-note").fill("Question P2 reformulée.")
    push(page, "Publier cette version")
    expect(page.locator(".messages")).to_contain_text("La version 1 est publiée")


def open_a_survey(page: Page, site) -> str:
    """A survey on that questionnaire, open today; its address."""
    page.goto(f"{site.url}/espaces/1/enquetes/nouvelle/")
    assert_reads_well(page)
    page.locator("[name=title]").fill(SURVEY)
    version = page.locator("[name=version] option", has_text=QUESTIONNAIRE)
    page.locator("[name=version]").select_option(version.first.get_attribute("value"))
    page.locator("[name=opens_on]").fill("2024-01-01")
    in_a_year = date.today() + timedelta(days=365)
    page.locator("[name=closes_on]").fill(in_a_year.isoformat())
    page.locator("[name=notice_rights]").fill("Écrire à droits@exemple.fr.")
    page.locator("[name=notice_announces_class]").check()
    push(page, "Créer l’enquête")
    expect(page.get_by_role("heading", level=1)).to_have_text(SURVEY)
    assert_reads_well(page)
    return page.url


def close(page: Page, survey: str) -> None:
    page.goto(f"{survey}fermer/")
    assert_reads_well(page)
    push(page, "Clôturer l’enquête")
    expect(page.locator("main")).to_contain_text("17")
    assert_reads_well(page)


def publish_the_synthesis(page: Page, visitor: Page, survey: str) -> None:
    """From the plan proposed, less what cannot be shown; then read by a passer-by."""
    page.goto(f"{survey}synthese/")
    assert_reads_well(page)
    push(page, "Commencer par un plan proposé")
    assert_reads_well(page)
    follow(page, "Publier la synthèse")
    expect(page.locator("main")).to_contain_text("Aucune citation n’est encore retenue")
    assert_reads_well(page)
    follow(page, "Revenir à la synthèse")
    follow(page, re.compile("Retirer.*Paroles recueillies"))
    push(page, "Retirer")
    follow(page, "Publier la synthèse")
    assert_reads_well(page)
    push(page, "Publier la synthèse")
    public = page.get_by_role("link", name="Adresse publique").get_attribute("href")
    visitor.goto(public)
    expect(visitor.locator("main")).to_contain_text("17 répondants, 3 EPCI sur 154")
    assert_reads_well(visitor)
