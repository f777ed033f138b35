from __future__ import annotations

import csv
import io

from django.urls import reverse

from jalons.live.operations import last_number
from jalons.live.reading import events_after
from jalons.workshops import figures, moderating, operations
from jalons.workshops.models import Ballot, Item, Participant
from tests.workshops.rooms import add, comes, make_workshop, post, says, votes


def test_somebody_joins_with_six_letters_and_a_first_name_and_comes_back(
    client, workshop
):
    found = client.get(reverse("workshops:code"), {"code": workshop.code.lower()})
    unknown = client.get(reverse("workshops:code"), {"code": "ZZZ"})
    address = reverse("workshops:join", args=[workshop.code])
    nameless = client.post(address, {"alias": " "})
    joined = client.post(address, {"alias": "Amina 🌻"})
    page = client.get(joined.url).content.decode()

    assert address == found.url
    assert "Aucun atelier" in unknown.content.decode()
    assert 200 == nameless.status_code
    assert "Amina 🌻" in page
    assert workshop.activities.first().question in page
    # The code typed again leads to the same page, not to a second person.
    assert joined.url == client.get(address).url
    assert 1 == Participant.objects.count()


def test_nobody_joins_before_the_opening_nor_after_the_closing(
    client, space, officer, workshop
):
    person, secret = comes(workshop)
    operations.close_workshop(workshop, by=officer)
    address = reverse("workshops:join", args=[workshop.code])

    refused = client.post(address, {"alias": "Luc"})
    late = post(client, secret, act="idea", text="Trop tard")

    assert 1 == workshop.participants.count()
    assert "fermé" in refused.content.decode()
    assert 400 == late.status_code
    assert "fermé" in late.content.decode()
    assert not Item.objects.filter(author=person).exists()


def test_ideas_are_kept_once_whatever_the_alphabet_and_long_ones_refused(
    client, workshop
):
    _person, secret = comes(workshop)
    key = "5a3d5e7e-7a3e-4e8e-9a55-0c8a3f1f0001"
    texts = ("Fermeture 🏦 des guichets", "مرحبا بالعالم", "<script>alert(1)</script>")

    for text in texts:
        assert 302 == post(client, secret, act="idea", text=text).status_code
    for _time in range(2):
        post(client, secret, act="idea", text="La fibre", key=key)
    long = post(client, secret, act="idea", text="a" * 10_000)
    empty = post(client, secret, act="idea", text=" \n ")
    page = client.get(reverse("workshops:pocket", args=[secret])).content.decode()

    assert [*texts, "La fibre"] == [one.text for one in Item.objects.in_order()[:4]]
    assert 4 == Item.objects.exclude(author=None).count()
    assert (400, 400) == (long.status_code, empty.status_code)
    assert "10000" in long.content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_author_rectifies_or_withdraws_and_nobody_else(client, workshop):
    amina, secret = comes(workshop)
    _luc, other = comes(workshop, "Luc")
    item = says(workshop.current, amina, "La fibre")

    stolen = post(client, other, act="rectify", item=item.pk, text="Autre")
    assert 400 == stolen.status_code
    assert (
        302 == post(client, secret, act="rectify", item=item.pk, text="4G").status_code
    )
    item.refresh_from_db()
    assert "4G" == item.text
    assert 302 == post(client, secret, act="withdraw", item=item.pk).status_code
    assert [] == figures.ideas_of(workshop.current)
    assert 404 == client.get(reverse("workshops:pocket", args=["forge"])).status_code


def test_ideas_merged_keep_their_authors_and_stand_again_once_split(workshop, officer):
    wall = workshop.current
    amina, luc = comes(workshop)[0], comes(workshop, "Luc")[0]
    first, second = (
        says(wall, amina, "Guichets fermés"),
        says(wall, luc, "Plus de guichet"),
    )
    third = says(wall, luc, "Réemploi")

    moderating.merge_ideas(second, first, by=officer)
    (merged, alone) = figures.ideas_of(wall)
    moderating.set_aside(third, by=officer)
    matrix = workshop.activities.get(kind="matrix")
    drawn = moderating.draw_items(matrix, wall, by=officer)
    moderating.split_idea(second, by=officer)
    moderating.restore(third, by=officer)

    assert (2, ["Amina", "Luc"]) == (merged.voices, list(merged.aliases))
    assert (third, 1) == (alone.item, alone.voices)
    assert 1 == drawn
    assert [1, 1, 1] == [one.voices for one in figures.ideas_of(wall)]
    # Carried again, only what is new comes.
    assert 2 == moderating.draw_items(matrix, wall, by=officer)


def test_a_matrix_counts_points_and_hides_them_until_shown(client, workshop, officer):
    matrix = workshop.activities.get(kind="matrix")
    wall = workshop.current
    amina, secret = comes(workshop)
    luc, _other = comes(workshop, "Luc")
    for text in ("Guichets", "Réemploi"):
        says(wall, amina, text)
    moderating.draw_items(matrix, wall, by=officer)
    operations.go_to(matrix, "rate", by=officer)
    first, second = matrix.items.in_order()

    post(client, secret, act="vote", item=first.pk, impact=5, mastery=1)
    post(client, secret, act="vote", item=second.pk, impact=2, mastery=4)
    votes(matrix, luc, "impact=4&mastery=2", first)
    outside = post(client, secret, act="vote", item=second.pk, impact=6, mastery=4)
    half = post(client, secret, act="vote", item=second.pk, impact=3)

    assert (400, 400) == (outside.status_code, half.status_code)
    lines = figures.results_of(matrix).rated
    assert [(first, 7, 1, 2), (second, 1, 3, 1)] == [
        (one.item, one.rated.impact_points, one.rated.mastery_points, one.rated.n)
        for one in lines
    ]
    pocket = reverse("workshops:pocket", args=[secret])
    client.force_login(officer)
    stage = reverse("workshops:stage", args=[workshop.meeting.space_id, workshop.pk])
    for address in (pocket, stage):
        assert "<table" not in client.get(address).content.decode()
    told = [one for one in events_after(workshop.channel, 0) if one.is_for("pocket")]
    assert "vote" not in {one.kind for one in told}
    assert not any(one.payload for one in told)
    operations.show_results(matrix, by=officer)
    for address in (pocket, stage):
        assert "<table" in client.get(address).content.decode()


def test_a_vote_changed_reset_and_brought_back_loses_nothing(workshop, officer):
    poll = add(workshop, "poll", "Oui", "Non", by=officer)
    amina, _secret = comes(workshop)
    yes, no = poll.items.in_order()

    def counts() -> list[tuple[str, int]]:
        poll.refresh_from_db()
        lines = figures.results_of(poll).lines
        return [(line.item.text, line.counted.voters) for line in lines]

    votes(poll, amina, f"choice={yes.pk}")
    votes(poll, amina, f"choice={no.pk}")
    assert [("Non", 1), ("Oui", 0)] == counts()
    operations.reset_votes(poll, by=officer)
    assert [("Oui", 0), ("Non", 0)] == counts()
    votes(poll, amina, f"choice={yes.pk}")
    operations.undo_reset(poll, by=officer)
    assert [("Non", 1), ("Oui", 0)] == counts()
    assert 3 == Ballot.objects.count()


def test_each_form_of_vote_refuses_what_its_page_never_offered(
    client, workshop, officer
):
    _amina, secret = comes(workshop)

    def sent(**fields: object) -> int:
        return post(client, secret, act="vote", **fields).status_code

    single = add(workshop, "poll", "Oui", "Non", by=officer)
    yes, no = single.items.in_order()
    assert (302, 400, 400) == (
        sent(choice=yes.pk),
        sent(choice=[yes.pk, no.pk]),
        sent(choice=yes.pk + 999),
    )
    ranking = add(workshop, "poll", "A", "B", by=officer, form="ranking")
    a, b = (f"place-{one.pk}" for one in ranking.items.in_order())
    assert (302, 400) == (sent(**{a: 2, b: 1}), sent(**{a: 1, b: 1}))
    scale = add(workshop, "poll", by=officer, form="scale")
    assert (302, 400, 400) == (sent(grade=5), sent(grade=0), sent(grade="²"))
    assert 5 == figures.results_of(scale).scale.mean
    dots = add(workshop, "dots", "A", "B", by=officer, dots=4, dots_cap=3)
    a, b = (f"dots-{one.pk}" for one in dots.items.in_order())
    assert (302, 400, 400, 400) == (
        sent(**{a: 3, b: 1}),
        sent(**{a: 4}),
        sent(**{a: 3, b: 2}),
        sent(),
    )
    # The vote on the activity before has ended with its phase.
    operations.go_to(dots, "discuss", by=officer)
    assert 400 == sent(**{a: 1})


def test_one_telephone_answers_for_its_table_and_the_team_for_who_has_none(
    client, workshop, officer, space
):
    amina, secret = comes(workshop)
    poll = add(workshop, "poll", "Oui", "Non", by=officer)
    yes = poll.items.in_order()[0].pk
    neighbour = reverse("workshops:neighbour", args=[secret])

    client.post(neighbour, {"alias": "Jean"})
    jean = amina.hosted.get()
    post(client, secret, act="vote", choice=yes)
    post(client, secret, act="vote", choice=yes, personne=jean.pk)
    client.force_login(officer)
    people = reverse("workshops:people", args=[space.pk, workshop.pk])
    client.post(people, {"alias": "Rose"})
    rose = workshop.participants.get(alias="Rose")
    page = reverse("workshops:person", args=[space.pk, workshop.pk, rose.pk])
    client.post(page, {"act": "vote", "choice": yes, "key": amina.link.created_at})
    key = "5a3d5e7e-7a3e-4e8e-9a55-0c8a3f1f0002"
    client.post(page, {"act": "vote", "choice": yes, "key": key})

    assert 3 == figures.results_of(poll).lines[0].counted.voters
    # Nobody answers for a person of another table, nor for who has a telephone.
    _luc, other = comes(workshop, "Luc")
    forged = post(client, other, act="vote", choice=yes, personne=jean.pk)
    assert 404 == forged.status_code
    mine = reverse("workshops:person", args=[space.pk, workshop.pk, amina.pk])
    assert 404 == client.get(mine).status_code


def test_a_facilitator_steers_back_and_forth_and_exports_at_any_time(
    client, space, officer
):
    workshop = make_workshop(space, "restitution", by=officer)
    scale, themes, *_others = workshop.activities.all()
    operations.go_to(themes, "rate", by=officer)
    amina, _secret = comes(workshop)
    votes(themes, amina, f"choice={themes.items.first().pk}")
    client.force_login(officer)
    steer = reverse("workshops:steer", args=[space.pk, workshop.pk])
    before = last_number(workshop.channel)

    for sent in (
        {"act": "phase", "activity": scale.pk, "phase": "discuss"},
        {"act": "phase", "activity": themes.pk, "phase": "rate"},
        {"act": "timer", "minutes": 8},
        {"act": "remove", "activity": themes.pk},
    ):
        assert 302 == client.post(steer, sent).status_code
    unknown = client.post(steer, {"act": "phase", "activity": themes.pk, "phase": "x"})
    nothing = client.post(steer, {"act": "explode"})

    workshop.refresh_from_db()
    assert themes == workshop.current
    assert workshop.timer_ends_at
    assert (302, 404) == (unknown.status_code, nothing.status_code)
    assert before + 3 == last_number(workshop.channel)
    export = reverse("workshops:export", args=[space.pk, workshop.pk])
    text = b"".join(client.get(export).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert "Amina" in [cell for row in rows for cell in row]
