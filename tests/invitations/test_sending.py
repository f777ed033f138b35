"""Invitations and reminders: to whom, how often, with which words, and who stops."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail as mailbox
from django.urls import reverse
from django.utils import timezone

from jalons.invitations import letters, operations, recipients
from jalons.invitations.letters import Words
from jalons.invitations.models import Invitation, Letter, OptOut
from jalons.mail.models import Message
from jalons.mail.operations import say_dead
from jalons.surveys import operations as surveys
from jalons.surveys.models import Response
from tests.factories import make_campaign, make_space, make_territory, make_user
from tests.invitations.lists import add_lines, invite, make_list, path_of

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7, minutes=1)


@pytest.fixture(autouse=True)
def _sent_at_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        yield


def recipients_of(reason: str) -> list[str]:
    found = Message.objects.filter(reason=reason).order_by("pk")
    return list(found.values_list("recipient", flat=True))


def test_each_address_is_invited_once_whatever_the_lists_that_hold_it():
    campaign = make_campaign()
    invite(campaign, "une@exemple.fr", "deux@exemple.fr")

    invite(campaign, "UNE@exemple.fr", "trois@exemple.fr")

    assert recipients_of("survey-invitation") == [
        "une@exemple.fr",
        "deux@exemple.fr",
        "trois@exemple.fr",
    ]
    assert campaign.invitations.count() == 3


def test_pressing_send_twice_sends_once():
    campaign = make_campaign()
    made = make_list(campaign.space, "une@exemple.fr")

    first = operations.send_invitations(campaign, [made], by=make_user())
    second = operations.send_invitations(campaign, [made], by=make_user())

    assert (first.count, second.count) == (1, 0)


def test_a_person_erased_then_listed_again_is_not_invited_again():
    campaign = make_campaign()
    (invitation,) = invite(campaign, "une@exemple.fr")
    operations.delete_contact(invitation.contact, by=make_user())

    invite(campaign, "une@exemple.fr")

    assert recipients_of("survey-invitation") == ["une@exemple.fr"]


def test_the_choice_tells_how_many_are_left_out_and_why():
    campaign = make_campaign()
    invite(campaign, "invitee@exemple.fr")
    first = make_list(campaign.space, "une@exemple.fr", "invitee@exemple.fr", title="A")
    second = make_list(
        campaign.space,
        "une@exemple.fr",
        "non@exemple.fr",
        "morte@exemple.fr",
        title="B",
    )
    stop(campaign.space, "non@exemple.fr")
    say_dead("morte@exemple.fr", "partie", by=make_user())

    choice = recipients.choose(campaign, [first, second])

    assert [one.email for one in choice.to_invite] == ["une@exemple.fr"]
    assert choice.invited_count == 1
    assert choice.doubled_count == 1
    assert choice.opted_out_count == 1
    assert choice.dead_count == 1
    assert choice.count == 5


def stop(space, email: str) -> None:
    contact = space.contact_lists.get(contacts__email=email).contacts.get(email=email)
    operations.opt_out(space, contact.digest)


@pytest.mark.parametrize("days", [-20, 20])
def test_a_survey_that_is_not_open_invites_nobody(days):
    today = timezone.localdate()
    campaign = make_campaign(
        opens_on=today + timedelta(days=days),
        closes_on=today + timedelta(days=days + 5),
    )
    made = make_list(campaign.space, "une@exemple.fr")

    with pytest.raises(operations.NotOpen):
        operations.send_invitations(campaign, [made], by=make_user())

    assert not Message.objects.exists()


def answer(client, invitation: Invitation) -> Response:
    """Open the link, answer the least, send."""
    client.post(path_of(invitation))
    response = Response.objects.latest("pk")
    section = response.campaign.version.read().section("respondent")
    given = {"profile": "decision_maker", "territory": response.territory_id}
    surveys.save_section(response, section, given, language="fr")
    response.refresh_from_db()
    return surveys.submit_response(response)


def later(**delta) -> object:
    return timezone.now() + timedelta(**delta)


def test_only_those_who_have_not_answered_are_reminded_after_a_week(client):
    campaign = make_campaign()
    first, second = invite(
        campaign,
        f"A;a@exemple.fr;;{campaign.territories.get().pk}",
        "B;b@exemple.fr",
    )
    answer(client, first)

    assert recipients.to_remind(campaign, at=later(days=6)) == []
    assert recipients.to_remind(campaign, at=timezone.now() + A_WEEK) == [second]

    operations.send_reminders(campaign, by=make_user(), at=timezone.now() + A_WEEK)
    assert recipients_of("survey-reminder") == ["b@exemple.fr"]


def test_two_reminders_are_the_most_and_a_gap_parts_them():
    campaign = make_campaign()
    invite(campaign, "a@exemple.fr")
    now = timezone.now()

    counts = [
        operations.send_reminders(campaign, by=make_user(), at=now + n * A_WEEK).count
        for n in (1, 1, 2, 3, 4)
    ]

    assert counts == [1, 0, 1, 0, 0]


def test_reminders_stop_when_the_survey_closes():
    campaign = make_campaign()
    invite(campaign, "a@exemple.fr")
    surveys.close_campaign(campaign, by=make_user())

    assert recipients.to_remind(campaign, at=timezone.now() + A_WEEK) == []
    with pytest.raises(operations.NotOpen):
        operations.send_reminders(campaign, by=make_user(), at=timezone.now() + A_WEEK)


def test_neither_refusals_nor_dead_addresses_are_reminded():
    campaign = make_campaign()
    invite(campaign, "a@exemple.fr", "b@exemple.fr")
    stop(campaign.space, "a@exemple.fr")
    say_dead("b@exemple.fr", "partie", by=make_user())

    assert recipients.to_remind(campaign, at=timezone.now() + A_WEEK) == []


def test_the_mail_says_why_from_where_until_when_and_how_to_stop():
    campaign = make_campaign()
    invite(campaign, "Une;une@exemple.fr")

    message = Message.objects.get()

    assert "Bonjour Une," in message.text
    assert "Annuaire public" in message.text
    assert "confidentielle et non anonyme" in message.text
    assert message.unsubscribe_url in message.text
    assert "/participer/" in message.text
    assert "{" not in message.text


def test_a_person_without_a_name_is_greeted_without_a_hole():
    campaign = make_campaign()
    invite(campaign, "une@exemple.fr")

    assert Message.objects.get().text.startswith("Bonjour,")


def test_what_a_team_writes_is_never_a_program():
    campaign = make_campaign()
    words = Words("{enquete}", "{nom.__class__} {% now 'Y' %} {{ lien }} {lien}")
    operations.change_letter(campaign, Letter.Kind.INVITATION, words, by=make_user())

    assert letters.unknown_braces(words.body) == [
        "nom.__class__",
        "% now 'Y' %",
        " lien ",
    ]
    text = letters.trial(campaign, words).text
    assert "{nom.__class__} {% now 'Y' %}" in text


def test_a_title_on_two_lines_adds_no_header():
    campaign = make_campaign(title="Enquête\nBcc: x@exemple.fr")
    invite(campaign, "une@exemple.fr")

    assert "\n" not in Message.objects.get().subject


@pytest.fixture
def editor(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Bonjour", "Le lien personnel manque"),
        ("{lien} {prenom}", "{prenom}"),
    ],
)
def test_a_text_that_could_not_work_is_refused_beside_its_field(
    client, editor, body, told
):
    campaign = make_campaign(space=make_space(editor=editor))
    url = reverse("invitations:letter", args=[campaign.pk, "invitation"])

    page = client.post(url, {"subject": "Objet", "body": body})

    assert told in str(page.context["form"].errors["body"])
    assert not Letter.objects.exists()


def test_a_trial_goes_to_its_author_only_with_a_public_link(client, editor):
    campaign = make_campaign(space=make_space(editor=editor))

    client.post(reverse("invitations:try_letter", args=[campaign.pk, "rappel"]))
    again = client.post(
        reverse("invitations:try_letter", args=[campaign.pk, "rappel"]), follow=True
    )

    message = Message.objects.get()
    assert message.recipient == editor.email
    assert reverse("surveys:notice", args=[campaign.slug]) in message.text
    assert "moins d’une minute" in again.content.decode()


def test_the_officer_sees_the_number_before_sending(client, editor):
    campaign = make_campaign(space=make_space(editor=editor))
    made = make_list(campaign.space, "une@exemple.fr", "deux@exemple.fr")
    url = reverse("invitations:send", args=[campaign.pk])

    html = client.get(f"{url}?listes={made.pk}").content.decode()
    client.post(url, {"listes": made.pk})

    assert "Envoyer 2 invitations" in html
    assert campaign.invitations.count() == 2


def test_nothing_ticked_says_what_to_do_and_sends_nothing(client, editor):
    campaign = make_campaign(space=make_space(editor=editor))
    make_list(campaign.space, "une@exemple.fr")
    url = reverse("invitations:send", args=[campaign.pk])

    first = client.get(url).content.decode()
    looked = client.get(url, {"voir": "1"}).content.decode()
    client.post(url)

    told = "Cochez au moins une liste"
    assert told not in first
    assert told in looked
    assert not Message.objects.exists()


def test_the_mail_shown_says_what_is_owed_about_the_list_chosen(client, editor):
    campaign = make_campaign(space=make_space(editor=editor))
    letter = reverse("invitations:letter", args=[campaign.pk, "invitation"])
    before = client.get(letter).content.decode()
    made = make_list(campaign.space, "une@exemple.fr")
    make_list(campaign.space, title="Plus récente")
    url = reverse("invitations:send", args=[campaign.pk])

    html = client.get(f"{url}?listes={made.pk}").content.decode()

    assert "[finalité de la liste]" in before
    assert "Interroger les EPCI. Source" in html
    assert "1er janvier 2099" in html
    assert "[finalité de la liste]" not in client.get(letter).content.decode()


def test_a_letter_in_english_has_its_foot_and_its_date_in_english(client, editor):
    campaign = make_campaign(space=make_space(editor=editor))
    url = reverse("invitations:letter", args=[campaign.pk, "invitation"])

    page = client.get(url, {"langue": "en"})
    form = page.context["form"]
    client.post(url, {name: form[name].value() for name in form.fields})
    invite(campaign, "une@exemple.fr")

    text = Message.objects.get().text
    assert text.startswith("Hello,")
    assert "Why this mail: your professional address" in text
    assert "Receive no more of these mails, without signing in" in text


def test_a_list_of_another_space_cannot_be_chosen(client, editor):
    campaign = make_campaign(space=make_space(editor=editor))
    foreign = make_list(make_space(), "une@exemple.fr")

    client.post(reverse("invitations:send", args=[campaign.pk]), {"listes": foreign.pk})

    assert not Message.objects.exists()


def test_one_click_stops_the_mails_of_a_space_now_and_in_later_lists(client):
    campaign = make_campaign()
    invite(campaign, "une@exemple.fr")
    path = re.search(r"/ne-plus-recevoir/[^\s]+", Message.objects.get().text)[0]

    client.get(path)
    assert not OptOut.objects.exists()
    client.post(path, {"List-Unsubscribe": "One-Click"})

    assert recipients.to_remind(campaign, at=timezone.now() + A_WEEK) == []
    later_list = make_list(campaign.space, title="Plus tard")
    with pytest.raises(AssertionError):
        add_lines(later_list, "une@exemple.fr")
    assert not mailbox.outbox


def test_a_refusal_concerns_one_space_and_holds_after_the_person_is_erased(client):
    campaign, other = make_campaign(), make_campaign()
    (invitation,) = invite(campaign, "une@exemple.fr")
    invite(other, "une@exemple.fr")
    message = Message.objects.get(period=str(campaign.pk))
    operations.delete_contact(invitation.contact, by=make_user())

    client.post(message.unsubscribe_url.replace("http://127.0.0.1:8000", ""))

    assert OptOut.objects.get().space == campaign.space
    assert len(recipients.to_remind(other, at=timezone.now() + A_WEEK)) == 1


def test_an_invented_refusal_link_leads_nowhere(client):
    assert client.post("/ne-plus-recevoir/1-abc.faux/").status_code == 404


def test_a_territory_that_is_not_surveyed_is_not_chosen_for_the_person(client):
    campaign = make_campaign(make_territory(), make_territory())
    stranger = make_territory("Ailleurs")
    (invitation,) = invite(campaign, f"A;a@exemple.fr;;{stranger.pk}")

    client.post(path_of(invitation))

    assert Response.objects.get().territory is None
