"""Somebody registers to an event from a phone, without JavaScript nor account."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walks import PHONE, follow, push
from tests.mail.server import smtp

__all__ = ["smtp"]
ONE_PLACE = (
    "from jalons.events.models import Event;"
    "Event.objects.filter(meeting__title__startswith='Financer').update(capacity=1)"
)


@pytest.fixture
def received(smtp, monkeypatch):
    """What the site of the walk sends, when its worker works."""
    found = smtp()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    monkeypatch.setenv("JALONS_EMAIL_BACKEND", backend)
    monkeypatch.setenv("JALONS_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("JALONS_SMTP_PORT", str(found.port))
    return found


def last_link(received) -> str:
    """The personal page that the last mail leads to, on the site of the walk."""
    found = re.search(r"(/inscription/\S+/)", received.read()[-1].get_content())
    assert found
    return found[1]


def ask_a_place(phone: Page, site, received, name: str) -> str:
    """From the agenda to the mail; the link of their own page."""
    phone.goto(f"{site.url}/agenda/")
    follow(phone, re.compile("Financer un poste"))
    follow(phone, "S’inscrire")
    phone.get_by_label("Votre nom").fill(name)
    phone.get_by_label("Votre courriel").fill(f"{name.lower()}@exemple.fr")
    push(phone, "S’inscrire")
    expect(phone.locator("h1")).to_contain_text("ouvrez vos courriels")
    site.work()
    return site.url + last_link(received)


def test_somebody_registers_from_a_phone_and_gives_the_place_to_who_waits(
    browser, browser_context_args, received, own_site
):
    """Where mails go is known before the site is read."""
    own_site.run("manage.py", "shell", "-v0", "-c", ONE_PLACE)
    given = {**browser_context_args, "viewport": PHONE, "java_script_enabled": False}
    pocket = browser.new_context(**given)
    phone = pocket.new_page()
    mine = ask_a_place(phone, own_site, received, "Amina")
    phone.goto(mine)
    push(phone, "Oui, je viens")
    expect(phone.locator("h1")).to_have_text("Votre place est gardée")
    theirs = ask_a_place(phone, own_site, received, "Wassim")
    phone.goto(theirs)
    push(phone, "Oui, je viens")
    expect(phone.locator("h1")).to_contain_text("liste d’attente")

    phone.goto(mine)
    push(phone, re.compile("Rendre ma place"))
    expect(phone.locator("h1")).to_contain_text("rendue")
    own_site.work()

    told = received.read()[-1]
    assert "wassim@exemple.fr" == told["To"]
    assert "Une place pour vous" in told["Subject"]
    assert theirs == own_site.url + last_link(received)
    phone.goto(theirs)
    expect(phone.locator("h1")).to_have_text("Votre place est gardée")
    pocket.close()
