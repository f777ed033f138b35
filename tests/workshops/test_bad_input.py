"""What no page offers is refused with its reason, in every kind of activity."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.ecosystems.models import Resource
from jalons.workshops import mapping, operations, seating
from jalons.workshops.models import Activity, Ballot, Item, Workshop, Writing
from tests.workshops.rooms import add, comes, make_table, make_workshop, post, says

LONG = "a" * 10_000
# Emoji, right-to-left, both at once, an order of reading turned round, a script.
STRANGE = (
    "Guichet 🏦👩‍💻",
    "مرحبا بالعالم",
    "صباح 🌅 bus",
    "<script>alert(1)</script>",
)
TURNED = "Bus\u202egnp.exe"
VOTES = ("matrix", "workstreams", "dots", "questions")
POLLS = ("poll-single", "poll-multiple", "poll-scale", "poll-ranking")


def written(case: str, workshop: Workshop, officer) -> dict[str, object]:
    """What the form of this kind sends, without its text; it is played."""
    if case in ("wall", "cloud", "questions"):
        add(workshop, case, by=officer)
        return {"act": "idea"}
    table, stake, item = make_table(workshop, by=officer)
    if case == "resource":
        drawn = add(workshop, "resources", by=officer)
        mapping.carry(drawn, table, by=officer)
        centre = drawn.map.centres.get().pk
        return {"act": case, "centre": centre, "category": "funding", "status": "solid"}
    operations.go_to(table, "write", by=officer)
    if case == "workstream":
        return {"act": case, "item": stake.pk}
    return {"act": "cell", "item": item.pk, "column": "actions", "base": 0}


def kept() -> set[str]:
    """Every text that a telephone wrote."""
    ideas = Item.objects.exclude(author=None, stake=None).values_list("text", flat=True)
    cells = Writing.objects.values_list("text", flat=True)
    return {*ideas, *cells, *Resource.objects.values_list("name", flat=True)}


@pytest.mark.parametrize(
    "case", ["wall", "cloud", "questions", "workstream", "cell", "resource"]
)
def test_a_text_of_any_alphabet_is_kept_as_written_and_an_endless_one_refused(
    case, client, workshop, officer, space
):
    _amina, secret = comes(workshop)
    form = written(case, workshop, officer)
    name = "name" if case == "resource" else "text"

    endless = post(client, secret, **form, **{name: LONG})
    for number, text in enumerate((*STRANGE, TURNED)):
        base = {"base": number} if case == "cell" else {}
        sent = post(client, secret, **form | base, **{name: text})
        assert 302 == sent.status_code, sent.content.decode()

    assert 400 == endless.status_code
    assert "10000" in endless.content.decode()
    assert {*STRANGE, "Busgnp.exe"} <= kept()
    assert LONG not in kept()
    client.force_login(officer)
    operations.show_results(Workshop.objects.get().current, by=officer)
    for page in ("console", "stage"):
        address = reverse(f"workshops:{page}", args=[space.pk, workshop.pk])
        assert "<script>alert" not in client.get(address).content.decode()


def test_a_name_and_what_a_table_retains_are_held_to_their_length(
    client, workshop, officer
):
    seating.set_tables(workshop, ["Bleue"], by=officer)
    join = reverse("workshops:join", args=[workshop.code])
    _amina, secret = comes(workshop)
    post(client, secret, act="sit", table=workshop.tables.get().pk)

    named = client.post(join, {"alias": LONG})
    retained = post(client, secret, act="synthesis", base=0, text=LONG)

    assert (200, 400) == (named.status_code, retained.status_code)
    assert 1 == workshop.participants.count()
    assert not workshop.tables.get().syntheses.exists()


def rated(case: str, workshop: Workshop, officer, amina) -> tuple[Activity, dict, list]:
    """An activity in its vote, an answer that its page offers, others it does not."""
    if case == "workstreams":
        activity, _stake, item = make_table(workshop, by=officer)
        operations.go_to(activity, "rate", by=officer)
        right = {"item": item.pk, "transversal": 1, "strategic": 3, "feasible": 5}
        return activity, right, [right | {"feasible": bad} for bad in (0, 6, "-1", "")]
    if case == "questions":
        activity = add(workshop, case, by=officer)
        item = says(activity, amina, "Qui paie ?")
        operations.go_to(activity, "support", by=officer)
        return activity, {"choice": item.pk}, [{"choice": item.pk + 999}]
    kind, _dash, form = case.partition("-")
    fields = {"form": form} if form else {}
    activity = add(workshop, kind, "Oui", "Non", by=officer, **fields)
    yes, no = activity.items.in_order().values_list("pk", flat=True)
    if kind == "matrix":
        right = {"item": yes, "impact": 5, "mastery": 1}
        wrong = [right | {"impact": bad} for bad in (0, 6, "²", "5.5", "")]
        return activity, right, [*wrong, {"impact": 5, "mastery": 1}]
    if kind == "dots":
        first, second = f"dots-{yes}", f"dots-{no}"
        wrong = [{first: 4}, {first: -1}, {first: 3, second: 3}, {first: "beaucoup"}]
        return activity, {first: 3, second: 2}, wrong
    if form == "scale":
        return activity, {"grade": 5}, [{"grade": bad} for bad in (0, 6, "x", "")]
    if form == "ranking":
        first, second = f"place-{yes}", f"place-{no}"
        wrong = [{first: 1, second: 1}, {first: 0, second: 1}, {first: 3, second: 1}]
        return activity, {first: 2, second: 1}, wrong
    return activity, {"choice": yes}, [{"choice": yes + 999}, {"choice": "oui"}]


@pytest.mark.parametrize("case", [*VOTES, *POLLS])
def test_a_vote_that_no_page_offers_comes_too_late_or_from_somebody_else_is_refused(
    case, client, workshop, officer, space
):
    amina, secret = comes(workshop)
    activity, right, wrong = rated(case, workshop, officer, amina)
    other = make_workshop(space, by=officer)
    stranger, hers = comes(other, "Étrangère")

    def sent(by: str = secret, **fields: object) -> int:
        return post(client, by, act="vote", **fields).status_code

    assert [400] * len(wrong) == [sent(**one) for one in wrong]
    # In the name of somebody of another workshop, of nobody, or with a made-up page.
    assert [404, 404] == [sent(**right, personne=one) for one in (stranger.pk, 10**9)]
    assert sent(by="forgee" * 4, **right) in (404, 410)
    assert sent(by=hers, **right) in (400, 404)
    assert not Ballot.objects.exists()
    assert 302 == sent(**right)
    operations.go_to(activity, activity.definition.phase[-1].id, by=officer)
    assert 400 == sent(**right)
    operations.go_to(activity, activity.phase, by=officer)
    operations.close_workshop(workshop, by=officer)
    assert 400 == sent(**right)
    assert 1 == Ballot.objects.filter(is_current=True).count()
