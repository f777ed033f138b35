"""A facilitator and a participant hold a whole workshop with the keyboard alone.

On PostgreSQL too, where each request goes to another of two machines.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import gathering
from tests.browser.hearing import heard, listen
from tests.browser.keys import press, reach, write
from tests.browser.walks import DESK, PHONE, sign_in


def grade(page: Page, axis: str, value: int) -> None:
    """The arrows go from grade to grade; the Tab key leaves the scale whole."""
    reach(page, page.locator(f"input[name={axis}][value='1']"))
    page.keyboard.press("Space")
    for _step in range(value - 1):
        page.keyboard.press("ArrowRight")


def send(phone: Page, name: str) -> None:
    """What the script of the page sends: the page stays, its focus follows."""
    reach(phone, phone.get_by_role("button", name=name))
    phone.keyboard.press("Enter")


@pytest.mark.many
def test_a_whole_workshop_is_held_with_the_keyboard_alone(
    page: Page, browser: Browser, hall
):
    sign_in(page, hall)
    page.set_viewport_size(DESK)
    console = gathering.prepare(page, hall, "Sans souris")
    press(page, "button", "Ouvrir l’atelier")
    phone = browser.new_context(locale="fr-FR", viewport=PHONE).new_page()
    join(phone, hall, gathering.code_of(page))

    write_two_ideas(phone)
    gather(page)
    projector = page.context.new_page()
    projector.goto(f"{console}projection/")
    for one in (projector, phone):
        listen(one)
    rate(page, phone)
    hear(projector, phone)
    word_a_stake(page)
    ask_for_the_minutes(phone)
    write_the_minutes(page)
    phone.context.close()


def join(phone: Page, site, code: str) -> None:
    phone.goto(f"{site.url}/atelier/")
    write(phone, "Six lettres", code)
    press(phone, "button", "Continuer")
    write(phone, "Votre prénom, ou un pseudonyme", "Amina")
    press(phone, "button", "Participer")


def write_two_ideas(phone: Page) -> None:
    for words in ("Les guichets ferment", "Plus de guichets"):
        write(phone, "Votre idée, en une phrase", words)
        reach(phone, phone.get_by_label("Facteur de changement"))
        phone.keyboard.press("Space")
        phone.keyboard.press("ArrowDown")
        expect(phone.get_by_label("Facteur d’inertie")).to_be_checked()
        send(phone, "Envoyer cette idée")
        expect(phone.locator("main")).to_contain_text(f"{words} Modifier")
        expect(phone.locator("h1")).to_be_focused()


def gather(page: Page) -> None:
    press(page, "button", "Montrer les résultats à la salle", "Space")
    press(page, "button", "Regrouper ·")
    press(page, "link", "Regrouper les idées")
    press(page, "button", "Réunir · Plus de guichets")
    press(page, "button", "Séparer · Plus de guichets")
    press(page, "button", "Réunir · Plus de guichets")
    press(page, "link", "La console")


def rate(page: Page, phone: Page) -> None:
    """A grade left out is told where one reads, and what was given is still there."""
    press(page, "button", "Y aller · Impact et maîtrise")
    press(page, "button", "Reprendre les idées du mur précédent")
    press(page, "button", re.compile("^Lancer"))
    expect(phone.locator("h1")).to_have_text("Les guichets ferment")
    grade(phone, "impact", 5)
    send(phone, "Envoyer ma réponse")
    expect(phone.get_by_role("alert")).to_be_focused()
    expect(phone.locator("input[name=impact][value='5']")).to_be_checked()
    grade(phone, "mastery", 2)
    send(phone, "Envoyer ma réponse")
    expect(phone.get_by_role("button", name="Modifier ma réponse")).to_be_visible()
    press(page, "button", "Montrer les résultats à la salle")
    expect(
        page.get_by_role("row", name=re.compile("Les guichets ferment"))
    ).to_have_text(re.compile("1Les guichets ferment411"))


def hear(projector: Page, phone: Page) -> None:
    """A question is told once, a vote that counts once; a clock and a room never."""
    expect(projector.locator("main")).to_contain_text("Les guichets ferment")
    expect(projector.locator(".timer")).to_have_text(re.compile(r"^\d\d:\d\d$"))

    assert 1 == heard(phone).count("Les guichets ferment")
    assert [] == heard(projector)


def word_a_stake(page: Page) -> None:
    press(page, "button", "Conclure ·")
    press(page, "link", "Formuler les enjeux")
    write(page, "1. Les guichets ferment", "Comment rester proches ?")
    press(page, "button", "Transmettre ces enjeux")
    expect(page.locator("main")).to_contain_text("Comment rester proches ?")


def ask_for_the_minutes(phone: Page) -> None:
    reach(phone, phone.locator("summary", has_text="Recevoir le compte rendu"))
    phone.keyboard.press("Enter")
    write(phone, "Votre adresse électronique", "amina@clavier.invalid")
    press(phone, "button", "Me l’envoyer")
    expect(phone.locator("main")).to_contain_text("amina@clavier.invalid")


def write_the_minutes(page: Page) -> None:
    press(page, "link", "La console")
    press(page, "button", "Fermer l’atelier")
    press(page, "link", "Compte rendu")
    press(page, "button", "Écrire le brouillon")
    write(page, "Décisions, une par ligne", "Un accueil par commune")
    press(page, "button", "Garder le compte rendu")
    expect(page.get_by_label("Décisions")).to_have_value("Un accueil par commune")
    press(page, "link", "L’envoyer à qui l’a accepté")
    press(page, "button", "Envoyer le compte rendu à 1 personne")
    expect(page.locator("main")).to_contain_text("Envoyé le jour même")
