"""Figures brought in: by the administrator for everybody, by a team for itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.walks import assert_reads_well, sign_in, turn

ROOT = Path(__file__).resolve().parents[2]
PROMOTE = (
    "from jalons.accounts.models import User;"
    "User.objects.filter(email='chargee.de.mission@exemple.fr').update(is_staff={})"
)
# A rate over 100 on line 3, a code twice on lines 2 and 5.
INCOMES = """CODGEO;MED21;TP6021
24322;21000;22,5
24053;22000;225
24037;20500;21
24322;29000;19
24520;20000;s
24557;23000;14
"""
OWN = "insee;adhérents\n24322;120\n24053;45\n24557;5\n"


def _manage(site, *command: str) -> None:
    environment = {
        **os.environ,
        "JALONS_VAR_DIR": str(site.var),
        "DATABASE_URL": f"sqlite:///{site.var / 'jalons.sqlite3'}",
        "JALONS_DEMO": "1",
    }
    subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True
    )


def _work(site) -> None:
    """What the task worker does, once: it waits for nothing."""
    _manage(site, "db_worker", "--batch")


def _give(page, name: str, text: str) -> None:
    page.set_input_files(
        "input[name=file]",
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()},
    )


def test_an_administrator_loads_a_file_after_reading_what_is_wrong_in_it(page, site):
    _manage(site, "shell", "-c", PROMOTE.format(True))
    try:
        sign_in(page, site)
        page.goto(f"{site.url}/donnees/")
        assert_reads_well(page)
        turn(page, page.get_by_role("link", name="Charger un fichier"))
        assert_reads_well(page)
        page.locator("[name=source]").select_option("filosofi")
        page.locator("[name=is_part]").check()
        _give(page, "revenus.csv", INCOMES)
        page.get_by_role("button", name="Lire le fichier").click()
        assert_reads_well(page)
        _work(site)
        page.reload()

        main = page.locator("main")
        expect(main).to_contain_text("revenus.csv, ligne 3, TP6021")
        expect(main).to_contain_text("revenus.csv, ligne 5, CODGEO")
        assert_reads_well(page)
        with page.expect_download() as download:
            page.get_by_role("link", name="Télécharger les lignes écartées").click()
        kept = Path(download.value.path()).read_text("utf-8-sig").splitlines()
        assert ["2", "3", "5"] == [line.split(";")[0] for line in kept[1:]]
        page.get_by_role("button", name="Charger ces chiffres").click()
        _work(site)
        page.reload()
        expect(page.locator(".lead")).to_have_text("Chargé")
        page.goto(f"{site.url}/donnees/")
        expect(page.locator("main")).to_contain_text("revenus.csv")
    finally:
        _manage(site, "shell", "-c", PROMOTE.format(False))


def _press_to(page, locator) -> None:
    """Tab until the element has the focus; fails when the keyboard cannot reach it."""
    locator.wait_for()
    for _step in range(80):
        page.keyboard.press("Tab")
        if locator.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError("The keyboard does not reach it.")


def test_a_team_adds_its_own_figures_with_the_keyboard_and_finds_them_again(page, site):
    sign_in(page, site)
    page.goto(f"{site.url}/espaces/")
    turn(page, page.get_by_role("link", name="Grand Périgueux"))
    space = re.search(r"/espaces/(\d+)/", page.url)[1]
    page.goto(f"{site.url}/espaces/{space}/chiffres/")
    assert_reads_well(page)
    _press_to(page, page.get_by_role("link", name="Ajouter un fichier"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/chiffres/ajouter/"))
    assert_reads_well(page)
    _give(page, "adherents.csv", OWN)
    _press_to(page, page.get_by_role("button", name="Lire le fichier"))
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile("/donnees/chargements/"))
    assert_reads_well(page)
    for field, words in (
        ("title", "Adhérents de l’espace numérique"),
        ("vintage", "2025"),
        ("source_title", "Fichier des adhérents"),
        ("producer", "Association d’Exemple"),
        ("licence", "Usage interne"),
    ):
        _press_to(page, page.locator(f"[name={field}]"))
        page.keyboard.type(words)
    page.locator("[name=unit]").select_option("count")
    _press_to(page, page.get_by_role("button", name="Lire le fichier"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    _work(site)
    page.reload()
    _press_to(page, page.get_by_role("button", name="Charger ces chiffres"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    _work(site)

    page.goto(f"{site.url}/espaces/{space}/diagnostics/")
    turn(page, page.get_by_role("link", name="CA Le Grand Périgueux"))
    turn(page, page.get_by_role("link", name="Les constats"))
    expect(page.locator("main")).to_contain_text("Adhérents de l’espace numérique")
    assert_reads_well(page)
    page.goto(f"{site.url}/territoires/200040392/diagnostic/")
    assert "Adhérents" not in page.content()
