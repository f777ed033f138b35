"""A project officer writes the questionnaire of the region, with the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.walks import assert_reads_well, sign_in, turn

PART = "L’engagement politique"
DIMENSION = "Dimension politique"


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Reach a control as the Tab key does, and press a key on it."""
    target.focus()
    assert target.evaluate("one => one === document.activeElement && one.tabIndex >= 0")
    page.keyboard.press(key)


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        press(page, page.get_by_role("link", name=name, exact=True).first)


def push(page: Page, name: str) -> None:
    with page.expect_navigation():
        press(page, page.get_by_role("button", name=name).first)


def write(page: Page, field: Locator, words: str) -> None:
    press(page, field, "ControlOrMeta+a")
    page.keyboard.type(words)


def test_an_officer_copies_rewords_reorders_mends_the_points_and_publishes(page, site):
    sign_in(page, site)
    page.goto(f"{site.url}/espaces/")
    with page.expect_navigation():
        press(page, page.locator("main a[href^='/espaces/']").first)
    follow(page, "Nos questionnaires")
    assert_reads_well(page)

    follow(
        page,
        "Copier « Maturité numérique du territoire »".replace("« ", "«\u00a0").replace(
            " »", "\u00a0»"
        ),
    )
    write(page, page.get_by_role("textbox").last, "Maturité de la région")
    push(page, "Copier le questionnaire")
    assert_reads_well(page)
    draft = page.url

    follow(page, PART)
    reword(page)
    reorder(page)
    page.goto(f"{draft}points/")
    assert_reads_well(page)
    follow(page, DIMENSION)
    change_points(page)
    preview(page, draft)
    publish(page, draft)


def reword(page: Page) -> None:
    follow(page, "Le sujet du numérique est-il porté politiquement\u202f?")
    assert_reads_well(page)
    write(page, page.locator("#f-text_fr"), "Un élu porte-t-il le numérique\u202f?")
    push(page, "Enregistrer")
    press(page, page.locator("#f-same"), "Space")
    push(page, "Enregistrer")
    reworded = "Un élu porte-t-il le numérique\u202f?"
    expect(page.get_by_role("link", name=reworded, exact=True)).to_be_visible()


def reorder(page: Page) -> None:
    order = page.locator("[data-list=political] [data-item]")
    assert ["P1a", "P1b"] == order.evaluate_all("all => all.map(o => o.id)")[:2]
    push(page, "Monter – Les agents et les acteurs locaux")
    assert ["P1b", "P1a"] == order.evaluate_all("all => all.map(o => o.id)")[:2]
    push(page, "Annuler")
    assert ["P1a", "P1b"] == order.evaluate_all("all => all.map(o => o.id)")[:2]


def change_points(page: Page) -> None:
    """The check complains as one types, without anything being kept."""
    assert_reads_well(page)
    result = page.locator("[data-check-result]")
    expect(result).to_contain_text("Les points tiennent")
    write(page, page.locator("[name=P1a-regular]"), "3")
    expect(result).to_contain_text("Les points ne tiennent pas")
    push(page, "Enregistrer les points")
    press(page, page.locator("#f-same"), "Space")
    push(page, "Enregistrer les points")
    expect(result).to_contain_text("Les points ne tiennent pas")
    push(page, "Reprendre les totaux des questions")
    expect(result).to_contain_text("Les points tiennent")
    assert_reads_well(page)


def preview(page: Page, draft: str) -> None:
    page.goto(f"{draft}apercu/?partie=political")
    expect(page.locator(".screen")).to_contain_text("Un élu porte-t-il le numérique")
    assert_reads_well(page)
    page.goto(f"{draft}condition/question/R2b/?question=R1")
    assert_reads_well(page)
    page.goto(f"{draft}parties/closing/bibliotheque/?q=imprimer")
    assert_reads_well(page)
    page.goto(f"{draft}parties/closing/questions/ajouter/")
    assert_reads_well(page)


def publish(page: Page, draft: str) -> None:
    page.goto(draft)
    follow(page, "Publier…")
    assert_reads_well(page)
    write(
        page, page.locator("#f-note"), "Question P2 reformulée, P1a sur trois points."
    )
    push(page, "Publier cette version")
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Maturité de la région"
    )
    expect(page.locator(".messages")).to_contain_text("La version 1 est publiée")


def test_a_drag_does_what_the_buttons_do(page, site):
    # Tall enough for both ends of the drag: a scroll in between would start another.
    page.set_viewport_size({"width": 1280, "height": 2000})
    sign_in(page, site)
    page.goto(f"{site.url}/espaces/")
    page.locator("main a[href^='/espaces/']").first.click()
    turn(page, page.get_by_role("link", name="Nos questionnaires"))
    turn(page, page.get_by_role("link", name="Copier").first)
    page.get_by_role("textbox").last.fill("Glisser")
    push(page, "Copier le questionnaire")
    follow(page, PART)

    with page.expect_navigation():
        page.locator("#P2").drag_to(
            page.locator("#P1a"), target_position={"x": 5, "y": 2}
        )

    order = page.locator("[data-list=political] [data-item]")
    expect(order.first).to_have_id("P2")
