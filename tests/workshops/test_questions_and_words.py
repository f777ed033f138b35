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


def pocket(secret: str) -> str:
    return reverse("workshops:pocket", args=[secret])


def results_on(client, secret: str) -> str:
    """What a telephone is told that the room says."""
    page = client.get(pocket(secret)).content.decode()
    return page.partition("Ce que dit la salle")[2]
