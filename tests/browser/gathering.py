"""A workshop held in browsers: a desk, a projector, the telephones of a room."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.walks import PHONE, follow, push

RUN_SHEET = "Mon territoire et le numérique dans 10 ans"


def prepare(page: Page, site, title: str, run_sheet: str = RUN_SHEET) -> str:
    """Note a meeting of today and give it a run-sheet; the address of its console."""
    page.goto(f"{site.url}/espaces/")
    follow_path(page, "/espaces/")
    page.goto(f"{page.url}rencontres/ajouter/")
    page.get_by_label("Type de rencontre").select_option(label="atelier")
    page.get_by_label("Titre").fill(title)
    page.get_by_label("Jour").fill(date.today().isoformat())
    page.get_by_label("Commence à").fill("09:00")
    page.get_by_label("Finit à").fill("11:00")
    page.get_by_label("Lieu").fill("Salle des fêtes")
    push(page, "Noter cette rencontre")
    follow(page, "Aller à la rencontre")
    follow(page, "Préparer ou animer cette rencontre")
    page.get_by_label(run_sheet).check()
    push(page, "Commencer avec ce déroulé")
    return page.url


def follow_path(page: Page, start: str) -> None:
    """Follow the first link of the page whose address begins so."""
    with page.expect_navigation():
        page.locator(f"main a[href^='{start}']").first.click()


def code_of(page: Page) -> str:
    return page.locator(".room-code").inner_text()


def joins(browser: Browser, site, code: str, alias: str, family: str = "") -> Page:
    """A telephone that joins with the six letters shown in the room."""
    phone = browser.new_context(locale="fr-FR", viewport=PHONE).new_page()
    phone.goto(f"{site.url}/atelier/")
    phone.get_by_label("Six lettres").fill(code.lower())
    push(phone, "Continuer")
    phone.get_by_label("Votre prénom, ou un pseudonyme").fill(alias)
    if family:
        phone.get_by_label("Vous venez en tant que").select_option(label=family)
    push(phone, "Participer")
    return phone


def words_of(page: Page, path: str) -> str:
    """The words of a PDF or of a DOCX of the page, read as its reader does."""
    answer = page.request.get(urljoin(page.url, path))
    assert 200 == answer.status
    if path.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(answer.body())) as book:
            return book.read("word/document.xml").decode()
    pages = PdfReader(io.BytesIO(answer.body())).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())
