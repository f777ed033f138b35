"""A roadmap is evaluated: a plan, a baseline, a measure, reviews; then it is told."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.walks import assert_reads_well, follow, push, sign_in

NEED = "Des personnes âgées renoncent aux démarches en ligne"


def test_a_team_plans_its_evaluation_notes_where_it_starts_holds_reviews_and_tells_it(
    page, site, browser
):
    sign_in(page, site)
    open_a_roadmap(page)
    begin(page)
    write_the_theory(page)
    ask_a_question(page)
    note_a_baseline_and_a_measure(page)
    hold_a_review(page)
    hold_a_progress_review(page)
    address = publish_what_changed(page, site)
    a_visitor_reads_it(browser, address)


def open_a_roadmap(page: Page) -> None:
    follow(page, re.compile("CC d’Exemple|Équipe"))
    follow(page, re.compile("feuilles de route"))
    follow(page, "Commencer une feuille de route")
    page.get_by_label("Titre", exact=True).fill("Feuille de route évaluée")
    push(page, "Ouvrir la feuille de route")


def begin(page: Page) -> None:
    """The common core is ticked; one thing is unticked, the rest stays."""
    follow(page, "Ce qu’elle change")
    assert_reads_well(page)
    page.get_by_label("Que voulez-vous savoir, et pour qui").fill("Décider de la suite")
    page.get_by_label(re.compile("Temps de médiation")).uncheck()
    push(page, "Commencer l’évaluation")
    expect(page.get_by_text("11 indicateurs sont suivis")).to_be_visible()
    assert_reads_well(page)


def write_the_theory(page: Page) -> None:
    """One question at a time: the first of what is left, then the next one."""
    follow(page, "Que manque-t-il aujourd’hui, et à qui")
    page.get_by_label("Que manque-t-il aujourd’hui, et à qui").fill(NEED)
    push(page, "Garder, et passer à la question suivante")
    page.get_by_label("À quoi ressemblera le territoire").fill("Chacun est aidé")
    push(page, "Garder, et voir l’ensemble")
    follow(page, re.compile("^Dire d’où vient"))
    page.get_by_label(re.compile(NEED)).check()
    push(page, "Garder les liens")
    drawing = page.get_by_role("img", name="De ce qui manque à ce qui est fait")
    expect(drawing).to_be_visible()
    expect(page.get_by_text(re.compile(f"Vient de.*{NEED}"))).to_be_visible()
    assert_reads_well(page)


def ask_a_question(page: Page) -> None:
    follow(page, "L’évaluation")
    follow(page, re.compile("À quoi l’évaluation doit-elle répondre"))
    page.get_by_label("La question").fill("Qui vient ?")
    page.get_by_label("Que demande-t-elle").select_option(index=1)
    push(page, "Ajouter cette question")
    expect(page.get_by_text("Qui vient ?", exact=True)).to_be_visible()
    assert_reads_well(page)


def note_a_baseline_and_a_measure(page: Page) -> None:
    """A wrong unit is told, then mended."""
    follow(page, "L’évaluation")
    follow(page, "Personnes accompagnées")
    follow(page, "Noter la situation de départ")
    page.get_by_label(re.compile("D’où part-il")).fill("12 %")
    page.get_by_label("À quelle date").fill("2025-01-31")
    page.get_by_label("D’après quelle source").fill("Carnet de bord")
    push(page, "Noter")
    expect(page.get_by_text(re.compile("autre unité"))).to_be_visible()
    page.get_by_label(re.compile("D’où part-il")).fill("120")
    push(page, "Noter")
    follow(page, "Noter une mesure")
    page.get_by_label("À quelle date").fill("2026-01-31")
    page.get_by_label(re.compile("Ce qui est mesuré")).fill("150")
    push(page, "Noter cette mesure")
    expect(page.get_by_text("Il a augmenté de 30 personnes.").first).to_be_visible()
    assert_reads_well(page)


def hold_a_review(page: Page) -> None:
    follow(page, "L’évaluation")
    follow(page, "Écrire une revue")
    said = {
        "Qu’est-ce qui a changé": "Plus de monde vient ; nous y avons aidé.",
        "Qu’est-il arrivé que personne": "Des élus viennent voir.",
        "Qu’est-ce qui s’est mal passé": "Le jeudi vide la médiathèque.",
        "Qu’est-il décidé pour la suite": "Garder le jeudi.",
    }
    for label, text in said.items():
        page.get_by_label(label).fill(text)
    push(page, "Garder la revue")
    expect(page.get_by_text("Le jeudi vide la médiathèque.")).to_be_visible()
    assert_reads_well(page)
    follow(page, "L’évaluation")
    expect(page.get_by_text("Garder le jeudi.")).to_be_visible()


def hold_a_progress_review(page: Page) -> None:
    """The dashboard is frozen with a comment; a decision is noted."""
    follow(page, "Le tableau de bord")
    expect(page.get_by_role("cell", name="150 personnes")).to_be_visible()
    assert_reads_well(page)
    follow(page, "Faire un point d’étape")
    page.get_by_label("Ce que le comité de pilotage doit savoir").fill("Ça avance.")
    push(page, "Garder ce point d’étape")
    page.get_by_text("Une décision de plus").click()
    page.get_by_label("Qu’est-ce qui est décidé").fill("Ouvrir le mardi")
    push(page, "Garder cette décision")
    expect(page.get_by_text("Ouvrir le mardi", exact=True)).to_be_visible()
    assert_reads_well(page)


def publish_what_changed(page: Page, site) -> str:
    """Nobody but the team reads it before; the address of the public page."""
    follow(page, "Ce qu’elle a changé, pour tous")
    follow(page, "Écrire cette page")
    page.get_by_label("Qu’avez-vous fait").fill("Une permanence a ouvert.")
    page.get_by_label("Qu’est-ce qui n’a pas marché").fill("Le jeudi.")
    push(page, "Garder cette page")
    assert_reads_well(page)
    follow(page, "Rendre publique")
    push(page, "Rendre publique")
    link = page.get_by_role("link", name="la page publique")
    return f"{site.url}{link.get_attribute('href')}"


def a_visitor_reads_it(browser: Browser, address: str) -> None:
    """Without an account: the figures, what did not work, the targets beside."""
    visitor = browser.new_context(locale="fr-FR").new_page()
    assert visitor.goto(address).status == 200
    for words in ("Une permanence a ouvert.", "Le jeudi.", "150 personnes"):
        expect(visitor.get_by_text(words).first).to_be_visible()
    expect(visitor.get_by_text("8 000 000").first).to_be_visible()
    assert_reads_well(visitor)
    visitor.context.close()
