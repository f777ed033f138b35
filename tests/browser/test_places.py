"""A list of places from its file to somebody led to one of them, and back."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Page, expect

from tests.browser.walks import DESK, assert_reads_well, follow, push, sign_in, turn

NAME = "Maison du numérique des Essais"
ROWS = (
    ("n1", NAME, "3 rue des Essais", "Aide aux demarche administratives"),
    ("n2", f"{NAME} (annexe)", "3, rue des Essais", "Couture"),
)


def test_a_list_is_imported_two_places_merged_then_parted_and_one_prescribed(
    page: Page, own_site, tmp_path: Path
):
    page.set_viewport_size(DESK)
    sign_in(page, own_site)
    turn(page, page.locator("main a[href^='/espaces/']").first)
    space = re.search(r"/espaces/\d+/", page.url)[0]

    batch = import_list(page, own_site, space, tmp_path)
    merge_and_part(page, own_site, space)
    slip = prescribe(page, own_site, space)
    undo(page, batch, slip)


def import_list(page: Page, site, space: str, folder: Path) -> str:
    """Columns, then values, are matched by somebody; then all is recorded."""
    lines = ["N°;Nom du lieu;Ville;Adresse du lieu;Aides"]
    lines += [f"{n};{name};Périgueux;{at};{offer}" for n, name, at, offer in ROWS]
    file = folder / "essais.csv"
    file.write_text("\n".join(lines), encoding="utf-8")

    page.goto(urljoin(site.url, f"{space}lieux/importer/"))
    page.get_by_label("Fichier de lieux").set_input_files(file)
    page.get_by_label("Nom de la liste").fill("Essais")
    push(page, "Lire le fichier")
    push(page, re.compile("propositions? presque certaine"))
    page.get_by_label("Aides").select_option("services")
    assert_reads_well(page)
    push(page, "Lire le fichier")
    site.work()
    page.reload()

    follow(page, "Dire ce que ces valeurs veulent dire")
    push(page, re.compile("proposition presque certaine"))
    choice = page.get_by_label("Aide aux demarche administratives")
    expect(choice).to_have_value("demarches")
    page.get_by_label("Couture").select_option("loisirs")
    assert_reads_well(page)
    push(page, "Relire le fichier")
    site.work()
    page.reload()
    expect(page.locator("main")).to_contain_text("2 valeurs du fichier sont lues")
    push(page, "Enregistrer ces 2 lieux")
    site.work()
    page.reload()
    expect(page.locator("h1")).to_contain_text("Qu’a changé")
    return page.url


def merge_and_part(page: Page, site, space: str) -> None:
    page.goto(urljoin(site.url, f"{space}lieux/doublons/"))
    push(page, "Comparer les lieux")
    site.work()
    page.reload()
    follow(page, re.compile(re.escape(NAME)))
    assert_reads_well(page)
    push(page, "C’est un seul lieu")
    follow(page, re.compile(re.escape(NAME)))
    push(page, "Annuler la fusion")


def prescribe(page: Page, site, space: str) -> str:
    """A search by the need that was matched finds the place; a slip leads there."""
    asked = "/trouver-de-l-aide/?pres=P%C3%A9rigueux&besoin=demarches"
    page.goto(urljoin(site.url, asked))
    follow(page, re.compile(re.escape(NAME)))
    follow(page, "Préparer une fiche d’orientation")
    if page.get_by_role("button", name="Préparer la fiche").count() == 0:
        turn(page, page.locator(f"main a[href^='{space}']").first)
    push(page, "Préparer la fiche")
    assert_reads_well(page)
    expect(page.locator("main")).to_contain_text(NAME)
    return page.url


def undo(page: Page, batch: str, slip: str) -> None:
    """The file is taken back; the slip still says where somebody was led."""
    page.goto(batch)
    follow(page, re.compile("Annuler"))
    assert_reads_well(page)
    push(page, re.compile("Annuler"))
    expect(page.locator("h1")).to_contain_text("annulé")
    page.goto(slip)
    expect(page.locator("main")).to_contain_text(NAME)
