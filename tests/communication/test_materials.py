"""Posters, slips and texts say what is written elsewhere, and nothing else."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.documents import accessible
from tests.factories import make_space
from tests.meetings.gatherings import make_meeting
from tests.roadmaps.plans import make_stake

pytestmark = pytest.mark.django_db


def fetch(client, roadmap, material: str, format: str, meeting=None):
    address = reverse("communication:material", args=[roadmap.pk, material, format])
    return client.get(address, {"rencontre": meeting.pk} if meeting else {})


def read(response) -> tuple[str, int, int]:
    """The words of a PDF of one page, and its size in millimetres."""
    assert [] == accessible.faults(response.content)
    (page,) = PdfReader(io.BytesIO(response.content)).pages
    sizes = (round(float(s) * 25.4 / 72) for s in page.mediabox[2:])
    return (" ".join(page.extract_text().split()), *sizes)


def test_the_text_of_the_bulletin_is_that_of_the_roadmap(signed_in, roadmap, officer):
    roadmap.course, roadmap.sponsor = "Personne sans aide.", "Vice-présidence"
    roadmap.funders = "CC d’Exemple\nDépartement\nRégion"
    roadmap.adoption_on = date(2027, 9, 1)
    roadmap.save()
    make_stake(roadmap, "Comment aller vers ?", by=officer)
    make_stake(roadmap, "Comment former ?", by=officer)

    text = fetch(signed_in, roadmap, "bulletin", "txt").content.decode()

    assert text == (
        "Feuille de route\n\n"
        "Territoire\nCC d’Exemple\n\n"
        "Le cap\nPersonne sans aide.\n\n"
        "Les questions posées\n1. Comment aller vers ?\n2. Comment former ?\n\n"
        "Portée par\nVice-présidence\n\n"
        "Adoption souhaitée le\n1er septembre 2027\n\n"
        "CC d’Exemple, avec le soutien de\u00a0: Département, Région\n"
    )
    for rank in range(6):
        make_stake(roadmap, f"Comment faire {rank} ?", by=officer)
    longer = fetch(signed_in, roadmap, "bulletin", "txt").content.decode()
    assert "6. Comment faire 3 ?\net 2 autres\n" in longer
    word = fetch(signed_in, roadmap, "bulletin", "docx")
    assert word.content.startswith(b"PK")


def test_a_poster_and_a_slip_of_a_meeting_hold_on_one_page_each(
    signed_in, roadmap, space, officer
):
    meeting = make_meeting(space, by=officer, title="Dans dix ans", place="La halle")
    meeting.is_simulated, meeting.purpose = True, "Choisir " * 70
    meeting.save()

    poster, *a4 = read(fetch(signed_in, roadmap, "affiche", "pdf", meeting))
    slip, *a5 = read(fetch(signed_in, roadmap, "billet", "pdf", meeting))

    assert ([210, 297], [148, 210]) == (a4, a5)
    for words in (poster, slip):
        assert "Dans dix ans" in words
        assert "La halle" in words
        assert "SIMULÉ" in words
        assert "Feuille de route, CC d’Exemple" in words


def test_a_meeting_of_two_days_says_both(signed_in, roadmap, space, officer):
    meeting = make_meeting(space, by=officer)
    meeting.starts_at = datetime(2027, 1, 31, 13, tzinfo=UTC)
    meeting.ends_at = datetime(2027, 2, 1, 11, 30, tzinfo=UTC)
    meeting.save()

    text = fetch(signed_in, roadmap, "bulletin", "txt", meeting).content.decode()

    first, last = "31 janvier 2027 à 14 h 00", "1er février 2027 à 12 h 30"
    assert f"Du {first} au {last}\n" in text.replace("\u00a0", " ")


def test_the_meeting_of_another_space_and_an_unknown_material_are_not_found(
    signed_in, roadmap, officer
):
    theirs = make_meeting(make_space(owner=officer), by=officer)

    assert 404 == fetch(signed_in, roadmap, "affiche", "pdf", theirs).status_code
    assert 404 == fetch(signed_in, roadmap, "affiche", "docx").status_code
    address = reverse("communication:material", args=[roadmap.pk, "affiche", "pdf"])
    assert 404 == signed_in.get(address, {"rencontre": "x"}).status_code
