"""People to call back: listed by commune, followed, erased in time."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from django.core.cache import cache
from django.urls import reverse

from jalons.audit.models import Entry
from jalons.callbacks import figures, operations
from jalons.callbacks.codes import shown
from jalons.callbacks.models import CallBack
from jalons.privacy.operations import purge
from jalons.rounds.reception import receive_interview
from tests.callbacks.test_reception import callback, receive
from tests.factories import interview, make_device, make_round, make_space, make_user

pytestmark = pytest.mark.django_db


def noted(round, name="Mme Exemple", contact="06 12 34 56 78"):
    return operations.note_callback(
        round,
        commune=round.campaign.territories.get(),
        name=name,
        contact=contact,
        by=make_user(),
    )


def test_those_who_agreed_have_their_answers_read_and_no_other():
    device = make_device()
    token = "cd" * 32
    digest = hashlib.sha256(token.encode()).hexdigest()
    sent = interview(device, F17="soon", F18=["photos"]) | {"token_digest": digest}
    receive_interview(device.surveyor.round, device, sent, key=UUID(sent["key"]))
    receive(device, callback(device, token=token))
    receive(device, callback(device))

    linked = CallBack.objects.get(token=token)
    said = {one.question: one.answer for one in figures.answers_of(linked, "fr")}

    assert "Les photos et les vidéos" in said.values()
    assert [] == figures.answers_of(CallBack.objects.get(token=""), "fr")
    operations.withdraw(linked, by=make_user())
    assert [] == figures.answers_of(linked, "fr")


def test_the_person_in_charge_notes_how_far_each_call_is(client):
    owner = make_user()
    round = make_round(space=make_space(owner=owner))
    waits = noted(round)
    client.force_login(owner)

    url = reverse("callbacks:person", args=[round.pk, waits.key])
    client.post(url, {"state": "offered"})

    page = client.get(reverse("callbacks:list", args=[round.pk])).content.decode()
    assert "06 12 34 56 78" in page
    assert "atelier proposé" in page
    told = [(one.object_label, one.details) for one in Entry.objects.all()]
    assert "Exemple" not in str([one for one in told if "Mme" in str(one)])
    assert 1 == figures.waiting(round).counts[CallBack.State.OFFERED]


def test_anybody_takes_back_the_contact_they_left_without_being_told_who_is_in(client):
    round = make_round()
    noted(round)
    noted(round, "M. Autre", "m.autre@exemple.fr")
    url = reverse("callbacks:leave", args=[round.key])

    answers = [
        client.post(url, {"contact": contact}).content.decode()
        for contact in ("+33612345678", "05 99 99 99 99", "")
    ]

    assert "n’est plus le cas" in answers[0]
    assert "n’est plus le cas" in answers[1]
    assert "n’est plus le cas" not in answers[2]
    (left,) = CallBack.objects.current(on=round.campaign.today())
    assert "M. Autre" == left.name


@pytest.mark.parametrize(
    ("left", "typed"),
    [
        ("05 55 00 00 00 poste 12", "+33 (0)5.55.00.00.00"),
        ("06 12 34 56 78 / 05 55 00 00 00", "0555000000"),
        ("M.Exemple@Exemple.fr, le soir", "m.exemple@exemple.fr"),
    ],
)
def test_a_contact_is_found_however_it_was_written(left, typed):
    round = make_round()
    noted(round, contact=left)

    assert 0 == operations.withdraw_contact(round, "05 55 00 00 01")
    assert 0 == operations.withdraw_contact(round, "poste 12")
    assert 1 == operations.withdraw_contact(round, typed)


def test_each_person_has_a_way_out_of_their_own(client):
    device = make_device()
    receive(device, callback(device, code="K7QM3FXPAB"))
    receive(device, callback(device, name="M. Autre"))
    round = device.surveyor.round
    url = reverse("callbacks:forget", args=["k7qm3-fxpab"])

    # Opening the address erases nothing: readers of mails open every link.
    page = client.get(url).content.decode()
    assert "Mme Exemple" not in page
    assert 2 == CallBack.objects.current(on=round.campaign.today()).count()
    assert "C’est effacé" in client.post(url).content.decode()
    (left,) = CallBack.objects.current(on=round.campaign.today())
    assert "M. Autre" == left.name
    assert "C’est effacé" in client.get(url).content.decode()
    assert (
        404 == client.get(reverse("callbacks:forget", args=["AAAAA-AAAAA"])).status_code
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_code_that_the_server_does_not_know_yet_is_answered_in_words(client, method):
    url = reverse("callbacks:forget", args=["AAAAA-AAAAA"])
    answer = getattr(client, method)(url)

    page = answer.content.decode()
    assert 404 == answer.status_code
    assert "pas encore, ou plus" in page
    assert "votre fiche" in page
    assert "dans quelques jours" in page
    assert "Effacer mon contact" not in page
    assert "C’est effacé" not in page


def test_the_team_gives_their_way_out_to_those_it_notes(client):
    owner = make_user()
    round = make_round(space=make_space(owner=owner))
    client.force_login(owner)
    given = {"name": "Mme Exemple", "contact": "06 12 34 56 78", "has_agreed": "on"}
    given |= {"commune": round.campaign.territories.get().pk}

    url = reverse("callbacks:create", args=[round.pk])
    page = client.post(url, given, follow=True).content.decode()

    code = shown(CallBack.objects.get().code)
    assert reverse("callbacks:forget", args=[code]) in page


def test_each_sheet_of_paper_bears_the_way_out_of_one_person(client):
    owner = make_user()
    round = make_round(space=make_space(owner=owner))
    client.force_login(owner)
    sheets = reverse("callbacks:sheet", args=[round.pk])
    page = client.get(sheets, {"number": 3}).content.decode()
    codes = sorted(set(re.findall(r"/rappel/(\w{5}-\w{5})/", page)))
    assert 3 == len(codes)
    assert (
        "inférieure ou égale à 10"
        in client.get(sheets, {"number": 99}).content.decode()
    )
    way_out = reverse("callbacks:forget", args=[codes[0]])
    assert 404 == client.get(way_out).status_code
    given = {"name": "Mme Exemple", "contact": "06 12 34 56 78", "has_agreed": "on"}
    given |= {"commune": round.campaign.territories.get().pk, "sheet": codes[0].lower()}
    url = reverse("callbacks:create", args=[round.pk])

    client.post(url, given)
    again = client.post(url, given | {"name": "M. Exemple"}).content.decode()
    wrong = client.post(url, given | {"sheet": "ABC"}).content.decode()

    assert "déjà été notée" in again
    assert "dix lettres et chiffres" in wrong
    client.logout()
    client.post(way_out)
    assert "" == CallBack.objects.get().contact


def test_contacts_are_not_guessed_tries_are_counted(client):
    cache.clear()
    round = make_round()
    noted(round)
    url = reverse("callbacks:leave", args=[round.key])

    for number in range(30):
        client.post(url, {"contact": f"06 12 34 50 {number:02}"})
    page = client.post(url, {"contact": "06 12 34 56 78"}).content.decode()

    assert "Trop d’essais" in page
    assert CallBack.objects.current(on=round.campaign.today()).exists()


def test_nobody_is_noted_once_the_survey_keeps_no_contact_any_more(client):
    owner = make_user()
    round = make_round(space=make_space(owner=owner))
    campaign = round.campaign
    yesterday = campaign.today() - timedelta(days=1)
    campaign.opens_on = campaign.closes_on = yesterday
    campaign.answers_kept_until = yesterday
    campaign.save()
    client.force_login(owner)

    page = client.post(
        reverse("callbacks:create", args=[round.pk]),
        {
            "name": "Mme Exemple",
            "contact": "06 12 34 56 78",
            "commune": campaign.territories.get().pk,
            "has_agreed": "on",
        },
    )

    assert "ne garde plus aucun contact" in page.content.decode()
    assert not CallBack.objects.exists()


def test_a_phone_that_sends_again_brings_back_nobody_who_left():
    device = make_device()
    sent = callback(device)
    receive(device, sent)
    operations.withdraw(CallBack.objects.get(), by=None)

    assert "known" == receive(device, sent).status
    assert not CallBack.objects.current(on=device.surveyor.round.campaign.today())
    assert "" == CallBack.objects.get().contact


def test_contacts_are_erased_after_the_day_said_and_never_come_back():
    device = make_device()
    sent = callback(device)
    receive(device, sent)
    kept = CallBack.objects.get()
    last = datetime.combine(kept.expires_on, time(12), tzinfo=UTC)

    purge(last, dry_run=False)
    assert CallBack.objects.exists()
    purge(last + timedelta(days=1), dry_run=False)
    assert not CallBack.objects.exists()
