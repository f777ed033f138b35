"""Whom to call when few actors are here: around, passing by, alike, or ordinary."""

from __future__ import annotations

import io

import pytest
from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader

from jalons.coverage.contacts import contacts_of
from jalons.coverage.ordinary import read_kinds
from jalons.directory.models import PlaceList, ProfessionalContact
from jalons.directory.vocabulary import read_vocabulary
from jalons.territories.models import (
    CURRENT_YEAR,
    Contour,
    Membership,
    Territory,
)
from tests.coverage.ground import make_ground, observe, put
from tests.factories import make_territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def epci():
    """CC d’Exemple, beside CC Voisine whose commune is Dehors."""
    epci, beside = make_ground(), make_territory("CC Voisine")
    outside = Territory.objects.get(name="Dehors")
    Membership.objects.create(member=outside, group=beside, since=CURRENT_YEAR)
    for at, one in enumerate((epci, beside)):
        Contour.objects.create(
            territory=one,
            vintage=CURRENT_YEAR,
            frame="metropole",
            path=f"M{at} 0h1v1h-1z",
            min_x=at,
            min_y=0,
            max_x=at + 1,
            max_y=1,
        )
    return epci


def outside(name: str, **fields):
    return put(name, 30, commune=Territory.objects.get(name="Dehors"), **fields)


def test_places_of_the_neighbours_are_named_the_nearest_first(epci):
    put("Ici", 0)
    outside("Chez le voisin", phone="+33556000000")
    outside("À distance", access_modes=["sans_public"])

    found = contacts_of(epci)

    assert 1 == found.here
    assert ["CC Voisine"] == [one.name for one in found.neighbours]
    assert [("Chez le voisin", "CC Voisine")] == [
        (one.place.name, one.epci) for one in found.around
    ]
    # People live 10 × 2000 / 3500 + 20 × 500 / 3500 = 8.57 km north of Aval.
    assert found.around[0].km == pytest.approx(30 - 8.571, abs=0.01)


def test_who_is_on_the_move_passes_by(epci):
    outside("Camion", mobility=["itinerant"])
    put("Bus d’ici", 0, mobility=["itinerant", "fixe"])

    found = contacts_of(epci)

    assert {"Camion", "Bus d’ici"} == {one.place.name for one in found.passing}


def test_nobody_s_own_number_is_on_the_page_nor_on_paper(client, epci):
    place = outside("Chez le voisin", mailboxes=["contact@exemple.fr"])
    ProfessionalContact.objects.create(
        place=place, kind=ProfessionalContact.Kind.PHONE, value="+33612345678"
    )

    page = client.get(reverse("coverage:contacts", args=[epci.pk])).content.decode()
    pdf = client.get(reverse("coverage:contacts_pdf", args=[epci.pk])).content
    paper = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages)

    assert "contact@exemple.fr" in page
    assert "contact@exemple.fr" in paper.replace("\n", "")
    assert "12345678" not in page + paper.replace(" ", "")


def test_places_that_a_file_counts_are_named_and_have_a_row_on_paper(client, epci):
    observe("bank_branches", "bpe", Aval=(2, None), Bourg=(0, None), Dehors=(5, None))
    observe("post_offices", "bpe", Aval=(0, None), Bourg=(0, None), Creux=(0, None))

    page = client.get(reverse("coverage:contacts", args=[epci.pk])).content.decode()
    pdf = client.get(reverse("coverage:contacts_pdf", args=[epci.pk])).content
    found = contacts_of(epci)

    assert "Aval (2). Source" in page
    # Creux is not in the file, which is not to have no bank.
    assert "Non connu pour 1 commune" in page
    assert "Aucun dans les communes lues" in page
    assert {"banque", "poste"} == found.known.keys()
    assert [("Aval", 2)] == found.known["banque"].places
    paper = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages)
    # The town hall, then a row for each of the two branches.
    assert paper.count("Aval") == paper.count("Bourg") + 3


def test_places_that_the_lists_name_are_called_on_by_name(client, epci):
    ours = PlaceList.objects.create(name="Liste du Bourg", is_simulated=False)
    put("MJC du Bourg", 10, kinds=["mjc"], phone="+33553000000", place_list=ours)
    put("Camion", 0, kinds=["epn"])
    outside("Tiers-lieu", kinds=["third_place"])

    page = client.get(reverse("coverage:contacts", args=[epci.pk])).content.decode()
    pdf = client.get(reverse("coverage:contacts_pdf", args=[epci.pk])).content
    paper = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages)

    assert {"mjc": ["MJC du Bourg"]} == {
        kind: [one.name for one in places]
        for kind, places in contacts_of(epci).listed.items()
    }
    assert "MJC du Bourg</a>" in page
    assert "n’a pas de type pour les cafés" in page
    assert "MJC du Bourg" in paper
    assert "Liste du Bourg" in paper
    assert "05 53 00 00 00" in paper.replace("\u00a0", " ")


def test_a_secret_count_is_not_known_rather_than_none(epci):
    observe("bank_branches", "bpe", Aval=(2, None), Bourg=(None, None), Creux=(0, None))

    known = contacts_of(epci).known["banque"]

    assert ([("Aval", 2)], 1) == (known.places, known.unsaid)


def test_the_paper_has_a_row_for_each_town_hall(client, epci):
    pdf = client.get(reverse("coverage:contacts_pdf", args=[epci.pk])).content
    reader = PdfReader(io.BytesIO(pdf))
    paper = " ".join(one.extract_text() for one in reader.pages)

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert all(name in paper for name in ("Aval", "Bourg", "Creux"))


def test_a_territory_without_contour_says_that_its_neighbours_are_not_known(client):
    epci = make_ground()

    page = client.get(reverse("coverage:contacts", args=[epci.pk])).content.decode()

    assert "ses voisins ne sont pas connus" in page


def test_only_an_epci_has_neighbours_to_call(client):
    departement = make_territory("Dordogne", Territory.Kind.DEPARTEMENT, "24")

    answer = client.get(reverse("coverage:contacts", args=[departement.pk]))

    assert 404 == answer.status_code


def test_the_kinds_of_places_are_named_by_a_published_text_or_said_ours():
    found = read_kinds()

    assert {"S004", ""} == {one.seed for one in found.kinds}
    counted = {one.counted_by for one in found.kinds} - {None}
    named = {code for one in found.kinds for code in one.place_kinds}
    assert named <= read_vocabulary().terms["typologie"].keys()
    files = {one.stem for one in (settings.REFERENCE_DIR / "indicators").iterdir()}
    assert counted <= files
    assert "" == found.reviewer, "nobody is invented as a reviewer"
    assert (settings.REFERENCE_DIR / "coverage").is_dir()
