"""The steps by which answers become one, and go back to those who gave them."""

from __future__ import annotations

import io
import re

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.walks import (
    DESK,
    PHONE,
    assert_reads_well,
    follow,
    link_in,
    mail_to,
    push,
)

SARLAT = "CC Sarlat-Périgord Noir"
HEAD = "dgs@essai.invalid"


def reconcile_one_territory(page: Page, survey: str) -> None:
    """Choose, with a reason, another method than the median for one EPCI."""
    page.goto(f"{survey}rapprochement/")
    assert_reads_well(page)
    follow(page, SARLAT)
    assert_reads_well(page)
    page.locator("[name=method][value=maximum]").check()
    push(page, "Enregistrer ce choix")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Pourquoi ce choix").fill("Chacun ne voit qu’une partie")
    push(page, "Enregistrer ce choix")
    expect(page.locator("main")).to_contain_text("Chacun ne voit qu’une partie")
    follow(page, "De quoi parler")
    assert_reads_well(page)
    sheet = page.get_by_role("link", name="PDF").first.get_attribute("href")
    assert 1 == _page_count(page, sheet)


def ask_the_epci(page: Page, site, survey: str) -> None:
    page.goto(f"{survey}validations/")
    assert_reads_well(page)
    follow(page, re.compile("Demander leur accord aux EPCI"))
    page.get_by_label("EPCI", exact=True).select_option(label=SARLAT)
    page.get_by_label("Adresse de l’institution").fill(HEAD)
    push(page, "Envoyer la demande")
    assert_reads_well(page)
    site.send_mail()


def decide_by_link(visitor: Page, site) -> None:
    """On a phone: correct the sheet, withdraw, refuse, then validate as it is."""
    visitor.set_viewport_size(PHONE)
    visitor.goto(link_in(mail_to(site, HEAD), "valider"))
    assert_reads_well(visitor)
    follow(visitor, "Corriger d’abord cette fiche")
    assert_reads_well(visitor)
    visitor.locator("[name=P2][value=no]").check()
    push(visitor, "Valider cette fiche corrigée")
    expect(visitor.locator("main .problem, main .error").first).to_be_visible()
    _sign(visitor)
    push(visitor, "Valider cette fiche corrigée")
    for button, state in (
        ("Retirer notre accord", "corrigée, puis validée"),
        ("Refuser la publication", "accord retiré"),
        ("Valider cette fiche", "publication refusée"),
    ):
        expect(visitor.locator(".lead").first).to_contain_text(state)
        _sign(visitor)
        push(visitor, button)
    expect(visitor.locator(".lead").first).to_contain_text("validée telle quelle")
    assert_reads_well(visitor)


def _sign(visitor: Page) -> None:
    visitor.get_by_label("Votre fonction").fill("Directrice générale")
    visitor.get_by_label("Comment l’institution a décidé").fill("Bureau du 12 mai")


def read_the_decisions(page: Page, survey: str) -> None:
    """Every decision stays beside the last one; the method now belongs to the EPCI."""
    page.goto(f"{survey}validations/demander/")
    row = page.get_by_role("row").filter(has_text=HEAD)
    expect(row).to_contain_text("Directrice générale, Bureau du 12 mai")
    assert 4 == row.inner_text().count("Directrice générale")
    page.goto(f"{survey}rapprochement/")
    follow(page, SARLAT)
    expect(page.locator("main")).to_contain_text("retirez d’abord la validation")


def send_the_returns(page: Page, site, survey: str) -> None:
    page.goto(f"{survey}retours/")
    assert_reads_well(page)
    push(page, "Envoyer 1 retour")
    expect(page.locator(".messages")).to_contain_text("1 retour est envoyé")
    assert_reads_well(page)
    site.send_mail()


def read_the_return(visitor: Page, site) -> None:
    """By its private link, on a phone and at a desk; two pages on paper."""
    for size in (PHONE, DESK):
        visitor.set_viewport_size(size)
        visitor.goto(link_in(mail_to(site, "une@essai.invalid"), "retour"))
        expect(visitor.get_by_role("heading", level=1)).to_contain_text(SARLAT)
        expect(visitor.locator("main")).to_contain_text("validée par l’institution")
        assert_reads_well(visitor)
    printed = visitor.get_by_role("link", name="PDF").first.get_attribute("href")
    assert 2 == _page_count(visitor, printed)


def _page_count(page: Page, path: str) -> int:
    answer = page.request.get(path)
    assert 200 == answer.status
    return len(PdfReader(io.BytesIO(answer.body())).pages)
