"""One projector and five telephones play the prospective workshop, to its minutes.

On PostgreSQL too, where each request goes to another of two machines.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import gathering
from tests.browser.walks import (
    DESK,
    assert_reads_well,
    follow,
    link_in,
    mail_to,
    push,
    sign_in,
)

ADDRESS = "amina@essai.invalid"
STAKE = "Comment garder un accueil près de chacun"
KEPT = ("Un accueil dans chaque commune", "La carte des guichets, en mai")
# What each wrote, whether it is a change, its category; Rose says what Amina says.
IDEAS = {
    "Amina": ("La fibre partout", "Facteur de changement", "technologique"),
    "Luc": ("Les guichets ferment", "Facteur d’inertie", "politique"),
    "Rose": ("Plus de fibre", "Facteur de changement", ""),
    "Omar": ("Tout se fait en ligne", "Facteur de changement", "social"),
    "Zoé": ("Peu de conseillers", "Facteur d’inertie", "économique"),
}
# Impact and mastery of each item, from everybody; of the last, impacts that differ.
GRADES = {1: (2, 4), 2: (5, 1), 3: (4, 5), 4: (0, 3)}
LAST = 4
DIVIDED = dict(zip(IDEAS, (1, 5, 1, 5, 1), strict=True))
QUADRANTS = (
    "Enjeux critiques : investir",
    "Atouts à conforter",
    "Acquis à entretenir",
    "À surveiller",
)
# N°, item, then Σ (grade − 1) of five people on each axis: 5 × 4, 5 × 3, 2 × 4, 5 × 1.
ORDER = (
    "2Les guichets ferment2005",
    "3Tout se fait en ligne15205",
    "4Peu de conseillers8105",
    "1La fibre partout5155",
)


@pytest.mark.many
def test_five_telephones_and_a_projector_go_from_the_code_to_the_minutes(
    page: Page, browser: Browser, hall
):
    sign_in(page, hall)
    page.set_viewport_size(DESK)
    console = gathering.prepare(page, hall, "Demain le numérique")
    push(page, "Ouvrir l’atelier")
    projector = page.context.new_page()
    projector.goto(f"{console}projection/")
    code = gathering.code_of(page)
    expect(projector.locator(".join b")).to_have_text(code)
    phones = {one: gathering.joins(browser, hall, code, one) for one in IDEAS}
    expect(projector.locator(".join")).to_contain_text("5 personnes")

    write(phones)
    gather(page, projector, phones)
    rate(page, projector, phones)
    discuss(page, projector)
    word_the_stakes(page, projector)
    ask_for_the_minutes(phones["Amina"])
    write_the_minutes(page, console)
    send_the_minutes(page, hall, phones["Amina"])
    expect(projector.locator("h1")).to_contain_text("L’atelier est fermé")
    for phone in phones.values():
        phone.context.close()


def write(phones: dict[str, Page]) -> None:
    for alias, (text, direction, category) in IDEAS.items():
        phone = phones[alias]
        phone.get_by_label("Votre idée, en une phrase").fill(text)
        phone.get_by_label(direction).check()
        if category:
            phone.locator("#category").select_option(label=category.capitalize())
        phone.get_by_role("button", name="Envoyer cette idée").click()
        expect(
            phone.get_by_role("heading", name="Ce que vous avez écrit")
        ).to_be_visible()
    assert_reads_well(phones["Amina"])


def gather(page: Page, projector: Page, phones: dict[str, Page]) -> None:
    """Hidden while it is written; shown, the ideas that say the same are one."""
    expect(page.locator("#now")).to_contain_text("Peu de conseillers")
    expect(projector.locator("#board")).not_to_contain_text("conseillers")
    push(page, "Montrer les résultats à la salle")
    expect(projector.locator("#board li")).to_have_count(5)
    push(page, "Regrouper ·")
    follow(page, "Regrouper les idées")
    page.get_by_label("Le n° 3 rejoint").select_option(label="1. La fibre partout")
    push(page, "Réunir · Plus de fibre")
    first = projector.locator("#board li").first
    expect(first).to_contain_text("2 voix")
    expect(first).to_contain_text("facteur de changement · technologique")
    expect(phones["Rose"].locator("main")).to_contain_text(
        "réunie avec « La fibre partout »".replace("« ", "«\u00a0").replace(
            " »", "\u00a0»"
        )
    )
    assert_reads_well(projector)
    follow(page, "La console")


def rate(page: Page, projector: Page, phones: dict[str, Page]) -> None:
    """Every item on the two axes; the room sees no grade before it is shown."""
    push(page, "Y aller · Impact et maîtrise")
    push(page, "Reprendre les idées du mur précédent")
    refused_without_a_grade(phones["Luc"])
    for alias, phone in phones.items():
        for number, (impact, mastery) in GRADES.items():
            expect(phone.locator(".progress")).to_contain_text(f"item {number} sur 4")
            given = DIVIDED[alias] if number == LAST else impact
            grade(phone, "Quel impact", given)
            grade(phone, "À quel point", mastery)
            phone.get_by_role("button", name="Suivant").click()
        expect(phone.get_by_role("button", name="Modifier ma réponse")).to_be_visible()
    expect(projector.locator(".join")).to_contain_text("5 ont répondu")
    expect(projector.locator("#board")).to_contain_text("restent cachés")
    expect(projector.locator("#matrix")).to_have_count(0)
    push(page, "Montrer les résultats à la salle")


def refused_without_a_grade(phone: Page) -> None:
    """What is missing is said where the eyes are, at the top of a small screen."""
    grade(phone, "Quel impact", 3)
    phone.get_by_role("button", name="Suivant").click()
    expect(phone.get_by_role("alert")).to_be_in_viewport()
    expect(phone.get_by_role("alert")).to_be_focused()


def grade(phone: Page, question: str, value: int) -> None:
    axis = phone.get_by_role("group", name=question)
    axis.locator("label", has_text=str(value)).click()


def discuss(page: Page, projector: Page) -> None:
    """The four quadrants, the order of the points, and what divides the room."""
    expect(projector.locator("#matrix")).to_be_visible()
    for name in QUADRANTS:
        expect(projector.locator("#matrix")).to_contain_text(name)
    rows = projector.locator("#board tbody tr")
    for row, words in zip(range(4), ORDER, strict=True):
        expect(rows.nth(row)).to_have_text(words)
    push(page, "Discuter ·")
    expect(projector.locator(".stagebar")).to_contain_text("Discuter")
    expect(projector.locator(".say")).to_contain_text("4 Peu de conseillers")
    expect(projector.locator(".say")).not_to_contain_text("La fibre partout")
    assert_reads_well(projector)


def word_the_stakes(page: Page, projector: Page) -> None:
    """What is critical is proposed as a question; what is no question is refused."""
    push(page, "Conclure ·")
    follow(page, "Formuler les enjeux")
    critical = page.get_by_label("2. Les guichets ferment")
    expect(critical).to_have_value(re.compile("^Comment .*Les guichets ferment.*\\?$"))
    critical.fill("Ouvrir des guichets")
    push(page, "Transmettre ces enjeux")
    expect(page.get_by_role("alert")).to_be_visible()
    critical.fill(f"{STAKE} ?")
    push(page, "Transmettre ces enjeux")
    expect(projector.locator("h1")).not_to_be_empty()
    follow(page, "La console")


def ask_for_the_minutes(phone: Page) -> None:
    phone.get_by_text("Recevoir le compte rendu").click()
    phone.get_by_label("Votre adresse électronique").fill(ADDRESS)
    push(phone, "Me l’envoyer")
    expect(phone.locator("main")).to_contain_text(f"sera envoyé à {ADDRESS}")


def write_the_minutes(page: Page, console: str) -> None:
    """The draft has everything that was counted; the team adds what was decided."""
    page.goto(console)
    push(page, "Fermer l’atelier")
    follow(page, "Compte rendu")
    push(page, "Écrire le brouillon")
    opening = page.get_by_label("Objet de la rencontre")
    expect(opening).to_have_value(re.compile("^5 personnes ont participé"))
    expect(page.get_by_label("Décisions")).to_have_value(
        re.compile("Les guichets ferment")
    )
    page.get_by_label("Décisions").fill(KEPT[0])
    page.get_by_label("Et après").fill(KEPT[1])
    push(page, "Garder le compte rendu")
    for format in ("pdf", "docx"):
        link = page.get_by_role("link", name=format.upper()).first
        words = gathering.words_of(page, link.get_attribute("href"))
        for one in (*KEPT, STAKE, "La fibre partout"):
            assert one in words, (format, words)
        assert "Zoé" not in words


def send_the_minutes(page: Page, site, phone: Page) -> None:
    follow(page, "L’envoyer à qui l’a accepté")
    expect(page.locator("main")).to_contain_text(ADDRESS)
    push(page, "Envoyer le compte rendu à 1 personne")
    expect(page.locator("main")).to_contain_text("Envoyé le jour même")
    site.send_mail()
    phone.goto(link_in(mail_to(site, ADDRESS), "compte-rendu"))
    expect(phone.locator("main")).to_contain_text(KEPT[0])
    assert_reads_well(phone)
    printed = phone.get_by_role("link", name="PDF").get_attribute("href")
    assert "Les guichets ferment" in gathering.words_of(phone, printed)
