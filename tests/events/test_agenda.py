from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from jalons.events import figures, mailing, operations
from jalons.events.models import AudienceQuestion, Event, Rating
from jalons.events.secrets import token_of
from jalons.mail.models import Message
from jalons.meetings.models import Meeting
from jalons.resources.models import Resource
from jalons.territories.models import Membership
from tests.events.agenda import come, make_event, past
from tests.factories import make_space, make_territory

pytestmark = pytest.mark.django_db
Kind = Meeting.Kind


def read(client, name: str, *args: object, **query: str) -> str:
    return client.get(reverse(f"events:{name}", args=args), query).content.decode()


def test_the_agenda_shows_what_is_published_by_recognised_teams(client, space, officer):
    shown = make_event(space, "Webinaire public", by=officer)
    prepared = make_event(space, "En préparation", by=officer, is_published=False)
    unknown = make_space(owner=officer, is_recognised=False)
    hidden = make_event(unknown, "Équipe inconnue", by=officer)

    page = read(client, "agenda")

    assert shown.meeting.title in page
    for one in (prepared, hidden):
        assert one.meeting.title not in page
        address = reverse("events:show", args=[one.pk])
        assert 404 == client.get(address).status_code
        assert one.meeting.title not in read(client, "agenda_ics")
        assert one.meeting.title not in read(client, "feed")


def test_the_agenda_is_filtered_by_words_kind_time_and_territory(
    client, space, officer
):
    visit = make_event(space, "Visite à Périgueux", by=officer, kind=Kind.VISIT)
    before = past(make_event(space, "Formation passée", by=officer, kind=Kind.TRAINING))
    elsewhere = make_space(owner=officer)
    far = make_event(elsewhere, "Ailleurs", by=officer)
    commune = make_territory("Périgueux", kind="commune")
    Membership.objects.create(member=commune, group=space.territory, since=2020)

    def titles(**query: str) -> set[str]:
        page = client.get(reverse("events:agenda"), query).context["page"]
        return {one.meeting.title for one in page}

    coming = {visit.meeting.title, far.meeting.title}
    assert coming == titles()
    assert {visit.meeting.title} == titles(mots="perigueux visite")
    assert {visit.meeting.title} == titles(genre="visit")
    assert {before.meeting.title} == titles(quand="passes")
    assert {visit.meeting.title} == titles(territoire=commune.pk)
    # What is not understood filters nothing, and breaks nothing.
    assert coming == titles(genre="rien", quand="<script>", territoire="ZZZ")


def test_the_agenda_reads_as_many_rows_whatever_their_number(
    client, space, officer, django_assert_num_queries
):
    for _number in range(12):
        make_event(space, by=officer)

    # Their number, the events with their meeting and their team.
    with django_assert_num_queries(2):
        read(client, "agenda")
    with django_assert_num_queries(1):
        read(client, "agenda_ics")


def test_the_feeds_hold_a_move_a_cancellation_and_no_markup(client, space, officer):
    event = make_event(space, "Conseil & « numérique »; salle, 2", by=officer)
    operations.cancel_event(event, reason="Neige", by=officer)

    calendar, atom = read(client, "agenda_ics"), read(client, "feed")

    assert r"ANNULÉ · Conseil & « numérique »\; salle\, 2" in calendar
    assert "Conseil &amp; « numérique »" in atom
    assert f"event-{event.pk}@jalons" in calendar


def test_a_team_prepares_publishes_and_a_reader_only_reads(
    client, space, officer, reader
):
    day = timezone.localdate() + timedelta(days=30)
    given = {
        "kind": "group",
        "title": "Groupe de travail",
        "day": day,
        "begins": "09:00",
        "ends": "11:00",
        "place": "En ligne",
        "takes_registrations": "on",
        "capacity": "30",
    }
    add = reverse("events:add", args=[space.pk])

    client.force_login(reader)
    refused = client.post(add, given)
    client.force_login(officer)
    early = client.post(add, given | {"ends": "08:00", "capacity": "0"})
    kept = client.post(add, given)
    event = Event.objects.get()
    client.post(reverse("events:publish", args=[space.pk, event.pk]))
    event.refresh_from_db()

    assert refused.status_code == 403
    assert "avant le début" in early.content.decode()
    assert "une place au moins" in early.content.decode()
    assert kept.url == reverse("events:manage", args=[space.pk, event.pk])
    assert (event.state, event.capacity) == (Event.State.PUBLISHED, 30)
    assert event.meeting.day == day


def test_a_reader_sees_how_many_come_and_no_name(client, space, officer, reader):
    event = make_event(space, by=officer)
    come(event, "un@exemple.fr", "Amina Exemple")

    client.force_login(reader)
    page = read(client, "manage", space.pk, event.pk)
    csv = client.get(reverse("events:registered_csv", args=[space.pk, event.pk]))
    client.force_login(officer)
    full = read(client, "manage", space.pk, event.pk)

    assert "1 personne inscrite" in page
    assert "Amina" not in page
    assert csv.status_code == 403
    assert "Amina Exemple" in full


def test_a_meeting_moved_from_its_own_page_is_seen_and_told_by_the_team(
    client, space, officer
):
    event = make_event(space, by=officer)
    come(event, "un@exemple.fr")
    later = event.meeting.starts_at + timedelta(days=1)
    Meeting.objects.update(starts_at=later, ends_at=later + timedelta(hours=1))
    tell = reverse("events:tell", args=[space.pk, event.pk])

    client.force_login(officer)
    before = read(client, "manage", space.pk, event.pk)
    for _twice in range(2):
        client.post(tell)

    assert "ne le savent pas encore" in before
    assert "ne le savent pas encore" not in read(client, "manage", space.pk, event.pk)
    assert 1 == Message.objects.filter(reason=mailing.MOVED).count()


def test_a_question_is_read_by_the_team_before_everybody(client, space, officer):
    event = make_event(space, by=officer)
    ask = reverse("events:ask", args=[event.pk])

    client.post(ask, {"text": "Est-ce enregistré ?"})
    client.post(ask, {"text": "Publicité", "site": "robot"})
    markup = client.post(ask, {"text": "<img src=x onerror=alert(1)>"})
    huge = client.post(ask, {"text": "a" * 200_000})
    question = AudienceQuestion.objects.get()
    hidden = read(client, "show", event.pk)
    operations.show_question(question, "Oui, deux jours après.", by=officer)
    shown = read(client, "show", event.pk)
    operations.refuse_question(question, by=officer)

    assert "HTML" in markup.content.decode()
    assert "Rien n’est encore envoyé" in huge.content.decode()
    assert "Est-ce enregistré" not in hidden
    assert "Est-ce enregistré" in shown
    assert "deux jours après" in shown
    assert "Est-ce enregistré" not in read(client, "show", event.pk)
    assert AudienceQuestion.objects.get().text == "–"


def test_opinions_are_read_from_five_of_them_and_given_once(client, space, officer):
    event = make_event(space, by=officer)
    people = [come(event, f"personne{n}@exemple.fr") for n in range(6)]
    given = {"usefulness": 4, "clarity": 3, "use": 2, "comment": "Plus court"}
    address = reverse("events:rate", args=[token_of(people[0])])
    client.post(address, given)
    too_early = Rating.objects.count()
    past(event)

    for one in people[:4]:
        client.post(reverse("events:rate", args=[token_of(one)]), given)
    client.post(address, given)
    secret = figures.opinions_of(event)
    client.post(reverse("events:rate", args=[token_of(people[4])]), given)
    found = figures.opinions_of(event)
    other = {"usefulness": 1, "clarity": 1, "use": 1, "comment": "Le seul"}
    client.post(reverse("events:rate", args=[token_of(people[5])]), other)
    one_more = figures.opinions_of(event)

    assert too_early == 0
    assert (secret.n, secret.questions, secret.comments) == (4, (), ())
    assert secret.is_secret
    assert found.n == 5
    useful = dict(found.questions[0].counts)
    assert useful == {"pas du tout": 0, "un peu": 0, "plutôt": 0, "beaucoup": 5}
    fields = {one.name for one in Rating._meta.get_fields()}
    assert fields == {
        *("id", "event", "usefulness", "clarity", "use", "comment", "is_read")
    }
    # The sixth shows by nothing that changes, until it has four others with it.
    assert (one_more.n, one_more.waiting) == (6, 1)
    assert (one_more.questions, one_more.comments) == (
        found.questions,
        found.comments,
    )


def test_what_is_left_of_an_event_and_its_next_session_are_on_its_page(
    client, space, officer
):
    event = past(make_event(space, "Première", by=officer))
    following = make_event(space, "Deuxième", by=officer, follows=event)
    guide = Resource.objects.create(
        space=space, title="Diaporama", kind=Resource.Kind.GUIDE, key="", made_by="X"
    )
    client.force_login(officer)
    follow = reverse("events:follow", args=[space.pk, event.pk])
    wrong = client.post(follow, {"replay_url": "javascript:alert(1)"})
    link = "https://video.exemple.fr/1"
    client.post(follow, {"replay_url": link, "resources": [guide.pk]})

    page = read(client, "show", event.pk)

    assert 'class="field faulty"' in wrong.content.decode()
    assert link in page
    assert "Diaporama" in page
    assert following.meeting.title in page
    assert event.meeting.title in read(client, "show", following.pk)


def test_the_next_session_is_proposed_once_to_those_registered(space, officer):
    event = make_event(space, by=officer)
    come(event, "un@exemple.fr")
    following = make_event(space, by=officer, follows=event)
    prepared = make_event(space, by=officer, follows=event, is_published=False)

    counts = [operations.propose_next(event, following, by=officer) for _n in range(2)]
    with pytest.raises(operations.NotPublished):
        operations.propose_next(event, prepared, by=officer)

    assert counts == [1, 0]
    told = Message.objects.get(reason=mailing.NEXT)
    assert re.search(rf"/agenda/{following.pk}/inscription/", told.text)


LINES = """titre;type;debut;fin;lieu;places;salle
Webinaire A;Webinaire;{day} 14:00;{day} 15:00;En ligne;40;1
Webinaire A;webinaire;{day} 14:00;{day} 15:00;En ligne;40;1
Sans fin;Visite;{day} 14:00;;;;
À l’envers;Visite;{day} 14:00;{day} 13:00;;;
<b>Gras</b>;Visite;{day} 14:00;{day} 15:00;;;
Ailleurs;Kermesse;{day} 14:00;{day} 15:00;;;
"""


def test_an_agenda_kept_in_a_table_is_read_and_each_wrong_line_told(
    space, officer, tmp_path, capsys
):
    day = timezone.localdate() + timedelta(days=40)
    file = tmp_path / "agenda.csv"
    file.write_text(LINES.format(day=f"{day:%d/%m/%Y}"), encoding="utf-8")

    def run(*options: str) -> dict:
        line = [str(file), "--space", str(space.pk), "--by", officer.email, "--json"]
        call_command("import_events", *line, *options)
        return json.loads(capsys.readouterr().out)

    tried, nothing = run("--dry-run"), Event.objects.count()
    first, again = run(), run()

    assert nothing == 0
    assert (tried["taken"], tried["already_there"]) == (1, 1)
    assert [4, 5, 6, 7] == [one["line"] for one in tried["refused"]]
    assert tried["unread_columns"] == ["salle"]
    assert (first["taken"], again["taken"], again["already_there"]) == (1, 0, 2)
    event = Event.objects.get()
    assert (event.state, event.capacity) == (Event.State.DRAFT, 40)
    with pytest.raises(CommandError):
        call_command("import_events", str(file), "--space", "0", "--by", officer.email)


def test_mails_due_are_counted_without_being_written(space, officer, capsys):
    soon = timezone.now() + timedelta(hours=20)
    come(make_event(space, by=officer, starts_at=soon), "un@exemple.fr")

    call_command("send_event_mails", "--dry-run", "--json")
    told = json.loads(capsys.readouterr().out)

    assert told == {"dry_run": True, "reminders": 1, "after": 0}
    assert not Message.objects.filter(reason=mailing.REMINDER).exists()
