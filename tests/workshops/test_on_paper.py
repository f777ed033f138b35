"""What is cut out, voted with and filled by hand, and a map keyed from its sheet."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from pypdf import PdfReader

from jalons.documents.cutouts import Choice, Cutout, Cutouts, make_cutouts
from jalons.ecosystems.models import Link
from jalons.ecosystems.operations import Hand, withdraw_resource
from tests.documents import accessible
from tests.ecosystems.maps import draws, names
from tests.workshops.rooms import add, comes, says


def words_of(data: bytes) -> list[str]:
    """The text of each page, on one line; the document is heard as well."""
    assert [] == accessible.faults(data)
    pages = PdfReader(io.BytesIO(data)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_ideas_and_ballots_are_cut_out_and_a_matrix_is_filled(
    client, workshop, officer, space, tmp_path, capsys
):
    wall, matrix = workshop.activities.all()
    amina, _secret = comes(workshop)
    says(wall, amina, "La fibre", direction="change", category="technological")
    dots = add(workshop, "dots", "Un bus", "Un prêt", by=officer)
    ranking = add(workshop, "poll", "Oui", "Non", by=officer, form="ranking")
    client.force_login(officer)

    def given(activity, code: str) -> str:
        one = [space.pk, workshop.pk, activity.pk, code]
        found = client.get(reverse("workshops:print_file", args=one))
        return " ".join(words_of(found.content)) if found.status_code == 200 else ""

    cards, ballots = given(wall, "cartes"), given(dots, "bulletins")
    assert "1. La fibre" in cards
    assert "facteur de changement · technologique" in cards
    assert "Amina" not in cards
    # Blank cards complete the page: as many numbers of sheets to write.
    assert cards.count("Numéro de la feuille") >= 4
    assert ballots.count("1. Un bus") == ballots.count("2. Un prêt") >= 6
    assert "5 points, 3 au plus" in ballots
    assert "1 pour la plus importante" in given(ranking, "bulletins")
    assert "Points d’impact" in given(matrix, "matrice")
    assert "" == given(wall, "bulletins") == given(dots, "matrice")

    file = tmp_path / "cartes.pdf"
    told = {"dry_run": True, "json": True}
    call_command("print_workshop", workshop.code.lower(), file, activity=1, **told)
    assert json.loads(capsys.readouterr().out)["bytes"] > 5000
    assert not file.exists()
    call_command("print_workshop", workshop.code, file, activity=1, what="cartes")
    assert cards == " ".join(words_of(file.read_bytes()))
    for wrong in ({"activity": 1, "what": "matrice"}, {"activity": 9}):
        with pytest.raises(CommandError, match=r"cartes|9"):
            call_command("print_workshop", workshop.code, file, **wrong)


@pytest.mark.parametrize("length", [1, 30])
def test_every_card_holds_whole_however_long(length):
    choices = [Choice(f"{place}. " + "Très long. " * 25, 3) for place in range(length)]
    ballot = Cutout("Que choisir ?", choices=choices, foot="Fin de carte")
    made = make_cutouts(Cutouts("Titre", "À couper.", "CA", "fr", [], ballot, ""))

    text = " ".join(words_of(made))
    assert text.count("Que choisir ?") == text.count("Fin de carte")
    assert f"{length - 1}. Très long." in text


def test_a_map_drawn_on_paper_is_keyed_once(client, workshop, officer, space):
    map = add(workshop, "resources", "Aller vers", by=officer).map
    centre, caf = map.centres.get(), names(map, "CAF", "funding", by=officer)
    draws(caf, centre, "dashed", owner="CCAS", by=officer)
    client.force_login(officer)
    here = reverse("ecosystems:key_sheet", args=[space.pk, map.pk, centre.pk])
    paper = client.get(reverse("workshops:on_paper", args=[space.pk, workshop.pk]))
    sheet = {
        "since": "2026-02-01",
        f"base-{caf.pk}": 0,
        f"status-{caf.pk}": "solid",
        "name-partner-1": "Tiers-lieu",
        "status-partner-1": "dashed",
        "owner-partner-1": "Département",
    }

    told = client.post(here, sheet, follow=True).content.decode()
    again = client.post(here, sheet)

    assert here in paper.content.decode()
    # Somebody had drawn the link meanwhile: it is told, and kept.
    assert "CAF\u00a0: l’équipe venait de dire «\u00a0connue, pas encore" in told
    assert 302 == again.status_code
    links = Link.objects.filter(centre=centre, is_current=True).order_by("pk")
    assert [
        ("CAF", "solid", "CCAS", "2026-02-01"),
        ("Tiers-lieu", "dashed", "Département", "2026-02-01"),
    ] == [(one.resource.name, one.status, one.owner, str(one.since)) for one in links]
    assert 3 == Link.objects.filter(centre=centre).count()

    nameless = client.post(here, {f"base-{caf.pk}": 2, "status-speaker-1": "none"})
    crossless = client.post(here, {f"base-{caf.pk}": 2, "name-speaker-1": "Bus"})
    assert "Nommez la ressource de cette ligne" in nameless.content.decode()
    assert "quelle croix" in crossless.content.decode()
    assert "Rien de cette feuille" in client.post(here, {"since": ""}).content.decode()
    withdraw_resource(caf, by=Hand(officer))
    gone = client.post(here, sheet | {f"base-{caf.pk}": 2}).content.decode()
    assert "«\u00a0CAF\u00a0» a été retirée de la carte" in gone
    assert 3 == Link.objects.filter(centre=centre).count()
