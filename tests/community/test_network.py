"""Members tell, answer, say “me too”; whoever animates follows and judges."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.community import operations
from jalons.community.figures import what_mediators_say
from jalons.community.models import Abuse, News
from jalons.diagnosis.mediators import said_sheet
from jalons.diagnosis.models import Diagnosis
from jalons.spaces.models import Space
from tests.community.network import tell
from tests.directory.places import make_place
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
HTML = "<script>alert(1)</script>"


def url(name, space, *args):
    return reverse(f"community:{name}", args=[space.pk, *args])


def given(space, **said):
    return {
        "kind": "problem",
        "title": "Le code par SMS n’arrive pas",
        "text": "Plusieurs personnes sans mobile sont bloquées.",
        "themes": ["demarches"],
        "around": space.territory_id,
    } | said


def test_a_mediator_tells_a_problem_and_others_answer_and_say_me_too(as_, space):
    place = make_place()
    page = reverse("directory:show", args=[place.pk])
    told = as_("contributor").post(
        url("post", space), given(space, site=f"http://testserver{page}")
    )
    news = News.objects.get()
    show = url("show", space, news.pk)

    assert told.url == show
    for _turn in range(2):
        as_("editor").post(url("echo", space, news.pk))
    assert 0 == news.echoes.count()
    as_("editor").post(url("echo", space, news.pk))
    as_("editor").post(show, {"text": "Essayez le courrier."})

    text = as_("reader").get(show).content.decode()
    assert "Essayez le courrier." in text
    assert "1 personne" in text
    assert place.name in text
    assert "Aide aux démarches" in text
    assert 403 == as_("reader").post(show, {"text": "Non"}).status_code


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"text": "Appelez le 05 56 00 00 00"}, "05 56 00 00 00"),
        ({"text": "écrire à a.martin@exemple.fr"}, "a.martin@exemple.fr"),
        ({"title": "Mme Martin est bloquée"}, "Mme Martin"),
        ({"text": HTML}, "contient du HTML"),
        ({"text": "x" * 10_000}, "4000"),
        ({"title": ""}, "obligatoire"),
        ({"around": "99999"}, "code"),
        ({"themes": ["inconnu"]}, "choix"),
        ({"site": "https://ailleurs.fr/lieux/999999/"}, "Aucun lieu"),
    ],
)
def test_what_may_not_be_told_is_said_and_what_was_written_stays(as_, space, said, why):
    answer = as_("contributor").post(url("post", space), given(space, **said))

    text = answer.content.decode()
    assert why in text
    assert HTML not in text
    assert not News.objects.exists()


def test_a_telephone_that_is_no_inhabitant_s_goes_once_somebody_says_so(as_, space):
    said = given(space, text="Appelez le 05 56 00 00 00 de la CPAM")

    warned = as_("contributor").post(url("post", space), said).content.decode()
    as_("contributor").post(url("post", space), said | {"sure": "on"})

    assert 'type="checkbox" name="sure"' in warned
    assert News.objects.filter(text__contains="CPAM").exists()


def test_a_problem_is_taken_in_charge_then_solved_with_what_was_done(
    as_, space, people
):
    news = tell(space, by=people["contributor"])
    follow = url("follow", space, news.pk)

    nobody = as_("editor").post(follow, {"state": "taken"}).content.decode()
    as_("editor").post(follow, {"state": "taken", "taken_by": "CPAM"})
    unsaid = as_("editor").post(follow, {"state": "solved"}).content.decode()
    named = {"state": "solved", "done": "Mme Martin est passée au guichet."}
    warned = as_("editor").post(follow, named).content.decode()
    assert "Mme Martin" in warned
    assert 'type="checkbox" name="sure"' in warned
    news.refresh_from_db()
    assert (News.State.TAKEN, "") == (news.state, news.done)
    as_("editor").post(follow, {"state": "solved", "done": "Un guichet est ouvert."})

    assert "Dites qui" in nobody
    assert "Dites ce qui" in unsaid
    page = as_("reader").get(url("show", space, news.pk)).content.decode()
    assert "Un guichet est ouvert." in page
    assert 403 == as_("contributor").get(follow).status_code
    news.kind = News.Kind.NEWS
    with pytest.raises(operations.NotAProblem):
        operations.follow_problem(
            news, News.State.OPEN, taken_by="", done="", by=people["editor"]
        )


def test_nothing_is_public_before_the_team_has_read_it_and_no_author_is_named(
    as_, space, people
):
    news = tell(space, "Permanence", by=people["contributor"], to_all=True)
    show = reverse("community:public_show", args=[news.pk])
    public, feed = reverse("community:public_list"), reverse("community:feed")

    before = [Client().get(one) for one in (show, public, feed)]
    assert "1 message proposé" in as_("editor").get(url("list", space)).content.decode()
    as_("editor").post(url("publish", space, news.pk))
    after = [Client().get(one).content.decode() for one in (show, public, feed)]

    assert 404 == before[0].status_code
    assert not any(b"Permanence" in one.content for one in before)
    assert all("Permanence" in text for text in after)
    assert not any("Médiatrice" in text for text in after)
    as_("editor").post(url("keep", space, news.pk), {"reason": "Trop précis"})
    assert 404 == Client().get(show).status_code
    assert (
        "Trop précis"
        in as_("contributor").get(url("show", space, news.pk)).content.decode()
    )


def test_the_feed_is_well_formed_and_says_what_is_invented(space, people):
    news = tell(
        space, "Aide & <écoute>", by=people["owner"], to_all=True, is_simulated=True
    )
    operations.publish_news(news, by=people["owner"])

    feed = Client().get(reverse("community:feed"), {"genre": "problem"})

    assert "application/atom+xml" in feed.headers["Content-Type"]
    text = feed.content.decode()
    assert "SIMULÉ · Difficulté rencontrée · Aide &amp; &lt;écoute&gt;" in text
    assert (
        "Aide"
        not in Client()
        .get(reverse("community:feed"), {"genre": "news"})
        .content.decode()
    )


def test_anybody_reports_a_public_message_a_robot_does_not_and_the_team_judges(
    as_, space, people
):
    news = tell(space, by=people["contributor"], to_all=True)
    operations.publish_news(news, by=people["owner"])
    report = reverse("community:public_report", args=[news.pk])

    Client().post(report, {"text": "Achetez", "site": "https://exemple.fr"})
    assert not Abuse.objects.exists()
    statuses = [Client().post(report, {"text": "Faux"}).status_code for _ in range(11)]
    judged = as_("editor").get(url("judge", space)).content.decode()
    as_("editor").post(url("dismiss", space, news.pk))

    assert 429 == statuses[-1]
    assert 9 == judged.count("<li>Faux")
    assert "Rien n’attend" in as_("editor").get(url("judge", space)).content.decode()
    Abuse.objects.update(sent_at=timezone.now() - timedelta(days=181))
    call_command("purge")
    assert not Abuse.objects.exists()


def test_one_withdraws_one_s_own_message_and_its_words_are_forgotten(
    as_, space, people
):
    news = tell(space, "À retirer", by=people["contributor"])
    as_("editor").post(url("show", space, news.pk), {"text": "Moi aussi."})
    other = tell(space, by=people["owner"])

    refused = as_("contributor").post(url("withdraw", space, other.pk))
    as_("contributor").post(url("withdraw", space, news.pk))

    assert 403 == refused.status_code
    news.refresh_from_db()
    assert ("–", "") == (news.title, news.text)
    assert 404 == as_("owner").get(url("show", space, news.pk)).status_code
    assert 1 == what_mediators_say(space, timezone.localdate()).problems
    journal = Entry.objects.filter(verb__in=("news.posted", "news.answered"))
    assert 3 == journal.count()
    assert not Entry.objects.filter(object_label__contains="À retirer").exists()


def test_a_message_of_another_team_is_not_found(as_, space):
    stranger = make_user()
    news = tell(make_space(owner=stranger), by=stranger)

    for name in ("show", "follow", "keep"):
        assert 404 == as_("owner").get(url(name, space, news.pk)).status_code


def test_filters_stand_in_the_address_and_an_unknown_one_asks_nothing(
    as_, space, people, django_assert_max_num_queries
):
    for number in range(25):
        tell(space, f"Panne n° {number}", by=people["owner"], themes=["demarches"])
    tell(space, "Équipement", by=people["owner"], kind=News.Kind.NEWS, themes=[])
    page = url("list", space)

    def titles(**query):
        text = as_("reader").get(page, query).content.decode()
        return text.count("Panne n°"), text.count("Équipement</a>")

    assert (0, 1) == titles(genre="news")
    assert (20, 0) == titles(theme="demarches")
    assert (0, 1) == titles(mots="equipement")
    assert (6, 0) == titles(page="2")
    assert (19, 1) == titles(genre="inconnu")
    reader = as_("reader")
    with django_assert_max_num_queries(12):
        reader.get(page)


def test_words_are_found_by_the_database_and_ten_messages_are_judged_in_five_queries(
    as_, space, people, django_assert_max_num_queries
):
    first = tell(space, "Écran noir", by=people["owner"], to_all=True)
    operations.publish_news(first, by=people["owner"])
    judge, editor = url("judge", space), as_("editor")
    editor.get(judge)
    for _each in range(9):
        reported = tell(space, by=people["owner"], to_all=True)
        operations.report_news(reported, "Faux", by=None)

    found = Client().get(reverse("community:public_list"), {"mots": "ecran sms"})
    with django_assert_max_num_queries(5):
        editor.get(judge)

    assert "Écran noir" in found.content.decode()
    operations.withdraw_news(first, by=people["owner"])
    assert "" == News.objects.get(pk=first.pk).key


def test_what_mediators_say_counts_each_person_once(as_, space, people):
    first = tell(space, by=people["owner"], themes=["demarches"])
    tell(space, by=people["owner"], themes=["demarches", "quotidien"])
    for role in ("owner", "editor"):
        operations.echo_news(first, by=people[role])

    found = what_mediators_say(space, timezone.localdate())

    assert [("demarches", 2, 2), ("quotidien", 1, 1)] == [
        (one.theme, one.problems, one.people) for one in found.lines
    ]
    assert (2, 2) == (found.problems, found.people)
    text = as_("reader").get(url("said", space)).content.decode()
    assert "2 difficultés" in text
    assert "Ne pas diffuser" in text
    table = as_("reader").get(url("said_csv", space)).getvalue().decode()
    assert "Difficultés;" in table
    lines = [one for one in table.splitlines() if one.startswith("Aide aux démarches")]
    assert ["Ne pas diffuser"] == [one.split(";")[-2] for one in lines]
    assert "Professionnels qui les ont rencontrées" in table


def test_a_diagnosis_quotes_the_network_by_its_own_name(space, people):
    Space.objects.filter(pk=space.pk).update(name="CC du Val de Loire")
    space.refresh_from_db()
    tell(space, by=people["owner"], themes=["demarches"])

    sheet = said_sheet(Diagnosis(space=space))

    assert "«\u00a0CC du Val de Loire\u00a0»" in sheet.source
    assert sheet.source[0].isupper()
    assert "CC du Val de Loire\u00a0», du" in sheet.note


def test_after_three_years_a_message_stays_without_its_author(
    space, people, time_machine
):
    news = tell(space, by=people["contributor"])
    operations.echo_news(news, by=people["editor"])

    time_machine.move_to(timezone.now() + timedelta(days=1097))
    call_command("purge")

    news.refresh_from_db()
    assert news.author is None
    assert not news.echoes.exists()
    assert "auteur effacé" in news.signature
