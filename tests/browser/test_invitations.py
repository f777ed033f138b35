"""An officer invites three territories, a person answers, another stops the mails, and
one answer on paper is keyed twice with one difference."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.walks import sign_in

LINES = """\
Une;une@essai.invalid;Directrice;CC Sarlat-Périgord Noir;décideur
Deux;deux@essai.invalid;;CC de Blaye
Trois;trois@essai.invalid;;CC de Lacq-Orthez
Quatre;quatre@;;
"""


@pytest.fixture
def officer(page, site):
    sign_in(page, site)
    page.goto(f"{site.url}/espaces/")
    page.get_by_role("link", name="Centre de ressources").first.click()
    page.get_by_role("link", name="Les enquêtes").click()
    page.get_by_role("link", name="Essai du questionnaire").click()
    return page


def assert_no_violation(page) -> None:
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"][:2]]) for v in violations] == []


def mail_to(site, address: str) -> str:
    """The text of the mail received at this address."""
    for path in sorted((site.var / "mail").glob("*.log")):
        for content in path.read_bytes().split(b"-" * 79 + b"\n"):
            mail = message_from_bytes(content.strip(), policy=policy.default)
            if mail["To"] == address:
                return mail.get_body().get_content()
    raise AssertionError(f"no mail to {address}")


def link_in(text: str, path: str) -> str:
    return re.search(rf"http://[^\s]*/{path}/[^\s]+", text)[0]


def turn(page, button) -> None:
    """Press a button and wait for the page it leads to."""
    with page.expect_navigation():
        button.click()


def make_list(page) -> None:
    """A list of three people; the fourth line, wrong, comes back to be mended."""
    page.get_by_role("link", name="Invitations", exact=True).click()
    page.get_by_role("link", name="Listes de contacts").click()
    page.get_by_role("link", name="Créer une liste").click()
    page.get_by_label("Nom de la liste").fill("Trois territoires")
    page.get_by_label("Pourquoi vous gardez ces adresses").fill("Essayer")
    page.get_by_label("D’où elles viennent").fill("Inventées")
    page.get_by_label("Base légale").select_option("public_task")
    page.get_by_label("Personnes effacées le").fill("2099-01-01")
    assert_no_violation(page)
    page.get_by_role("button", name="Créer cette liste").click()
    page.get_by_label("Saisissez ou collez, une personne par ligne").fill(LINES)
    page.get_by_role("button", name="Ajouter ces personnes").click()
    assert "Ligne 4" in page.content()
    assert "quatre@" in page.get_by_label("Saisissez ou collez").input_value()
    assert_no_violation(page)


def send_to_list(page, site) -> None:
    page.goto(f"{site.url}/enquetes/2/invitations/envoyer/")
    page.get_by_label("Trois territoires").check()
    page.get_by_role("button", name="Voir à qui l’on écrira").click()
    assert_no_violation(page)
    page.get_by_role("button", name="Envoyer 3 invitations").click()
    assert "3 courriels partent." in page.content()
    site.send_mail()


def answer_by_link(visitor, link: str) -> None:
    """Answer the least that can be sent."""
    visitor.goto(link)
    assert_no_violation(visitor)
    visitor.get_by_role("button", name="Commencer à répondre").click()
    visitor.get_by_role("button", name="Continuer à répondre").click()
    assert "Sarlat" in visitor.content()
    visitor.get_by_label(re.compile("Décision locale")).check()
    for _page in range(20):
        if visitor.locator("[data-thanks]").count():
            return
        turn(visitor, visitor.locator("main button.big"))
    raise AssertionError("the answer was never sent")


def test_three_territories_are_invited_one_answers_another_stops(
    officer, site, browser
):
    make_list(officer)
    send_to_list(officer, site)
    visitor = browser.new_context(locale="fr-FR").new_page()

    answer_by_link(visitor, link_in(mail_to(site, "une@essai.invalid"), "participer"))
    visitor.goto(link_in(mail_to(site, "deux@essai.invalid"), "ne-plus-recevoir"))
    assert_no_violation(visitor)
    visitor.get_by_role("button", name="Ne plus recevoir ces messages").click()
    assert "Vous ne recevrez plus ces messages" in visitor.content()

    officer.goto(f"{site.url}/enquetes/2/invitations/")
    assert_no_violation(officer)
    totals = officer.locator("tfoot").first.inner_text().split()
    assert totals[-4:] == ["17", "17", "0", "1"]
    assert "une@essai.invalid" not in officer.content()


def key_sheet(page, *, is_sponsored: str) -> None:
    """Key the first two pages of the sheet, then say that it is read."""
    page.locator("main select").first.select_option(label="CC de Blaye")
    page.get_by_label(re.compile("Décision locale")).check()
    turn(page, page.get_by_role("button", name="Garder cette page et tourner"))
    page.locator("fieldset", has_text="porté politiquement").get_by_label(
        is_sponsored, exact=True
    ).check()
    assert_no_violation(page)
    turned = page.get_by_role("button", name="Garder cette page et tourner")
    while turned.count():
        turn(page, turned)
    turn(page, page.get_by_role("button", name="Oui, la feuille est lue"))


def test_a_paper_answer_is_keyed_twice_and_its_difference_settled(officer):
    page = officer
    page.get_by_role("link", name="Réponses à saisir").click()
    page.get_by_role("link", name="Saisir une réponse").click()
    page.get_by_label("Sur papier").check()
    page.get_by_label("Jour où la personne a répondu").fill("2026-01-05")
    page.get_by_label("Numéro écrit sur la feuille").fill("12")
    page.get_by_role("button", name="Commencer").click()
    key_sheet(page, is_sponsored="Oui")
    assert "attend la seconde saisie" in page.content()
    page.get_by_role("button", name="La saisir une seconde fois").click()
    key_sheet(page, is_sponsored="Non")

    page.get_by_role("link", name="Trancher les différences 12").click()
    assert_no_violation(page)
    assert "1 question a été lue différemment" in page.content()
    page.get_by_label("Seconde").check()
    page.get_by_role("button", name="Compter cette feuille").click()

    assert "1 feuille compte." in page.content()
    assert "saisie deux fois par la même personne" in page.content()
    page.get_by_role("link", name="Suivi").click()
    assert "Sur papier" in page.content()
