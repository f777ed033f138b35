"""What the room asks and what words it gives: counted by people, hidden until shown."""

from __future__ import annotations

from django.urls import reverse

from jalons.workshops import documents, figures, moderating, operations
from jalons.workshops.minutes import draft_minutes
from tests.workshops.rooms import add, comes, post, says, votes


def counted(activity) -> list[tuple[str, float]]:
    activity.refresh_from_db()
    lines = figures.results_of(activity).lines
    return [(one.item.text, one.counted.total) for one in lines]


def test_questions_are_written_supported_gathered_and_answered(
    client, workshop, officer, space
):
    activity = add(workshop, "questions", by=officer)
    (amina, secret), (luc, other) = comes(workshop), comes(workshop, "Luc")
    first = says(activity, amina, "Qui paie ?")
    twin = says(activity, luc, "Qui finance ?")
    last = says(activity, luc, "Quand ?")
    assert "Qui finance" not in client.get(pocket(secret)).content.decode()
    operations.go_to(activity, "support", by=officer)
    page = client.get(pocket(secret)).content.decode()
    assert 3 == page.count('type="checkbox"')

    votes(activity, amina, f"choice={twin.pk}&choice={first.pk}")
    votes(activity, luc, f"choice={first.pk}")
    assert 400 == post(client, secret, act="vote").status_code
    moderating.merge_ideas(twin, first, by=officer)

    # Amina supported both questions that are one now: she counts once.
    assert [("Qui paie ?", 2), ("Quand ?", 0)] == counted(activity)
    # Its author no longer changes what somebody else supports, and may withdraw it.
    asked = {"item": first.pk, "text": "Qui part ?"}
    assert 400 == post(client, secret, act="rectify", **asked).status_code
    changed = {"item": last.pk, "text": "Quand, et où ?"}
    assert 302 == post(client, other, act="rectify", **changed).status_code
    assert "Qui paie ?" not in results_on(client, secret)
    client.force_login(officer)
    wall = reverse("workshops:wall", args=[space.pk, workshop.pk, activity.pk])
    client.post(wall, {"act": "answered", "item": first.pk})
    operations.show_results(activity, by=officer)
    assert "Qui paie ?" in results_on(client, secret)
    found = draft_minutes(workshop, by=officer)
    assert "Répondre\u00a0: Quand, et où ?" == found.next_steps
    assert "" == found.decisions
    client.post(wall, {"act": "unanswered", "item": first.pk})
    first.refresh_from_db()
    assert first.answered_at is None
    assert 302 == post(client, secret, act="withdraw", item=first.pk).status_code
    assert [("Qui finance ?", 1), ("Quand, et où ?", 0)] == counted(activity)


def test_words_count_people_however_they_are_spelt_and_stay_hidden_until_shown(
    client, workshop, officer
):
    activity = add(workshop, "cloud", by=officer)
    (amina, secret), (luc, other) = comes(workshop), comes(workshop, "Luc")
    for who, text in ((amina, "Accès"), (luc, "acces"), (luc, "ACCÈS"), (luc, "🤝")):
        says(activity, who, text)
    near = says(activity, amina, "Accéder")

    moderating.merge_ideas(near, activity.items.get(number=1), by=officer)
    found = figures.results_of(activity)

    assert 2 == found.voters
    assert [("Accès", 2), ("🤝", 1)] == [(one.text, one.people) for one in found.words]
    for _time in range(2):
        assert 302 == post(client, other, act="idea", text="Lien").status_code
    full = post(client, other, act="idea", text="Encore")
    assert 400 == full.status_code
    assert "cinq mots" in full.content.decode()
    assert 400 == post(client, secret, act="idea", text="m" * 41).status_code
    stage = reverse("workshops:stage", args=[workshop.meeting.space_id, workshop.pk])
    client.force_login(officer)
    assert "🤝" not in client.get(stage).content.decode()
    assert "🤝" not in client.get(pocket(secret)).content.decode()
    operations.show_results(activity, by=officer)
    shown = client.get(stage).content.decode()
    assert 'class="cloud"' in shown
    assert '<th scope="row">🤝</th>' in shown
    made = repr(documents.minutes_of(draft_minutes(workshop, by=officer)))
    assert "Nuage de mots" in made


def test_a_word_set_aside_takes_along_those_gathered_with_it(workshop, officer):
    cloud = add(workshop, "cloud", by=officer)
    (amina, _hers), (luc, _his) = comes(workshop), comes(workshop, "Luc")
    rude, twin = says(cloud, amina, "Gros mot"), says(cloud, luc, "Gros mots")
    says(cloud, luc, "Accès")
    moderating.merge_ideas(twin, rude, by=officer)
    moderating.set_aside(rude, by=officer)

    assert ["Accès"] == [one.text for one in figures.results_of(cloud).words]
    moderating.restore(rude, by=officer)
    assert ["Gros mot", "Accès"] == [
        one.text for one in figures.results_of(cloud).words
    ]


def test_questions_keep_nothing_of_the_form_ticked_for_a_poll(
    client, workshop, officer, space
):
    client.force_login(officer)
    here = reverse("workshops:add_activity", args=[space.pk, workshop.pk])
    sent = {"kind": "questions", "title": "Questions", "question": "Lesquelles ?"}
    sent |= {"minutes": 5, "form": "ranking", "dots": 5, "dots_cap": 3, "top": 3}
    sent |= {"order": "number", "has_factors": "on"}
    assert 302 == client.post(here, sent).status_code
    activity = workshop.activities.get(kind="questions")
    assert ("single", "impact", 0, False) == (
        activity.form,
        activity.order,
        activity.top,
        activity.has_factors,
    )
    # Kept under another form before, it is supported, counted and keyed all the same.
    activity.form = "ranking"
    activity.save()
    operations.go_to(activity, activity.definition.phase[0].id, by=officer)
    amina, secret = comes(workshop)
    asked = says(activity, amina, "Qui paie ?")
    operations.go_to(activity, "support", by=officer)
    assert 302 == post(client, secret, act="vote", choice=asked.pk).status_code
    keyed = [space.pk, workshop.pk, activity.pk]
    on_paper = {"sheet": 1, "choice": asked.pk}
    page = reverse("workshops:keying", args=keyed)
    assert 302 == client.post(page, on_paper).status_code
    assert [("Qui paie ?", 2)] == counted(activity)


def pocket(secret: str) -> str:
    return reverse("workshops:pocket", args=[secret])


def results_on(client, secret: str) -> str:
    """What a telephone is told that the room says."""
    page = client.get(pocket(secret)).content.decode()
    return page.partition("Ce que dit la salle")[2]
