"""A workshop on paper: a sheet to print, and its answers keyed by its number."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from jalons.workshops import figures, moderating, operations
from jalons.workshops.models import Activity
from tests.workshops.rooms import add, comes, make_table, make_workshop, says, votes


@pytest.fixture
def key(client, space, officer):
    """Key a sheet of an activity, by the page that does it."""
    client.force_login(officer)

    def keyed(activity: Activity, sheet: int, **sent: object):
        one = [space.pk, activity.workshop_id, activity.pk]
        address = reverse("workshops:keying", args=one)
        return client.post(address, {"sheet": sheet, **sent})

    return keyed


def test_one_sheet_holds_every_activity_of_the_workshop(
    client, workshop, officer, space
):
    amina, _secret = comes(workshop)
    says(workshop.current, amina, "Plus de guichet")
    matrix = workshop.activities.get(kind="matrix")
    moderating.draw_items(matrix, workshop.current, by=officer)
    add(workshop, "dots", "Bus", "Prêt", by=officer)
    for form in ("single", "multiple", "scale", "ranking"):
        add(workshop, "poll", f"Oui {form}", "Non", by=officer, form=form)
    add(workshop, "cloud", by=officer)
    add(workshop, "questions", by=officer)
    make_table(workshop, by=officer)
    client.force_login(officer)

    found = client.get(reverse("workshops:sheet", args=[space.pk, workshop.pk]))
    read = PdfReader(io.BytesIO(found.content))
    text = " ".join(" ".join(page.extract_text().split()) for page in read.pages)

    for words in (
        "Plus de guichet",
        "Bus",
        "Oui multiple",
        "Cinq mots au plus",
        "Des services itinérants",
        workshop.code,
    ):
        assert words in text
    assert "Amina" not in text


def test_a_sheet_keyed_twice_counts_once_and_is_one_person_everywhere(
    workshop, officer, key
):
    wall = workshop.current
    matrix = workshop.activities.get(kind="matrix")
    for _time in range(2):
        sent = {"texts": "Guichets fermés\n\nBus", "direction": "change"}
        assert 302 == key(wall, 4, **sent).status_code
    assert ["Guichets fermés", "Bus"] == [
        one.item.text for one in figures.ideas_of(wall)
    ]
    assert ["change", "change"] == [one.direction for one in wall.items.all()]
    moderating.draw_items(matrix, wall, by=officer)
    desks, bus = matrix.items.in_order()
    rates = {f"impact-{desks.pk}": 5, f"mastery-{desks.pk}": 1}
    assert 302 == key(matrix, 4, **rates).status_code
    half = key(matrix, 5, **{f"impact-{bus.pk}": 5})
    assert 200 == half.status_code
    assert "manque" in half.content.decode()
    # Keyed again after the closing: it takes the place of what it said.
    operations.close_workshop(workshop, by=officer)
    rates |= {f"impact-{desks.pk}": 3}
    key(matrix, 4, **rates)

    first = figures.results_of(matrix).rated[0].rated
    assert (1, 2, 0) == (first.n, first.impact_points, first.mastery_points)
    assert [4] == list(workshop.participants.values_list("sheet", flat=True))


def test_every_form_of_vote_is_keyed_by_the_rules_of_the_telephone(space, officer, key):
    workshop = make_workshop(space, "blank", by=officer)

    def played(kind: str, **fields) -> tuple[Activity, list[int]]:
        activity = add(workshop, kind, "A", "B", by=officer, **fields)
        pks = activity.items.in_order().values_list("pk", flat=True)
        return activity, list(pks)

    single, (a, _b) = played("poll")
    assert 302 == key(single, 1, choice=a).status_code
    assert 200 == key(single, 2).status_code
    several, (a, b) = played("poll", form="multiple")
    assert 302 == key(several, 1, choice=[a, b]).status_code
    scale, _none = played("poll", form="scale")
    assert (302, 200) == (
        key(scale, 1, grade=4).status_code,
        key(scale, 2, grade=6).status_code,
    )
    ranking, (a, b) = played("poll", form="ranking")
    places = {f"place-{a}": 2, f"place-{b}": 1}
    assert 302 == key(ranking, 1, **places).status_code
    assert 200 == key(ranking, 2, **places | {f"place-{b}": 2}).status_code
    dots, (a, b) = played("dots", dots=4, dots_cap=3)
    assert 302 == key(dots, 1, **{f"dots-{a}": 3}).status_code
    assert 200 == key(dots, 2, **{f"dots-{a}": 4}).status_code
    luc, _secret = comes(workshop, "Luc")
    operations.go_to(single, "rate", by=officer)
    votes(single, luc, f"choice={single.items.first().pk}")

    counted = figures.results_of(single).lines[0].counted.voters
    mean = figures.results_of(scale).scale.mean
    assert (2, 4, 3) == (counted, mean, figures.results_of(dots).lines[0].counted.total)
    assert 0 == workshop.participants.filter(sheet=2).count()


def test_a_sheet_keyed_again_takes_back_the_grade_of_the_wrong_line(
    workshop, officer, key
):
    matrix = add(workshop, "matrix", "Guichets", "Bus", by=officer)
    desks, bus = matrix.items.in_order()

    def grades(*items) -> dict[str, int]:
        return {
            f"{name}-{one.pk}": 5 for one in items for name in ("impact", "mastery")
        }

    def counted() -> dict[str, int]:
        return {one.item.text: one.rated.n for one in figures.results_of(matrix).rated}

    key(matrix, 4, **grades(desks, bus))
    key(matrix, 5, **grades(bus))
    assert {"Guichets": 1, "Bus": 2} == counted()
    key(matrix, 4, **grades(desks))
    assert {"Guichets": 1, "Bus": 1} == counted()


def test_a_sheet_keyed_again_with_words_alone_keeps_its_votes(workshop, officer, key):
    asked = add(workshop, "questions", by=officer)
    key(asked, 1, texts="Quand ?\nOù ?")
    when, where = asked.items.in_order()

    def supported() -> list[list[int]]:
        counted = asked.ballots.filter(is_current=True)
        return [marks["choices"] for marks in counted.values_list("marks", flat=True)]

    key(asked, 4, choice=when.pk)
    assert 302 == key(asked, 4, texts="Combien ?").status_code
    assert [[when.pk]] == supported()
    key(asked, 4, choice=where.pk)
    assert [[where.pk]] == supported()


def test_a_sheet_gives_five_words_as_a_telephone_does(workshop, officer, key):
    cloud = add(workshop, "cloud", by=officer)
    five = ["Accès", "Bus", "Cartes", "Droits", "École"]

    refused = key(cloud, 1, texts="\n".join([*five, "Fibre"]))
    assert "Cinq mots au plus" in refused.content.decode()
    assert 302 == key(cloud, 1, texts="\n".join(five)).status_code
    assert 200 == key(cloud, 1, texts="Fibre").status_code
    assert 302 == key(cloud, 1, texts="Accès").status_code
    # A word mistyped is set aside, then keyed as it should be.
    moderating.set_aside(cloud.items.get(text="Bus"), by=officer)
    assert 302 == key(cloud, 1, texts="Car").status_code
    found = figures.results_of(cloud)
    assert (1, 5) == (found.voters, len(found.words))
