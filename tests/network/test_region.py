"""The region read otherwise: a map with its table, départements, promises, a file."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from jalons.network.cockpit import cockpit_of
from jalons.network.departements import departements_of
from jalons.network.filters import Filters
from jalons.network.history import promises_of
from jalons.network.pictures import cockpit_map
from jalons.surveys.models import Involvement
from jalons.surveys.operations import state_involvement
from tests.factories import make_space

pytestmark = pytest.mark.django_db


def page(client, name: str, centre, query: str = "") -> str:
    address = reverse(f"network:{name}", args=[centre.space.pk])
    return client.get(f"{address}?{query}").content.decode()


def test_map_and_table_hold_the_territories_that_the_filters_keep(centre, signed_in):
    cockpit = cockpit_of(centre.space)
    chosen = {"liste": "cibles"}
    kept = Filters(chosen, cockpit).kept()
    assert 0 < len(kept) < len(cockpit.rows)

    shown = page(signed_in, "map", centre, "liste=cibles")

    for row in cockpit.rows:
        address = reverse("network:territory", args=[centre.space.pk, row.code])
        assert (address in shown) == (row in kept)
    names = [row.name for row in kept]
    assert sorted(names) == names
    picture = cockpit_map(centre.space, cockpit, kept)
    assert picture.svg.count("data-href=") == len(kept)


def test_without_a_contour_the_table_says_the_same(centre, signed_in):
    cockpit = cockpit_of(centre.space)
    assert cockpit_map(centre.space, cockpit, []) is None

    shown = page(signed_in, "map", centre, "silence=retard")

    assert "Aucun contour" in shown
    assert "Aucun territoire ne répond" in shown


def test_a_departement_is_told_with_its_part_its_source_and_its_epci(centre, signed_in):
    cockpit = cockpit_of(centre.space)
    before = departements_of(centre.space, cockpit)
    departement = cockpit.rows[1].departement
    assert len(cockpit.rows) == sum(len(one.rows) for one in before)
    Involvement.objects.all().delete()
    assert "inconnu" in page(signed_in, "departements", centre)

    stated = Involvement(space=centre.space, departement=departement, level="scheme")
    stated.source, stated.stated_on = "Schéma voté", date(2026, 2, 3)
    state_involvement(stated, by=centre.officer)
    centre.note(2, date(2026, 1, 5))

    every = departements_of(centre.space, cockpit_of(centre.space))
    found = next(one for one in every if one.place == departement)
    shown = page(signed_in, "departements", centre)
    assert ("scheme", 1) == (found.involvement.level, found.met)
    assert "Schéma voté" in shown
    assert reverse("surveys:involvement", args=[centre.space.pk]) in shown


def test_promises_come_by_day_and_leave_once_done(centre, signed_in):
    today = timezone.localdate()
    long_ago, soon = today - timedelta(days=30), today + timedelta(days=30)
    centre.note(1, long_ago, next_step="Envoyer la liste", next_on=soon)
    centre.note(2, long_ago, next_step="Rappeler", next_on=today - timedelta(days=1))
    centre.note(3, long_ago, next_step="Un jour")
    done = {"next_step": "Écrire", "next_on": today, "next_done_on": today}
    centre.note(4, long_ago, **done)
    centre.note(5, long_ago)

    found = promises_of(centre.space, on=today)

    assert [("Rappeler", True), ("Envoyer la liste", False), ("Un jour", False)] == [
        (one.exchange.next_step, one.is_late) for one in found
    ]
    shown = page(signed_in, "promises", centre)
    assert str(centre.officer) in shown
    assert "aucun jour donné" in shown
    assert "Écrire" not in shown


def test_the_history_is_a_file_from_the_page_and_from_the_command(
    centre, signed_in, tmp_path
):
    centre.note(1, date(2026, 1, 5), summary="Premier appel", support="tools")
    centre.note(2, date(2026, 2, 5), summary="Visite", next_step="Rappeler")

    answer = signed_in.get(reverse("network:history_csv", args=[centre.space.pk]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    path = tmp_path / "echanges.csv"
    call_command("export_exchanges", f"--space={centre.space.pk}", f"--output={path}")

    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert ["Visite", "Premier appel"] == [one["ce qui s’est dit"] for one in rows]
    assert "Rappeler" == rows[0]["suite promise"]
    assert text.splitlines() == path.read_text(encoding="utf-8-sig").splitlines()


def test_no_file_of_a_space_that_is_no_centre(tmp_path):
    path = tmp_path / "echanges.csv"

    with pytest.raises(CommandError, match="centre de ressources"):
        call_command(
            "export_exchanges", f"--space={make_space().pk}", f"--output={path}"
        )

    assert not path.exists()
