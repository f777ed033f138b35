"""An officer brings in the file of another tool, five rows of which are wrong."""

from __future__ import annotations

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.walks import sign_in

HEADER = "Horodateur,Votre intercommunalité,Quel est votre rôle ?,P2"
PLACES = ("CA Le Grand Périgueux", "CC Sarlat-Périgord Noir")
WRONG = (
    "hier,CA Le Grand Périgueux,decision_maker,Oui",
    "20/03/2024 10:00:00,Atlantide,decision_maker,Oui",
    "21/03/2024 10:00:00,,decision_maker,Oui",
    "22/03/2024 10:00:00,CA Le Grand Périgueux,,Oui",
    "13/03/2024 10:00:00,CA Le Grand Périgueux,decision_maker,Non",
)


def _file() -> bytes:
    """Fifteen rows that are right, then five that are not."""
    right = [
        f"{day:02}/03/2024 10:00:00,{PLACES[day % 2]},local_operator,Non"
        for day in range(1, 16)
    ]
    return "\n".join([HEADER, *right, *WRONG]).encode()


def _open_survey(page, site) -> None:
    """A survey of her own, open today."""
    page.goto(f"{site.url}/espaces/")
    page.locator("main a[href^='/espaces/']").first.click()
    space = re.search(r"/espaces/(\d+)/", page.url)[1]
    page.goto(f"{site.url}/espaces/{space}/enquetes/nouvelle/")
    page.locator("[name=title]").fill("Enquête reprise d’un autre outil")
    page.locator("[name=opens_on]").fill("2024-01-01")
    page.locator("[name=closes_on]").fill("2035-12-31")
    page.locator("[name=notice_rights]").fill("Écrire à droits@exemple.fr.")
    page.locator("main form button.button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Enquête reprise d’un autre outil"
    )


def _choose(page, label: str, value: str) -> None:
    page.get_by_label(label, exact=False).first.select_option(value)


def _accessible(page) -> None:
    assert [] == Axe().run(page).response["violations"]


def test_an_officer_maps_a_foreign_file_reads_confirms_and_undoes(page, site):
    sign_in(page, site)
    _open_survey(page, site)
    page.get_by_role("link", name="Importer des réponses").click()
    page.set_input_files(
        "input[name=file]",
        {"name": "formulaire.csv", "mimeType": "text/csv", "buffer": _file()},
    )
    page.get_by_role("button", name="Lire le fichier").click()

    expect(page.locator(".lead")).to_contain_text("Google Forms")
    page.get_by_role("button", name=re.compile("presque certaine")).click()
    _choose(page, "Votre intercommunalité", ":territory")
    _choose(page, "Quel est votre rôle", "profile")
    _accessible(page)
    page.get_by_role("button", name="Continuer vers les valeurs").click()
    _choose(page, "/03/2024", "%d/%m/%Y %H:%M:%S")
    _choose(page, "Atlantide", "-")
    _accessible(page)
    page.get_by_role("button", name="Lire tout le fichier").click()

    expect(page.get_by_text("le travail continue")).to_be_visible()
    site.work()
    page.wait_for_selector("text=Lignes du fichier")
    main = page.locator("main")
    for reason in ("hier", "Atlantide", "le territoire manque", "profile"):
        expect(main).to_contain_text(reason)
    _accessible(page)
    page.get_by_role("button", name="Enregistrer ces 15 réponses").click()
    site.work()
    page.wait_for_selector("text=Annuler cet import")

    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger les lignes écartées").click()
    lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert 1 + len(WRONG) == len(lines)
    page.get_by_role("link", name="Annuler cet import").click()
    page.get_by_role("button", name="Annuler cet import").click()
    expect(page.get_by_role("status")).to_contain_text("15 réponses")
