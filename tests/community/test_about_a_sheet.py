"""Comments and questions about a sheet of the library: read by a team, then by all."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jalons.community.models import Abuse, News
from jalons.library import operations as library
from jalons.mail.models import Message
from tests.library.test_pages import make_sheet

pytestmark = pytest.mark.django_db
SAID = {
    "kind": "question",
    "title": "Qui a déjà essayé ?",
    "text": "Nous cherchons une commune qui l’a fait.",
    "to_all": "on",
}


@pytest.fixture
def sheet():
    return make_sheet(title="Un bus")


def about(sheet) -> str:
    return reverse("community:about", args=[sheet.code])


def ask(as_, space, sheet, role: str = "contributor", **said):
    post = reverse("community:post", args=[space.pk])
    around = {"around": space.territory_id}
    return as_(role).post(f"{post}?fiche={sheet.code}", SAID | around | said)


def test_a_question_is_read_by_everybody_once_the_team_let_it(as_, space, sheet):
    ask(as_, space, sheet)
    news = News.objects.get()
    page = about(sheet)

    assert sheet == news.sheet
    assert SAID["title"] not in Client().get(page).content.decode()
    as_("editor").post(reverse("community:publish", args=[space.pk, news.pk]))

    told = Client().get(page).content.decode()
    assert SAID["title"] in told
    assert "Médiatrice" not in told
    shown = Client().get(reverse("community:public_show", args=[news.pk]))
    assert reverse("library:show", args=[sheet.code]) in shown.content.decode()


def test_a_question_refused_stays_in_the_network(as_, space, sheet):
    ask(as_, space, sheet)
    news = News.objects.get()
    keep = reverse("community:keep", args=[space.pk, news.pk])
    as_("editor").post(keep, {"reason": "Nomme un habitant"})

    assert SAID["title"] not in Client().get(about(sheet)).content.decode()
    own = reverse("community:show", args=[space.pk, news.pk])
    assert SAID["title"] in as_("reader").get(own).content.decode()


def test_only_those_who_may_write_are_offered_to_ask(as_, space, sheet):
    post = reverse("community:post", args=[space.pk])

    for role, may_be in (("contributor", True), ("owner", True), ("reader", False)):
        page = as_(role).get(about(sheet)).content.decode()
        assert may_be == (post in page)
    assert 403 == ask(as_, space, sheet, "reader").status_code
    assert post not in Client().get(about(sheet)).content.decode()
    assert not News.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"text": ""},
        {"kind": "spam"},
        {"title": "<script>a</script>"},
        {"text": "<img src=x onerror=y>"},
        {"text": "Mme Martin, 05 56 00 00 00"},
    ],
)
def test_a_question_that_may_not_be_told_is_sent_back(as_, space, sheet, wrong):
    assert 200 == ask(as_, space, sheet, **wrong).status_code
    assert not News.objects.exists()


def test_anybody_reports_a_question_and_nobody_is_written_to(as_, space, sheet):
    ask(as_, space, sheet)
    news = News.objects.get()
    as_("editor").post(reverse("community:publish", args=[space.pk, news.pk]))

    report = reverse("community:public_report", args=[news.pk])
    Client().post(report, {"text": "Une publicité", "site": ""})

    assert 1 == Abuse.objects.count()
    # What is new is told by the digest that each one chose, never at once.
    assert not Message.objects.exists()


def test_a_sheet_that_nobody_reads_has_no_page_of_comments(as_, space, sheet):
    draft = make_sheet(space, title="Brouillon", publish=False)
    library.withdraw_sheet(sheet, by=None)

    for one in (sheet, draft):
        assert 404 == Client().get(about(one)).status_code
    ask(as_, space, sheet)
    assert News.objects.get().sheet is None
