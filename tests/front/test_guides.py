"""The guides, read on the site."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.urls import resolve, reverse

from jalons.front import guides

NAMES = sorted(path.stem for path in (guides.FOLDER / "guides").glob("*.md"))


@pytest.mark.parametrize("name", [*NAMES, *guides.BESIDE])
def test_links_of_a_guide_lead_to_pages_of_the_site(name):
    html = guides.guide(name).html

    for address in re.findall(r'href="(/[^"#]*)"', html):
        assert resolve(address)
    assert "<a>" not in html
    assert ".md" not in html


@pytest.mark.parametrize("name", NAMES)
def test_pictures_of_a_guide_are_files_of_the_site(name):
    shown = re.findall(r'src="[^"]*/(guides/[^"]+)"', guides.guide(name).html)

    assert len(shown) == guides.guide(name).html.count("<img")
    folder = settings.BASE_DIR / "docs/guides/images"
    # A served name carries the print of the file: portrait.1a2b3c.webp.
    assert {f"guides/{path.stem}" for path in folder.iterdir()} >= {
        one.split(".")[0] for one in shown
    }


def test_a_guide_that_does_not_exist_is_not_found(client, db):
    assert 404 == client.get(reverse("front:guide", args=["install"])).status_code
    assert 200 == client.get(reverse("front:guides")).status_code


def test_the_reader_in_english_is_told_that_guides_are_in_french(client, db, settings):
    settings.DEMO = False
    page = client.get(
        reverse("front:guide", args=["lire"]), headers={"accept-language": "en"}
    ).content.decode()

    assert "The guides are written in French." in page
    assert '<div lang="fr"' in page
    assert "take your own team and territory" in page


def test_addresses_of_the_example_team_are_said_to_be_those_of_the_demonstration(
    client, db, settings
):
    settings.DEMO = True
    page = client.get(reverse("front:guide", args=["animateur"])).content.decode()

    of_a_team = re.findall(r'href="/espaces/[^"]*">([^<]*)', page)
    assert of_a_team
    for said in of_a_team:
        assert "page de l’équipe d’exemple de la démonstration" in said
    assert "il suit une équipe d’exemple" in page
