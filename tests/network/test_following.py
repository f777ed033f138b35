"""The sheet of a territory and what was exchanged with it: kept, refused, changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.network.models import Exchange, FollowUp
from jalons.roadmaps.operations import ChangedMeanwhile

pytestmark = pytest.mark.django_db


def send(client, name: str, args, **fields):
    return client.post(reverse(f"network:{name}", args=args), fields)


@pytest.fixture
def first(centre):
    return [centre.space.pk, centre.places[1].code]


def test_a_sheet_is_kept_then_changed(centre, signed_in, first):
    known = {"strand": "active", "strand_source": "Délibération"}
    send(signed_in, "follow_up", first, strand_on="2026-01-05", **known)
    send(
        signed_in,
        "follow_up",
        first,
        strand_on="2026-01-05",
        is_flagged="on",
        flag_reason="Trois communes sans lieu",
        version=1,
        **known,
    )

    (row,) = FollowUp.objects.all()
    assert ("active", date(2026, 1, 5), True) == (
        row.strand,
        row.strand_on,
        row.is_flagged,
    )
    assert 2 == row.version


def test_what_is_known_says_how_and_when(signed_in, first):
    tomorrow = timezone.localdate() + timedelta(days=1)

    alone = send(signed_in, "follow_up", first, strand="none").content.decode()
    flagged = send(signed_in, "follow_up", first, is_flagged="on").content.decode()
    ahead = send(signed_in, "follow_up", first, strand_on=tomorrow).content.decode()

    assert "Dites comment vous le savez." in alone
    assert "Dites quand vous l’avez su." in alone
    assert "Dites pourquoi, en une phrase." in flagged
    assert "Donnez un jour déjà venu, depuis 2000." in ahead
    assert not FollowUp.objects.exists()


def test_whoever_writes_from_an_older_sheet_reads_both(centre, signed_in, first):
    row = centre.write(1, is_flagged=True, flag_reason="Premier motif")
    row.flag_reason = "Deuxième motif"
    row.version = 2
    row.save()

    sent = {"is_flagged": "on", "flag_reason": "Mon motif", "version": 1}
    page = send(signed_in, "follow_up", first, **sent).content.decode()

    assert "Deuxième motif" in page
    assert "Mon motif" in page
    row.refresh_from_db()
    assert "Deuxième motif" == row.flag_reason


def test_two_first_sheets_are_one_and_both_texts_are_read(centre):
    centre.write(2, is_flagged=True, flag_reason="Premier motif")

    with pytest.raises(ChangedMeanwhile) as changed:
        centre.write(2, is_flagged=True, flag_reason="Mon motif")

    assert "Premier motif" == changed.value.stored.flag_reason
    assert 1 == FollowUp.objects.count()


def test_an_exchange_is_noted_with_a_function_and_no_name(signed_in, first):
    sent = {
        "day": "2026-02-03",
        "kind": "call",
        "support": "tools",
        "summary": "Ils cherchent une animatrice",
        "next_step": "Envoyer la fiche",
        "next_on": "2026-02-10",
    }
    named = send(
        signed_in, "note_exchange", first, counterpart="a.martin@exemple.fr", **sent
    )
    assert not Exchange.objects.exists()
    assert 200 == named.status_code

    send(signed_in, "note_exchange", first, counterpart="DGS", **sent)

    (row,) = Exchange.objects.all()
    assert ("DGS", "Envoyer la fiche", 1) == (
        row.counterpart,
        row.next_step,
        row.version,
    )
    assert row.is_late(on=date(2026, 2, 11))
    assert not row.is_late(on=date(2026, 2, 10))


def test_a_day_says_for_what(signed_in, first):
    sent = {"day": "2026-02-03", "kind": "call", "support": "none", "summary": "Oui"}

    page = send(signed_in, "note_exchange", first, next_on="2026-02-10", **sent)

    assert "Dites quoi, ou laissez les jours vides." in page.content.decode()
    assert not Exchange.objects.exists()


def test_an_exchange_is_changed_and_removed(centre, signed_in):
    row = centre.note(1, date(2026, 1, 5))
    args = [centre.space.pk, row.pk]
    sent = {"day": "2026-01-05", "kind": "visit", "support": "none", "version": 1}

    send(signed_in, "change_exchange", args, summary="Vu sur place", **sent)
    row.refresh_from_db()
    assert ("visit", "Vu sur place") == (row.kind, row.summary)

    send(signed_in, "remove_exchange", args)
    assert not Exchange.objects.exists()
