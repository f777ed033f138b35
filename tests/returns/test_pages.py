"""The pages of a return: by link, for the centre, for the team of the territory."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from jalons.returns import operations, pages
from jalons.returns.content import Reach, content_of
from jalons.returns.models import Return
from jalons.returns.reading import reading_of
from tests.factories import make_response, make_space, make_user
from tests.observatory.example import VERY_ADVANCED
from tests.returns.made import address, link_of, make_returns, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept_in_the_outbox(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        yield


@pytest.fixture
def sent():
    made = make_returns()
    address(made, made.whole, made.level)
    send(made)
    return made


def test_the_holder_of_the_link_reads_points_reasons_and_proposals(client, sent):
    page = client.get(link_of(sent.whole)).content.decode()

    assert "D’après 3 répondants, CC Une se situe au niveau" in page
    assert "Chercher une personne élue qui porte le sujet" in page
    assert "3 réponses sur 3" in page
    assert 'content="noindex"' in page


def test_the_level_alone_comes_without_points(client, sent):
    page = client.get(link_of(sent.level)).content.decode()

    assert "Peu avancé" in page
    assert "Les points ne sont pas donnés" in page
    assert "D’où viennent les points" not in page


def test_the_return_names_no_other_territory_that_answered(client, sent):
    page = client.get(link_of(sent.whole)).content.decode()

    assert "CC Deux" not in page
    assert "CC Trois" not in page


def test_a_link_withdrawn_says_so(client, sent):
    path = link_of(sent.whole)
    operations.withdraw_return(
        Return.objects.get(territory=sent.whole), by=sent.officer
    )

    assert (410, 410) == (
        client.get(path).status_code,
        client.get(f"{path}retour.pdf").status_code,
    )


def test_a_link_dies_with_the_answers(client, sent, time_machine):
    path = link_of(sent.whole)

    time_machine.move_to(operations.last_moment(sent.campaign))

    assert 410 == client.get(path).status_code


def test_the_pdf_holds_on_two_tagged_pages_even_when_everything_is_said(sent):
    for answers in (VERY_ADVANCED, VERY_ADVANCED):
        make_response(sent.campaign, sent.whole, **answers)
    found = content_of(sent.campaign, sent.whole.pk, Reach.LINES)

    answer = pages.pdf(reading_of(sent.campaign, sent.whole, found))

    read = PdfReader(io.BytesIO(answer.content))
    assert 2 >= len(read.pages)
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "noindex" == answer.headers["X-Robots-Tag"]


def test_a_simulated_return_says_so_on_every_page(sent):
    sent.campaign.is_simulated = True
    found = content_of(sent.campaign, sent.whole.pk, Reach.LINES)
    answer = pages.pdf(reading_of(sent.campaign, sent.whole, found))

    texts = [
        page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages
    ]
    assert all("SIMULÉ" in text.replace("\n", "") for text in texts)


def test_the_team_of_a_territory_reads_its_own_return_and_no_other(client, sent):
    member = make_user("Équipe de CC Une")
    make_space(territory=sent.whole, owner=member)
    client.force_login(member)

    def status(place) -> int:
        kwargs = {"pk": sent.campaign.pk, "code": place.pk}
        return client.get(reverse("returns:show", kwargs=kwargs)).status_code

    assert (200, 404) == (status(sent.whole), status(sent.level))


def test_the_officer_sends_what_is_ready_in_one_action(client):
    made = make_returns()
    address(made, made.whole)
    client.force_login(made.officer)
    path = reverse("returns:list", args=[made.campaign.pk])

    assert "Envoyer 1 retour" in client.get(path).content.decode()
    page = client.post(reverse("returns:send", args=[made.campaign.pk]), follow=True)

    assert "1 retour est envoyé" in page.content.decode()
    assert "Envoyer 1 retour" not in page.content.decode()


def test_a_reader_sees_no_address(client, sent):
    reader = make_user("Lectrice")
    sent.campaign.space.memberships.create(user=reader, role="reader")
    client.force_login(reader)

    page = client.get(reverse("returns:list", args=[sent.campaign.pk]))

    assert "@exemple.fr" not in page.content.decode()


def test_the_page_of_returns_makes_the_same_queries_whatever_their_number(
    client, sent, django_assert_max_num_queries
):
    client.force_login(sent.officer)

    with django_assert_max_num_queries(25):
        client.get(reverse("returns:list", args=[sent.campaign.pk]))


def test_an_address_that_is_none_is_told(client):
    made = make_returns()
    client.force_login(made.officer)
    path = reverse("returns:address", args=[made.campaign.pk, made.whole.pk])

    page = client.post(path, {"email": "mairie"})

    assert 200 == page.status_code
    assert not Return.objects.exists()


def test_nothing_is_read_of_a_territory_that_may_read_nothing(client, sent):
    client.force_login(sent.officer)
    path = reverse("returns:show", args=[sent.campaign.pk, sent.kept.pk])

    assert 404 == client.get(path).status_code


def test_a_link_made_up_opens_nothing(client, sent):
    path = reverse("returns:read", args=["A" * 22])

    assert 404 == client.get(path).status_code
    assert timezone.now() < operations.last_moment(sent.campaign)
