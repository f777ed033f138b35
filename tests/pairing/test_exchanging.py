"""Exchanges are noted without names, what they brought is asked, and they end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.mail.models import Message
from jalons.pairing import operations
from jalons.pairing.models import Pairing, Talk
from jalons.pairing.pages import lines_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pairing(teams) -> Pairing:
    return teams.agree(teams.propose())


def send(client, name: str, space, pairing, *more: int, **sent: object):
    address = reverse(f"pairing:{name}", args=[space.pk, pairing.pk, *more])
    return client.post(address, sent, follow=True)


def today() -> str:
    return timezone.localdate().isoformat()


def test_all_three_read_what_any_of_them_noted_and_each_removes_its_own(
    teams, pairing, enter
):
    lea, marc = enter(teams.lea), enter(teams.marc)
    officer, centre = enter(teams.centre.officer), teams.centre.space

    kept = send(
        lea, "note_talk", teams.first, pairing, day=today(), subject="Le bus numérique"
    )
    talk = Talk.objects.get()
    others = send(marc, "remove_talk", teams.second, pairing, talk.pk)

    assert 200 == kept.status_code
    for client, space in ((marc, teams.second), (officer, centre)):
        address = reverse("pairing:show", args=[space.pk, pairing.pk])
        assert "Le bus numérique" in client.get(address).content.decode()
    assert 404 == others.status_code
    send(lea, "remove_talk", teams.first, pairing, talk.pk)
    assert not Talk.objects.exists()


@pytest.mark.parametrize("days", [-1, 1])
def test_a_day_before_the_agreement_or_to_come_is_refused(teams, pairing, enter, days):
    day = timezone.localdate() + timedelta(days=days)
    refused = send(
        enter(teams.lea), "note_talk", teams.first, pairing, day=day, subject="Un bus"
    )
    named = send(
        enter(teams.lea),
        "note_talk",
        teams.first,
        pairing,
        day=today(),
        subject="Appel avec Mme Martin",
    )

    assert (400, 400) == (refused.status_code, named.status_code)
    assert not Talk.objects.exists()


def test_nothing_is_noted_nor_told_before_both_agreed(teams, enter):
    pairing = teams.propose()
    lea = enter(teams.lea)

    send(lea, "note_talk", teams.first, pairing, day=today(), subject="Un bus")
    send(lea, "tell", teams.first, pairing, use="much", feedback="")
    send(lea, "end", teams.first, pairing, ending="Fini")

    pairing.refresh_from_db()
    assert not Talk.objects.exists()
    assert "proposed" == pairing.state
    assert "" == teams.side(pairing, teams.first).use


def test_what_it_brought_is_read_by_its_team_and_the_centre_alone(
    teams, pairing, enter
):
    lea, marc = enter(teams.lea), enter(teams.marc)
    officer, centre = enter(teams.centre.officer), teams.centre.space

    send(lea, "tell", teams.first, pairing, use="much", feedback="Un bus partagé")
    of_centre = send(officer, "tell", centre, pairing, use="much", feedback="")

    assert 404 == of_centre.status_code
    read = {
        space: "Un bus partagé"
        in client.get(
            reverse("pairing:show", args=[space.pk, pairing.pk])
        ).content.decode()
        for client, space in (
            (lea, teams.first),
            (marc, teams.second),
            (officer, centre),
        )
    }
    assert {teams.first: True, teams.second: False, centre: True} == read


def test_it_ends_once_with_a_reason_and_both_are_asked_what_it_brought(
    teams, pairing, enter
):
    marc = enter(teams.marc)

    without = send(marc, "end", teams.second, pairing, ending="")
    send(marc, "end", teams.second, pairing, ending="Le service est ouvert")
    again = send(enter(teams.lea), "end", teams.first, pairing, ending="Autre")
    late = send(
        marc, "note_talk", teams.second, pairing, day=today(), subject="Encore un"
    )

    pairing.refresh_from_db()
    assert 400 == without.status_code
    assert ("ended", "Le service est ouvert") == (pairing.state, pairing.ending)
    assert "entre-temps" in again.content.decode()
    assert "entre-temps" in late.content.decode()
    asked = Message.objects.filter(reason=operations.OVER)
    assert {teams.lea.email, teams.marc.email} == {one.recipient for one in asked}
    send(marc, "tell", teams.second, pairing, use="some", feedback="")
    assert "some" == teams.side(pairing, teams.second).use


def test_lists_hold_what_concerns_each_space_and_journals_name_their_own(
    teams, pairing, enter
):
    assert [pairing] == [one.pairing for one in lines_of(teams.first)]
    assert ["CC du Lieu 01"] == [one.with_whom for one in lines_of(teams.second)]
    assert not any(one.is_waiting for one in lines_of(teams.first))
    agreed = Entry.objects.filter(verb="pairing.agreed")
    assert {teams.first.pk, teams.second.pk} == {one.space_id for one in agreed}
    lines = enter(teams.lea).get(reverse("pairing:list", args=[teams.first.pk]))
    assert "CC du Lieu 06" in lines.content.decode()
