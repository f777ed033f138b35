"""A personal link: it opens one answer, tells of nobody, and dies with the survey."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import Link
from jalons.invitations import figures, operations
from jalons.invitations.models import Invitation
from jalons.invitations.secrets import answer_key, secret_of
from jalons.mail.models import Message
from jalons.mail.operations import say_dead
from jalons.surveys import operations as surveys
from jalons.surveys.models import Response
from tests.factories import make_campaign, make_space, make_territory, make_user
from tests.invitations.lists import invite, path_of
from tests.invitations.test_sending import answer, stop

pytestmark = pytest.mark.django_db


def invite_one(campaign) -> Invitation:
    code = campaign.territories.first().pk
    (invitation,) = invite(campaign, f"Une;une@exemple.fr;;{code}")
    return invitation


def test_the_link_opens_the_notice_and_says_that_it_is_not_anonymous(client):
    campaign = make_campaign()
    invitation = invite_one(campaign)

    html = client.get(path_of(invitation)).content.decode()

    assert campaign.title in html
    assert "pas anonyme" in html
    assert not Response.objects.exists()


def test_the_link_leads_twice_to_the_same_answer_with_its_territory(client):
    invitation = invite_one(make_campaign())

    first = client.post(path_of(invitation))
    second = client.post(path_of(invitation))

    response = Response.objects.get()
    assert first.url == second.url
    assert response.territory == invitation.territory
    assert response.entry_link == invitation.link


def test_once_sent_nothing_in_the_database_ties_the_answer_to_the_person(client):
    invitation = invite_one(make_campaign())

    response = answer(client, invitation)

    invitation.refresh_from_db()
    response.refresh_from_db()
    assert invitation.link.used_on == timezone.localdate()
    assert response.entry_link is None
    assert response.link != invitation.link
    assert response.key not in (invitation.key, invitation.pk)
    assert response.key == answer_key(secret_of(invitation))


def test_after_sending_the_link_leads_to_the_thanks(client):
    invitation = invite_one(make_campaign())
    answer(client, invitation)

    page = client.post(path_of(invitation), follow=True)

    assert "Merci" in page.content.decode()
    assert Response.objects.count() == 1


def test_the_database_holds_the_print_of_the_link_only():
    invitation = invite_one(make_campaign())
    secret = secret_of(invitation)
    Message.objects.all().delete()

    kept = [str(row) for model in (Link, Invitation) for row in model.objects.values()]

    assert not [row for row in kept if secret in row]
    assert invitation.link.digest == Link.digest_of(secret)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_dies_when_the_survey_closes(client, method):
    campaign = make_campaign()
    invitation = invite_one(campaign)
    surveys.close_campaign(campaign, by=make_user())

    html = getattr(client, method)(path_of(invitation)).content.decode()

    assert "ne prend plus de réponses" in html or "close" in html
    assert not Response.objects.exists()


def test_a_link_lives_as_long_as_the_closing_day_moved_later(client):
    today = timezone.localdate()
    campaign = make_campaign(closes_on=today + timedelta(days=1))
    invitation = invite_one(campaign)
    surveys.move_closing(campaign, today + timedelta(days=9), by=make_user())

    assert client.post(path_of(invitation)).url.startswith("/repondre/")


def test_an_invented_link_leads_nowhere(client):
    assert client.get("/participer/AAAAAAAAAAAAAAAAAAAAAA/").status_code == 404


def test_the_link_of_a_survey_deleted_since_says_so(client):
    campaign = make_campaign()
    path = path_of(invite_one(campaign))
    surveys.delete_campaign(campaign, by=make_user())

    page = client.get(path)

    assert page.status_code == 410
    assert "a été supprimé" in page.content.decode()
    assert "demandez un nouveau lien" not in page.content.decode()


def test_the_link_of_an_answer_does_not_open_an_invitation(client):
    campaign = make_campaign()
    _response, secret = surveys.open_draft(campaign, key=answer_key("autre"))

    assert client.get(f"/participer/{secret}/").status_code == 404


def test_the_follow_up_counts_mails_by_territory_and_answers_by_five(
    client, django_capture_on_commit_callbacks
):
    north, south = make_territory("CC du Nord"), make_territory("CC du Sud")
    campaign = make_campaign(north, south)
    with django_capture_on_commit_callbacks(execute=True):
        invitations = invite(
            campaign,
            *(f"N{n};n{n}@exemple.fr;;{north.pk}" for n in range(6)),
            f"S;s@exemple.fr;;{south.pk}",
        )
    stop(campaign.space, "n1@exemple.fr")
    say_dead("n2@exemple.fr", "partie", by=make_user())
    answer(client, invitations[0])

    found = figures.tracking(campaign, at=timezone.now())

    assert found.territories == (
        figures.Delivery("CC du Nord", 6, 6, 1, 1),
        figures.Delivery("CC du Sud", 1, 1, 0, 0),
    )
    assert [(one.people, one.done) for one in found.answers] == [(7, 1)]
    assert found.answered == 1
    assert [one.contact.email for one in found.failures] == ["n2@exemple.fr"]


def test_with_fewer_than_five_people_invited_no_number_of_answers_is_shown(client):
    user = make_user()
    campaign = make_campaign(space=make_space(reader=user))
    answer(client, invite_one(campaign))
    client.force_login(user)

    html = client.get(reverse("invitations:show", args=[campaign.pk])).content.decode()

    assert figures.tracking(campaign, at=timezone.now()).answered is None
    assert "Moins de cinq personnes" in html
    assert "une@exemple.fr" not in html


def test_the_counts_remain_when_the_people_are_erased():
    campaign = make_campaign()
    invitation = invite_one(campaign)

    operations.delete_contact(invitation.contact, by=make_user())

    assert figures.tracking(campaign, at=timezone.now()).whole.invited == 1


@pytest.fixture
def uncertain(client):
    """A mail of invitation that nobody knows sent, and the editor signed in."""
    editor = make_user()
    client.force_login(editor)
    campaign = make_campaign(space=make_space(editor=editor))
    invite_one(campaign)
    Message.objects.update(
        state=Message.State.SENDING, claimed_at=timezone.now() - timedelta(hours=1)
    )
    return campaign


def test_an_uncertain_mail_is_shown_and_sent_again_only_when_asked(
    client, uncertain, django_capture_on_commit_callbacks, mailoutbox
):
    url = reverse("invitations:show", args=[uncertain.pk])
    html = client.get(url).content.decode()
    message = Message.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("invitations:again", args=[uncertain.pk, message.pk]))

    assert "peut-être été envoyé" in html
    assert len(mailoutbox) == 1
    assert "peut-être été envoyé" not in client.get(url).content.decode()


def test_an_uncertain_mail_may_be_held_as_arrived(client, uncertain, mailoutbox):
    message = Message.objects.get()

    client.post(reverse("invitations:arrived", args=[uncertain.pk, message.pk]))

    message.refresh_from_db()
    assert message.state == Message.State.SENT
    assert not mailoutbox


def test_the_uncertain_mail_of_another_survey_is_not_ours(client, uncertain):
    other = make_campaign(space=uncertain.space)
    message = Message.objects.get()

    url = reverse("invitations:again", args=[other.pk, message.pk])

    assert client.post(url).status_code == 404
