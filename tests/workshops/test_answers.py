"""What telephones send, honest or not: counted once, shown again when refused."""

from __future__ import annotations

from uuid import uuid4

from django.urls import reverse

from jalons.live.operations import last_number
from jalons.live.reading import catch_up
from jalons.workshops import figures, moderating, operations, screens, trying
from jalons.workshops.models import Ballot, Item, Participant, Workshop
from tests.workshops.rooms import add, comes, post, says, votes


def test_one_telephone_votes_once_whatever_item_it_names(client, workshop, officer):
    poll = add(workshop, "poll", "Oui", "Non", by=officer)
    _amina, secret = comes(workshop)
    yes, no = poll.items.in_order()

    for item in ("", yes.pk, no.pk, 99_999):
        sent = post(client, secret, act="vote", choice=yes.pk, item=item)
        assert 302 == sent.status_code

    results = figures.results_of(poll)
    assert (1, 1) == (results.voters, results.lines[0].counted.voters)
    assert 1 == Ballot.objects.filter(is_current=True).count()


def test_a_key_already_used_by_somebody_else_of_the_table_is_refused(
    client, workshop, officer
):
    amina, secret = comes(workshop)
    client.post(reverse("workshops:neighbour", args=[secret]), {"alias": "Jean"})
    jean = amina.hosted.get()
    key = uuid4()

    def twice(**sent: object) -> tuple[int, int]:
        both = (sent, sent | {"personne": jean.pk})
        first, second = (post(client, secret, key=key, **one) for one in both)
        return first.status_code, second.status_code

    assert (302, 400) == twice(act="idea", text="La fibre")
    poll = add(workshop, "poll", "Oui", "Non", by=officer)
    oui = poll.items.first().pk
    assert (302, 400) == twice(act="vote", choice=oui)
    # Sent again once the phase is over, what was counted is said to be counted.
    operations.go_to(poll, "discuss", by=officer)
    assert 302 == post(client, secret, key=key, act="vote", choice=oui).status_code
    assert (1, 1) == (Item.objects.filter(key=key).count(), Ballot.objects.count())


def test_an_author_changes_their_idea_until_the_end_but_not_what_is_voted_on(
    client, workshop, officer
):
    amina, secret = comes(workshop)
    idea = says(workshop.current, amina, "La fibre")
    matrix = workshop.activities.get(kind="matrix")
    moderating.draw_items(matrix, workshop.current, by=officer)
    operations.go_to(matrix, "rate", by=officer)
    voted = matrix.items.get()

    def answers(act: str, item: Item) -> int:
        return post(client, secret, act=act, item=item.pk, text="4G").status_code

    assert (400, 400) == (answers("rectify", voted), answers("withdraw", voted))
    page = client.get(reverse("workshops:pocket", args=[secret])).content.decode()
    assert f'id="text-{idea.pk}"' in page
    assert 302 == answers("rectify", idea)
    assert ["La fibre", "4G"] == [
        Item.objects.get(pk=one.pk).text for one in (voted, idea)
    ]
    assert 302 == answers("withdraw", idea)
    operations.close_workshop(workshop, by=officer)
    assert 400 == answers("rectify", idea)


def told_to_phones(workshop: Workshop, act) -> list[str]:
    """What telephones are told once something is done."""
    before = last_number(workshop.channel)
    act()
    events = catch_up(workshop.channel, before).events
    return [one.kind for one in events if one.is_for("pocket")]


def test_an_idea_changed_or_taken_back_moves_the_telephones_that_show_it(
    client, workshop, officer
):
    wall = workshop.current
    amina, secret = comes(workshop)
    idea, other = (says(wall, amina, text) for text in ("La fibre", "Le bus"))

    def send(act: str, item: Item, **fields: str) -> list[str]:
        sent = {"act": act, "item": item.pk, **fields}
        return told_to_phones(workshop, lambda: post(client, secret, **sent))

    hidden = send("rectify", idea, text="La 5G")
    operations.show_results(wall, by=officer)
    shown = send("rectify", idea, text="La 4G"), send("withdraw", other)
    page = client.get(reverse("workshops:pocket", args=[secret])).content.decode()

    assert [] == hidden
    assert (["idea"], ["idea"]) == shown
    assert "La 4G" in page
    assert "Le bus" not in page


def test_a_question_taken_back_while_others_support_it_leaves_their_telephones(
    client, workshop, officer
):
    questions = add(workshop, "questions", by=officer)
    amina, secret = comes(workshop)
    asked = says(questions, amina, "Qui paie ?")
    operations.go_to(questions, "support", by=officer)

    def take_back() -> None:
        post(client, secret, act="withdraw", item=asked.pk)

    assert ["idea"] == told_to_phones(workshop, take_back)


def test_what_is_refused_stands_in_the_form_on_a_page_that_leads_back(
    client, workshop, officer
):
    _amina, secret = comes(workshop)
    here = reverse("workshops:pocket", args=[secret])
    dots = add(workshop, "dots", "A", "B", by=officer, dots=4, dots_cap=3)
    a, b = dots.items.in_order()

    sent = {f"dots-{a.pk}": 3, f"dots-{b.pk}": 2}
    page = post(client, secret, act="vote", **sent).content.decode()
    assert f'name="dots-{a.pk}" min="0" max="3" value="3"' in page
    assert f'name="dots-{b.pk}" min="0" max="3" value="2"' in page
    # A script that takes the next screen is told that this was typed.
    assert 1 == page.count("data-refused")
    ranking = add(workshop, "poll", "A", "B", by=officer, form="ranking")
    c, d = ranking.items.in_order()
    sent = {f"place-{c.pk}": 2, f"place-{d.pk}": 2}
    page = post(client, secret, act="vote", **sent).content.decode()
    assert 2 == page.count('<option value="2" selected>')
    matrix = add(workshop, "matrix", "A", "B", by=officer)
    operations.go_to(matrix, "rate", by=officer)
    _first, second = matrix.items.in_order()
    found = post(client, secret, act="vote", item=second.pk, impact=4)
    page = found.content.decode()
    assert 'name="impact" value="4" checked' in page
    assert f'<input type="hidden" name="item" value="{second.pk}">' in page
    # The address of the form cannot be read: nothing of the page leads to it.
    assert f'data-live-page="{here}?' in page
    assert 'href="?' not in page
    assert f'href="{here}?item=' in page
    assert "data-refused" not in client.get(here).content.decode()


def test_a_screen_is_true_to_the_number_it_listens_from(workshop, officer):
    known = Workshop.objects.select_related("current").get(pk=workshop.pk)
    person = Participant.objects.get(pk=comes(workshop)[0].pk)
    assert person.workshop.current == known.current
    # Somebody moves the room after a page is asked for, before it is made.
    poll = add(workshop, "poll", "Oui", by=officer)

    for made in (
        screens.board_of(known, is_team=False),
        screens.pocket_of(person, None),
    ):
        assert (poll, last_number(workshop.channel)) == (
            made.activity,
            made.listening.after,
        )


def test_a_room_joins_and_who_tries_codes_is_stopped(
    client, workshop, settings, monkeypatch
):
    settings.ACCOUNT_RATE_LIMITS = {"workshop_code": "2/m/ip"}
    monkeypatch.setattr(trying, "MOST_JOINS", 3)
    code = reverse("workshops:code")
    join = reverse("workshops:join", args=[workshop.code])

    for _person in range(3):
        assert 302 == client.get(code, {"code": workshop.code}).status_code
        assert 302 == client.post(join, {"alias": "Amina"}).status_code
    assert 429 == client.post(join, {"alias": "Amina"}).status_code
    assert 200 == client.get(code, {"code": "ZZZ"}).status_code
    assert 404 == client.get(reverse("workshops:join", args=["ZZZ"])).status_code
    assert 429 == client.get(code, {"code": workshop.code}).status_code
    client.cookies.clear()
    assert 429 == client.get(join).status_code


def test_votes_are_exported_in_words_and_who_joined_meanwhile_is_in(
    client, workshop, officer, space
):
    amina, _secret = comes(workshop)
    says(workshop.current, amina, "La fibre")
    matrix = workshop.activities.get(kind="matrix")
    moderating.draw_items(matrix, workshop.current, by=officer)
    operations.go_to(matrix, "rate", by=officer)
    votes(matrix, amina, "impact=5&mastery=2", matrix.items.get())
    ranking = add(workshop, "poll", "Oui", "Non", by=officer, form="ranking")
    yes, no = ranking.items.in_order()
    client.force_login(officer)
    address = reverse("workshops:export", args=[space.pk, workshop.pk])
    found = client.get(address)
    # The file is under way when somebody joins and votes.
    luc, _other = comes(workshop, "Luc")
    votes(ranking, luc, f"place-{no.pk}=1&place-{yes.pk}=2")

    text = b"".join(found.streaming_content).decode("utf-8-sig")
    assert "1. Non | 2. Oui" in text
    assert "impact 5, maîtrise 2" in text
    (drawn,) = (
        line for line in text.splitlines() if matrix.title in line and "fibre" in line
    )
    assert ";option;" in drawn
    dots = add(workshop, "dots", "A", "B", by=officer)
    votes(dots, luc, f"dots-{dots.items.first().pk}=3")
    text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    assert "A (3)" in text
