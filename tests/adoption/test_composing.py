"""The document is composed from what exists, in the order and words of the team."""

from __future__ import annotations

import io
import json
from datetime import date
from uuid import uuid4

import odfdo
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as read_docx
from pdfua import validate

from jalons.adoption import operations
from jalons.adoption.composition import compose, parts_of
from jalons.audit.models import Entry
from jalons.diagnosis.models import Finding, Review
from jalons.diagnosis.operations import add_finding, review_finding, start_diagnosis
from jalons.documents import render
from jalons.documents.slides import plan
from jalons.documents.stored import document_from, figures_from, to_store
from jalons.roadmaps.operations import Budgeted
from tests.adoption.conftest import words_of
from tests.ecosystems.maps import draws, make_map, names
from tests.meetings.gatherings import make_meeting
from tests.roadmaps.plans import make_action, make_stake, make_workstream

MOST_QUERIES = 45


def titles(roadmap) -> list[str]:
    return [one.title for one in compose(roadmap).document.sections]


def writes(roadmap, code, words, *, by, version=1, hand=None, is_shown=True):
    said = {"words": words, "is_shown": is_shown, "version": version}
    hand = hand or uuid4()
    return operations.save_part(roadmap, code, **said, written_from=hand, by=by)


def test_the_document_is_read_as_text_and_reworked_with_its_headings(
    fetch, roadmap, tmp_path
):
    roadmap.is_simulated = True
    roadmap.save()

    pdf, docx = (fetch("adoption:file", format) for format in ("pdf", "docx"))

    text = words_of(pdf)
    for words in (
        "SIMULÉ",
        "1 an",
        "1.a.1 Un bus",
        "12 500,50 €",
        "à chiffrer",
        "CCAS",
    ):
        assert words in text
    assert "1 ans" not in text
    path = tmp_path / "feuille.pdf"
    path.write_bytes(pdf)
    assert not validate(path).findings
    headings = [
        line.text
        for line in read_docx(io.BytesIO(docx)).paragraphs
        if line.style.name.startswith("Heading")
    ]
    assert "1. Comment aller vers les habitants ?" in headings
    assert "1.a Des services itinérants" in headings


def test_a_format_that_is_not_made_is_not_found(signed_in, roadmap):
    address = reverse("adoption:file", args=[roadmap.pk, "exe"])

    assert 404 == signed_in.get(address).status_code


def test_parts_are_moved_left_out_and_opened_by_the_words_of_the_team(
    signed_in, roadmap, officer
):
    assert "Remerciements" not in titles(roadmap)
    writes(roadmap, "thanks", "Merci aux **secrétaires de mairie**.", by=officer)
    writes(roadmap, "budget", "", by=officer, is_shown=False)
    address = reverse("adoption:move", args=[roadmap.pk])
    for _turn in range(2):
        signed_in.post(address, {"up": "thanks"})

    codes = [one.kind.code for one in parts_of(roadmap)]
    assert codes.index("thanks") == codes.index("conditions") - 1
    assert "Ce que cela coûte, et qui paie" not in titles(roadmap)
    page = signed_in.get(reverse("adoption:read", args=[roadmap.pk])).content.decode()
    assert "<strong>secrétaires de mairie</strong>" in page


def test_a_page_that_keeps_by_itself_follows_what_it_kept_and_crosses_nobody(
    signed_in, roadmap, officer
):
    address = reverse("adoption:part", args=[roadmap.pk, "course"])
    hand, other = uuid4(), uuid4()
    said = {"is_shown": "on", "version": 1, "written_from": hand}

    def keeps(words: str) -> int:
        sent = said | {"words": words}
        return signed_in.post(address, sent, headers={"X-Jalons-Autosave": "1"})

    assert [204, 204] == [keeps(one).status_code for one in ("Un", "Un cap")]
    assert 1 == Entry.objects.filter(verb="document.part_written").count()
    assert 200 == keeps("Demandez à Mme Martin").status_code
    writes(roadmap, "course", "Le leur", by=officer, version=3, hand=other)

    assert 409 == keeps("Un cap à nous").status_code
    merged = signed_in.post(address, said | {"words": "Un cap à nous"})
    page = merged.content.decode()
    assert "Le leur" in page
    assert "Un cap à nous" in page
    version = merged.context["form"]["version"].value()
    sent = said | {"words": "Un cap, le leur", "version": version}
    assert 302 == signed_in.post(address, sent).status_code
    assert "Un cap, le leur" == roadmap.document_parts.get(code="course").words


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Appelez le 05 53 00 00 00", "écrivez la fonction"),
        ("a" * 6001, "6000"),
    ],
)
def test_words_that_cannot_be_kept_are_told_beside_their_field(
    signed_in, roadmap, words, told
):
    address = reverse("adoption:part", args=[roadmap.pk, "thanks"])
    sent = {"words": words, "version": 1, "written_from": uuid4()}

    answer = signed_in.post(address, sent)

    assert told in answer.content.decode()
    assert not roadmap.document_parts.exists()


def test_what_word_pastes_is_cleaned_and_comes_out_right_everywhere(
    signed_in, fetch, roadmap, tmp_path
):
    """Ten times longer than what may be kept: only its words count."""
    pasted = (
        f"<style>{'p {margin: 0}' * 6000}</style><h2>Nos appuis</h2>"
        "<p class=MsoNormal>Voir <a href='https://exemple.fr/plan'>le <b>plan</b></a>, "
        "pas <a href='javascript:alert(1)'>ceci</a><o:p></o:p></p><script>x()</script>"
        "<table><tr><td>Qui</td><td>Quoi</td></tr>"
        "<tr><td>CCAS</td><td>une salle</td></tr></table>"
    )
    address = reverse("adoption:part", args=[roadmap.pk, "course"])
    sent = {"words": pasted, "is_shown": "on", "version": 1, "written_from": uuid4()}
    assert 302 == signed_in.post(address, sent).status_code

    kept = roadmap.document_parts.get(code="course").words
    assert (
        "## Nos appuis\n\nVoir [le **plan**](https://exemple.fr/plan), pas ceci\n\n"
        "| Qui | Quoi |\n| CCAS | une salle |"
    ) == kept
    page = fetch("adoption:read").decode()
    assert '<a href="https://exemple.fr/plan">le plan</a>' in page
    assert '<th scope="col">Quoi</th>' in page
    assert "javascript:" not in page
    word = read_docx(io.BytesIO(fetch("adoption:file", "docx")))
    linked = [one for line in word.paragraphs for one in line.hyperlinks]
    assert ["https://exemple.fr/plan"] == [one.address for one in linked]
    assert ["CCAS", "une salle"] == [c.text for c in word.tables[0].rows[1].cells]
    office = odfdo.Document(io.BytesIO(fetch("adoption:file", "odt"))).body
    to = office.get_element("descendant::text:a")
    assert "https://exemple.fr/plan" == to.get_attribute("xlink:href")
    path = tmp_path / "feuille.pdf"
    path.write_bytes(fetch("adoption:file", "pdf"))
    assert not validate(path).findings
    assert "CCAS une salle" in words_of(path.read_bytes())


def test_what_the_space_holds_is_in_the_document_with_its_drawings(
    signed_in, roadmap, space, officer
):
    diagnosis = start_diagnosis(space, space.territory, by=officer)
    kinds = Finding.Kind
    add_finding(diagnosis, kind=kinds.WEAKNESS, wording="Trop loin.", by=officer)
    aside = add_finding(diagnosis, kind=kinds.STRENGTH, wording="Un hub.", by=officer)
    review_finding(aside, state=Review.State.SET_ASIDE, wording="Un hub.", by=officer)
    map = make_map(space, by=officer)
    draws(names(map, "Bus", by=officer), map.centres.get(), "dashed", by=officer)
    make_meeting(space, by=officer, day=date(2025, 3, 12))

    assert "Ce que dit le diagnostic" not in titles(roadmap)
    roadmap.perimeter.add(space.territory)
    composed = compose(roadmap)
    on_page = compose(roadmap, is_on_page=True)

    text = words_of(render(composed.document, "pdf"))
    for words in ("Trop loin.", "Bus", "personne ne s’en charge"):
        assert words in text
    assert "Un hub." not in text
    assert len(composed.figures) == len(on_page.figures)
    assert all("class=" in one.svg for one in on_page.figures)
    stored = to_store(composed.document)
    again = document_from(json.loads(json.dumps(stored)))
    assert stored == to_store(again)
    assert render(composed.document, "pdf") == render(again, "pdf")
    drawn = to_store(on_page.figures)
    assert drawn == to_store(figures_from(drawn))
    page = signed_in.get(reverse("adoption:read", args=[roadmap.pk])).content.decode()
    assert page.count("<figure>") == len(composed.figures)


def test_only_the_maps_of_the_roadmap_are_read_once_some_are_chosen(
    roadmap, space, officer
):
    for title in ("Bus", "Fonds"):
        map = make_map(space, by=officer, title=title)
        draws(names(map, title, by=officer), map.centres.get(), "solid", by=officer)
    both = words_of(render(compose(roadmap).document, "pdf"))
    assert "Fonds" in both

    roadmap.maps.add(space.resource_maps.get(title="Bus"))

    text = words_of(render(compose(roadmap).document, "pdf"))
    assert "Bus" in text
    assert "Fonds" not in text


def test_a_long_roadmap_is_composed_in_as_many_queries_as_a_short_one(
    signed_in, roadmap, officer, django_assert_num_queries
):
    addresses = [
        reverse(name, args=[roadmap.pk]) for name in ("adoption:show", "adoption:read")
    ]
    counts = []
    for address in addresses:
        signed_in.get(address)
        with CaptureQueriesContext(connection) as made:
            signed_in.get(address)
        counts.append(len(made))

    for number in range(6):
        stake = make_stake(roadmap, f"Comment tenir l’enjeu {number} ?", by=officer)
        stream = make_workstream(stake, by=officer, leads=["CCAS"])
        for rank in range(10):
            make_action(stream, f"Action {rank}", Budgeted("CAF", None), by=officer)

    assert [True, True] == [count <= MOST_QUERIES for count in counts]
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_num_queries(count):
            signed_in.get(address)


def test_ten_slides_go_from_the_course_to_who_carries_it(roadmap, officer):
    stake = roadmap.stakes.first()
    for number in range(8):
        make_workstream(stake, f"Chantier {number}", by=officer, leads=["CCAS"])

    shown = plan(compose(roadmap).document)

    titles = [one.title for one in shown.slides]
    wanted = ["Le cap que nous partageons, et son horizon", "Les enjeux", "Quand"]
    wanted += ["Ce que cela coûte, et qui paie", "Qui porte la feuille de route"]
    assert wanted == [one for one in dict.fromkeys(titles) if one in wanted]
    assert shown.count <= 10
    assert not [one for one in titles if "Chantier" in one]
