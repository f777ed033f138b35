"""A version is frozen, compared, adopted, then read by all at one address."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document as read_docx
from pypdf import PdfReader

from jalons.adoption import operations
from jalons.adoption.frozen import compare
from jalons.adoption.models import Adoption, Publication
from jalons.audit.models import Entry
from jalons.roadmaps import operations as roadmaps
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Inspiration
from jalons.steering.models import Placing, Wait
from tests.adoption.conftest import words_of
from tests.adoption.versions import adopts, publishes
from tests.factories import make_space, make_user
from tests.funding.money import make_grant
from tests.meetings.gatherings import make_meeting
from tests.roadmaps.plans import (
    make_action,
    make_roadmap,
    make_stake,
    make_workstream,
)


def freezes(roadmap, *, by, title="Envoyée au conseil"):
    return operations.freeze_version(roadmap, title, by=by)


def changes_everything(roadmap, *, by):
    """A stake comes, another goes, an action is worded again."""
    make_stake(roadmap, "Comment équiper ?", by=by)
    roadmaps.remove(plan_of(roadmap).stakes[1].row, by=by)
    action = plan_of(roadmap).actions[0].row
    action.description = "Deux bus"
    roadmaps.save_action(action, [], version=action.version, by=by)


@pytest.fixture
def theirs(db):
    """The roadmap of another team, with a version."""
    other = make_user("Quelqu’un d’ailleurs")
    made = make_roadmap(make_space(owner=other), by=other)
    freezes(made, by=other)
    return made


def test_what_was_frozen_gives_the_same_files_whatever_becomes_of_the_roadmap(
    signed_in, fetch, roadmap, officer
):
    address = reverse("adoption:freeze", args=[roadmap.pk])
    signed_in.post(address, {"title": "Envoyée au conseil"})
    before = [fetch("adoption:version_file", 1, one) for one in ("pdf", "docx", "pptx")]

    changes_everything(roadmap, by=officer)

    after = [fetch("adoption:version_file", 1, one) for one in ("pdf", "docx", "pptx")]
    assert before == after
    assert "Un bus" in words_of(after[0])
    page = fetch("adoption:version", 1).decode()
    assert "Un bus" in page
    assert "Deux bus" not in page
    assert "Deux bus" in fetch("adoption:read").decode()


def test_two_versions_say_what_came_went_and_changed(
    signed_in, roadmap, officer, theirs
):
    first = freezes(roadmap, by=officer)
    changes_everything(roadmap, by=officer)
    stream = plan_of(roadmap).workstreams[0].row
    kept = {"title": "Bus du Lot", "verdict": "kept", "reason": "Simple."}
    Inspiration.objects.create(workstream=stream, **kept)
    second = freezes(roadmap, by=officer)

    found = compare(first.data, second.data)

    told = {
        (one.fate, field.label, field.before, field.after)
        for one in found.differences
        for field in one.fields
    }
    assert (1, 1, 2) == (found.came, found.went, found.changed)
    assert {
        ("changed", "Action", "Un bus", "Deux bus"),
        ("came", "Enjeu", "", "Comment équiper ?"),
        ("went", "Enjeu", "Comment former ?", ""),
        (
            "changed",
            "Expériences examinées",
            "",
            "Bus du Lot (gardée – Simple.)",
        ),
    } <= told
    assert not compare(second.data, second.data).differences
    page = signed_in.get(reverse("adoption:compared", args=[roadmap.pk, 1, 0]))
    assert "Deux bus" in page.content.decode()
    other = reverse("adoption:compared", args=[roadmap.pk, 1, 7])
    assert 404 == signed_in.get(other).status_code
    stranger = reverse("adoption:version", args=[theirs.pk, 1])
    assert 404 == signed_in.get(stranger).status_code


def test_versions_compare_what_actions_wait_for_ask_and_are_granted(roadmap, officer):
    action = plan_of(roadmap).actions[0].row
    awaited = make_action(action.workstream, "Former", by=officer)
    old = freezes(roadmap, by=officer)
    Wait.objects.create(action=action, awaited=awaited)
    placed = {"placed_at": timezone.now(), "effort": 2, "effect": 5}
    Placing.objects.create(action=action, **placed)
    grant = make_grant(action, "Région", 8000, by=officer)
    second = freezes(roadmap, by=officer)
    grant.state, grant.granted = "granted", Decimal(5000)
    grant.save()

    told = _told(compare(old.data, second.data))
    assert {
        ("Attend", "", "1.a.2 Former"),
        ("Effort demandé", "", "plutôt faible"),
        ("Effet attendu", "", "très élevé"),
        (
            *("Argent demandé", ""),
            "Région 8\u00a0000\u00a0€ (demandé, sans réponse)",
        ),
    } == told
    third = freezes(roadmap, by=officer)
    assert {
        (
            "Argent demandé",
            "Région 8\u00a0000\u00a0€ (demandé, sans réponse)",
            "Région 5\u00a0000\u00a0€ (accordé)",
        )
    } == _told(compare(second.data, third.data))
    # A version of before, that kept none of it.
    first = {name: told for name, told in old.data.items() if name != "beside"}
    assert not compare(first, third.data).differences


def _told(found):
    return {
        (field.label, field.before, field.after)
        for one in found.differences
        for field in one.fields
    }


def test_a_deliberation_is_drafted_then_its_reference_is_on_the_document(
    signed_in, fetch, roadmap, officer
):
    stream = roadmap.stakes.first().workstreams.get()
    make_action(stream, "Rien", by=officer, status="dropped")
    version = freezes(roadmap, by=officer)
    draft = fetch("adoption:deliberation", 1, "docx")
    text = "\n".join(one.text for one in read_docx(io.BytesIO(draft)).paragraphs)
    assert "1. Comment aller vers les habitants ?" in text
    assert "d’en confier le suivi à\u00a0: Direction" in text
    assert "en annexe) compte 1 action," in text
    assert "garde aussi la trace de 1 action abandonnée." in text
    assert "[…]" in text
    address = reverse("adoption:adopt", args=[roadmap.pk, 1])
    said = {"body": "Conseil communautaire", "deliberation": "2026-12"}
    late = timezone.localdate() + timedelta(days=1)

    for wrong, told in (
        ({"adopted_on": late}, "pas encore venu"),
        ({"adopted_on": "1850-01-01"}, "entre 2000 et 2100"),
        ({"adopted_on": "2026-03-12", "body": "Mme Martin"}, "écrivez la fonction"),
        ({"adopted_on": ""}, "obligatoire"),
    ):
        answer = signed_in.post(address, said | wrong)
        assert told in answer.content.decode()
    assert not Adoption.objects.exists()
    signed_in.post(address, said | {"adopted_on": "2026-03-12"})

    text = words_of(fetch("adoption:version_file", 1, "pdf"))
    assert "Adoptée le 12 mars 2026 : Conseil communautaire" in text
    assert "délibération 2026-12" in text
    version.refresh_from_db()
    with pytest.raises(operations.AlreadyAdopted):
        adopts(version, by=officer)
    mended = said | {"adopted_on": "2026-03-12", "deliberation": "2026-13"}
    signed_in.post(address, mended)
    assert "2026-12" == Adoption.objects.get().deliberation
    signed_in.post(address, mended | {"mends": "1"})
    assert "délibération 2026-13" in words_of(fetch("adoption:version_file", 1, "pdf"))
    signed_in.post(reverse("adoption:take_back", args=[roadmap.pk, 1]))
    assert not Adoption.objects.exists()
    assert "Version 1 du" in words_of(fetch("adoption:version_file", 1, "pdf"))


def test_the_public_reads_one_version_at_a_stable_address_until_it_is_withdrawn(
    signed_in, client, roadmap, officer
):
    first, second = freezes(roadmap, by=officer), freezes(roadmap, by=officer)
    publish = reverse("adoption:publish", args=[roadmap.pk, 1])
    assert 404 == signed_in.get(publish).status_code
    adopts(first, by=officer)
    today = timezone.localdate()
    passed = {"public_on": today - timedelta(days=1)}
    assert "Ce jour est passé" in signed_in.post(publish, passed).content.decode()
    signed_in.post(publish, {"public_on": today + timedelta(days=3)})
    slug = roadmap.publication.slug
    pages = [
        reverse("adoption:public", args=[slug]),
        reverse("adoption:public_file", args=[slug, "pdf"]),
    ]
    client.logout()
    assert [404, 404] == [client.get(one).status_code for one in pages]
    assert slug not in client.get(reverse("adoption:public_list")).content.decode()

    publishes(second, by=officer)
    later = timezone.now() + timedelta(days=3)
    for adoption in (first.adoption, second.adoption):
        with pytest.raises(operations.WouldClose):
            operations.publish(adoption, public_from=later, by=officer)
    assert slug == roadmap.publication.slug
    second.adoption.deliberation = "2026-12 bis"
    operations.correct_adoption(second.adoption, by=officer)
    mended = Entry.objects.get(verb="document.adoption_mended")
    assert "2026-12" == mended.details["before"]["deliberation"]
    assert slug in client.get(reverse("adoption:public_list")).content.decode()
    read = client.get(pages[0]).content.decode()
    assert "Un bus" in read
    assert "délibération 2026-12 bis" in read
    assert 200 == client.get(pages[1]).status_code

    with pytest.raises(operations.StillPublic):
        operations.take_back_adoption(second.adoption, by=officer)
    roadmap.refresh_from_db()
    operations.withdraw(roadmap.publication, reason="Un budget erroné.", by=officer)
    closed = [client.get(one) for one in pages]
    assert [410, 410] == [one.status_code for one in closed]
    assert "Un budget erroné." in closed[0].content.decode()
    with pytest.raises(operations.AlreadyWithdrawn):
        operations.withdraw(roadmap.publication, reason="Encore.", by=officer)
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"document.frozen", "document.published", "document.withdrawn"} <= verbs


def test_the_list_has_adopted_names_of_recognised_teams_only(client, roadmap, officer):
    public = publishes(freezes(roadmap, by=officer), by=officer)
    roadmap.title = "Un autre nom"
    roadmap.save()
    address = reverse("adoption:public_list")
    listed = client.get(address).content.decode()
    assert public.slug in listed
    assert "Un autre nom" not in listed

    roadmap.space.recognised_at = None
    roadmap.space.save()

    assert public.slug not in client.get(address).content.decode()
    own = reverse("adoption:public", args=[public.slug])
    assert 200 == client.get(own).status_code


def test_words_that_may_name_somebody_are_told_before_all_read_them(
    signed_in, roadmap, officer
):
    make_stake(roadmap, "Comment aider comme Jeanne Petit ?", by=officer)
    make_meeting(roadmap.space, "Chez Paul Grand", by=officer, day=date(2025, 3, 12))
    adopts(freezes(roadmap, by=officer), by=officer)

    page = signed_in.get(reverse("adoption:publish", args=[roadmap.pk, 1]))

    told = page.context["to_read_over"]
    assert {"Jeanne Petit", "Chez Paul Grand"} <= set(told)


def test_a_level_taken_back_leaves_the_public_page_at_once(client, roadmap, officer):
    version = freezes(roadmap, by=officer)
    part = next(one for one in version.data["parts"] if one["code"] == "maturity")
    version.document["sections"].append(
        {
            "of": "Section",
            "title": part["title"],
            "blocks": [{"of": "Paragraph", "text": "Niveau publié : avancé."}],
            "kind": "section",
            "is_detail": False,
        }
    )
    version.save()
    address = reverse("adoption:public", args=[publishes(version, by=officer).slug])
    assert "avancé" in client.get(address).content.decode()

    told = {"epci": "200000000", "survey": "close", "state": "published", "grade": "d"}
    version.data["maturity"] = told
    version.save()

    assert "avancé" not in client.get(address).content.decode()


@pytest.mark.parametrize(("stakes", "streams"), [(4, 4), (3, 12), (30, 1)])
def test_the_essentials_hold_on_one_page_whatever_the_roadmap(
    fetch, roadmap, officer, stakes, streams
):
    roadmap.course = "Un cap partagé. " * 60
    roadmap.save()
    for _turn in range(stakes):
        stake = make_stake(roadmap, f"Comment {'aider ' * 40}?", by=officer)
        for _other in range(streams):
            make_workstream(stake, "Former des aidants " * 12, by=officer)
    freezes(roadmap, by=officer)

    pdf = fetch("adoption:one_page", 1, "pdf")

    assert 1 == len(PdfReader(io.BytesIO(pdf)).pages)
    assert "Comment aller vers les habitants ?" in words_of(pdf)


def test_the_public_version_says_how_it_may_be_reused(signed_in, roadmap, officer):
    version = freezes(roadmap, by=officer)
    adopts(version, by=officer)
    page = reverse("adoption:publish", args=[roadmap.pk, version.number])
    day = f"{timezone.localdate():%Y-%m-%d}"

    signed_in.post(page, {"public_on": day})
    public = Publication.objects.get()
    address = reverse("adoption:public", args=[public.slug])
    unsaid = signed_in.get(address).content.decode()
    signed_in.post(
        reverse("adoption:licence", args=[roadmap.pk]), {"licence": "CC-BY-SA-4.0"}
    )
    said = signed_in.get(address).content.decode()

    assert "aucune licence" in unsaid
    assert 'rel="license">CC BY-SA 4.0' in said
    file = reverse("adoption:public_file", args=[public.slug, "docx"])
    paper = read_docx(io.BytesIO(b"".join(signed_in.get(file))))
    assert "CC BY-SA 4.0" in paper.core_properties.comments
    # Another day, the same address: what was said of it stays.
    signed_in.post(page, {"public_on": day})
    assert Publication.objects.get().licence == "CC-BY-SA-4.0"


def test_an_adopted_roadmap_says_so_where_the_team_works(signed_in, roadmap, officer):
    version = freezes(roadmap, by=officer)
    pages = [
        reverse("roadmaps:show", args=[roadmap.pk]),
        reverse("front:space", args=[roadmap.space_id]),
    ]
    assert all(
        "adoptée le" not in signed_in.get(one).content.decode().lower() for one in pages
    )

    adopts(version, by=officer)

    for one in pages:
        assert "adoptée le" in signed_in.get(one).content.decode().lower()


def test_who_freezes_is_told_what_the_project_sheet_leaves_blank(signed_in, roadmap):
    roadmap.course, roadmap.sponsor, roadmap.lead = "Un cap", "", "Chef de projet"
    roadmap.save()

    page = signed_in.get(reverse("adoption:freeze", args=[roadmap.pk])).content.decode()

    assert "laissera en blanc\u00a0: Élu porteur." in page


def test_a_day_before_the_version_is_remarked(signed_in, roadmap, officer):
    version = freezes(roadmap, by=officer)
    address = reverse("adoption:adopt", args=[roadmap.pk, version.number])
    said = {"body": "Conseil communautaire", "deliberation": "2026-045"}

    day = timezone.localdate() - timedelta(days=1)
    page = signed_in.post(
        address, said | {"adopted_on": f"{day:%Y-%m-%d}"}, follow=True
    )

    assert "précède le jour où cette version a été figée" in page.content.decode()
    assert version.adoption.adopted_on == day
