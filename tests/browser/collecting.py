"""The steps by which answers come in: invited, keyed, imported."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.walks import assert_reads_well, follow, link_in, mail_to, push, turn

PEOPLE = """\
Une;une@essai.invalid;Directrice;CC Sarlat-Périgord Noir;décideur
Deux;deux@essai.invalid;;CC de Blaye
Trois;trois@essai.invalid;;CC de Lacq-Orthez
Quatre;quatre@;;
"""
HEADER = "Horodateur,Votre intercommunalité,Quel est votre rôle ?,P2"
PLACES = ("CA Le Grand Périgueux", "CC Sarlat-Périgord Noir")
WRONG = (
    "hier,CA Le Grand Périgueux,decision_maker,Oui",
    "20/03/2024 10:00:00,Atlantide,decision_maker,Oui",
    "21/03/2024 10:00:00,,decision_maker,Oui",
    "22/03/2024 10:00:00,CA Le Grand Périgueux,,Oui",
    "13/03/2024 10:00:00,CA Le Grand Périgueux,decision_maker,Non",
)


def invite_three_territories(page: Page, site, survey: str) -> None:
    """Make a list, whose wrong line comes back to be mended; then write to it."""
    page.goto(f"{survey}invitations/")
    follow(page, "Listes de contacts")
    follow(page, "Créer une liste")
    page.get_by_label("Nom de la liste").fill("Trois territoires")
    page.get_by_label("Pourquoi vous gardez ces adresses").fill("Essayer")
    page.get_by_label("D’où elles viennent").fill("Inventées")
    page.get_by_label("Base légale").select_option("public_task")
    page.get_by_label("Personnes effacées le").fill("2099-01-01")
    assert_reads_well(page)
    push(page, "Créer cette liste")
    page.get_by_label("Saisissez ou collez, une personne par ligne").fill(PEOPLE)
    push(page, "Ajouter ces personnes")
    expect(page.locator("main")).to_contain_text("Ligne 4")
    assert "quatre@" in page.get_by_label("Saisissez ou collez").input_value()
    assert_reads_well(page)

    page.goto(f"{survey}invitations/envoyer/")
    page.get_by_label("Trois territoires").check()
    push(page, "Voir à qui l’on écrira")
    assert_reads_well(page)
    push(page, "Envoyer 3 invitations")
    expect(page.locator("main")).to_contain_text("3 courriels partent.")
    site.send_mail()


def answer_by_link(visitor: Page, site) -> None:
    """One of the three answers the least that can be sent, from the mail received."""
    visitor.goto(link_in(mail_to(site, "une@essai.invalid"), "participer"))
    assert_reads_well(visitor)
    push(visitor, "Commencer à répondre")
    push(visitor, "Continuer à répondre")
    expect(visitor.locator("main")).to_contain_text("Sarlat")
    visitor.get_by_label(re.compile("Décision locale")).check()
    for _page in range(20):
        if visitor.locator("[data-thanks]").count():
            assert_reads_well(visitor)
            return
        turn(visitor, visitor.locator("main button.big"))
    raise AssertionError("the answer was never sent")


def stop_the_mails(visitor: Page, site) -> None:
    visitor.goto(link_in(mail_to(site, "deux@essai.invalid"), "ne-plus-recevoir"))
    assert_reads_well(visitor)
    push(visitor, "Ne plus recevoir ces messages")
    expect(visitor.locator("main")).to_contain_text("Vous ne recevrez plus ces")


def follow_up(page: Page, survey: str) -> None:
    """Three people, three mails, one who wants no more; nobody's answer is told."""
    page.goto(f"{survey}invitations/")
    assert_reads_well(page)
    totals = page.locator("tfoot").first.inner_text().split()
    assert ["3", "3", "0", "1"] == totals[-4:]
    assert "une@essai.invalid" not in page.content()


def key_a_sheet(page: Page, survey: str) -> None:
    """Key a sheet of paper twice, and settle the one difference."""
    page.goto(f"{survey}saisies/")
    follow(page, "Saisir une réponse")
    page.get_by_label("Sur papier").check()
    page.get_by_label("Jour où la personne a répondu").fill(str(date.today()))
    page.get_by_label("Numéro écrit sur la feuille").fill("12")
    assert_reads_well(page)
    push(page, "Commencer")
    _read(page, is_sponsored="Oui")
    expect(page.locator("main")).to_contain_text("attend la seconde saisie")
    push(page, "La saisir une seconde fois")
    _read(page, is_sponsored="Non")

    follow(page, "Trancher les différences")
    assert_reads_well(page)
    expect(page.locator("main")).to_contain_text("1 question a été lue différemment")
    page.get_by_label("Seconde").check()
    push(page, "Compter cette feuille")
    expect(page.locator("main")).to_contain_text("1 feuille compte.")
    expect(page.locator("main")).to_contain_text("saisie deux fois par la même")
    assert_reads_well(page)


def _read(page: Page, *, is_sponsored: str) -> None:
    """Key the first two pages of the sheet, then say that it is read."""
    page.locator("main select").first.select_option(label="CC de Blaye")
    page.get_by_label(re.compile("Décision locale")).check()
    push(page, "Garder cette page et tourner")
    page.locator("fieldset", has_text="Un élu porte-t-il").get_by_label(
        is_sponsored, exact=True
    ).check()
    assert_reads_well(page)
    turned = page.get_by_role("button", name="Garder cette page et tourner")
    while turned.count():
        turn(page, turned)
    assert_reads_well(page)
    push(page, "Oui, la feuille est lue")


def _file() -> bytes:
    """Fifteen rows that are right, then five that are not."""
    right = [
        f"{day:02}/03/2024 10:00:00,{PLACES[day % 2]},local_operator,"
        + ("Oui" if day % 3 else "Non")
        for day in range(1, 16)
    ]
    return "\n".join([HEADER, *right, *WRONG]).encode()


def import_a_file_with_five_bad_rows(page: Page, site, survey: str) -> None:
    """Map it, read what is refused and why, record the rest, take the bad rows back."""
    page.goto(f"{survey}importer/")
    assert_reads_well(page)
    page.set_input_files(
        "input[name=file]",
        {"name": "formulaire.csv", "mimeType": "text/csv", "buffer": _file()},
    )
    push(page, "Lire le fichier")
    expect(page.locator(".lead")).to_contain_text("Google Forms")
    follow(page, re.compile("pas les noms des colonnes"))
    assert_reads_well(page)
    page.get_by_role("radio").first.check()
    push(page, "Continuer")
    page.locator("summary", has_text="presque certaine").click()
    push(page, re.compile("Retenir"))
    _choose(page, "Votre intercommunalité", ":territory")
    _choose(page, "Quel est votre rôle", "profile")
    assert_reads_well(page)
    push(page, "Continuer vers les valeurs")
    _choose(page, "/03/2024", "%d/%m/%Y %H:%M:%S")
    _choose(page, "Atlantide", "-")
    assert_reads_well(page)
    push(page, "Lire tout le fichier")
    expect(page.get_by_text("le travail continue")).to_be_visible()
    assert_reads_well(page)

    site.work()
    page.wait_for_selector("text=Lignes du fichier")
    for reason in ("hier", "Atlantide", "le territoire manque", "Quel est votre rôle"):
        expect(page.locator("main")).to_contain_text(reason)
    assert_reads_well(page)
    push(page, "Enregistrer ces 15 réponses")
    site.work()
    page.wait_for_selector("text=Annuler cet import")
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger les lignes écartées").click()
    lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert 1 + len(WRONG) == len(lines)
    follow(page, "Annuler cet import")
    assert_reads_well(page)


def _choose(page: Page, label: str, value: str) -> None:
    field = page.get_by_label(label, exact=False).first
    if not field.is_visible():  # folded with those that are almost certain
        page.locator("summary", has_text="presque certaine").click()
    field.select_option(value)
