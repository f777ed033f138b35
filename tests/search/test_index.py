from __future__ import annotations

import pytest
from django.db import IntegrityError, connection

from jalons.search.figures import find
from jalons.search.models import Card
from jalons.search.operations import Entry, index, remove

pytestmark = pytest.mark.django_db


def found(query: str) -> list[str]:
    return [hit.ref for hit in find(query)]


def test_a_thing_indexed_twice_is_one_card_brought_up_to_date():
    index([Entry("commune", "14762", "Vire")])

    index([Entry("commune", "14762", "Vire Normandie", weight=0.5)])

    card = Card.objects.get()
    assert (card.title, card.weight) == ("Vire Normandie", 0.5)
    assert found("normandie") == ["14762"]


def test_a_former_name_no_longer_leads_to_the_thing():
    index([Entry("commune", "1", "Clochemerle")])

    index([Entry("commune", "1", "Trifouilly")])

    assert found("clochemerle") == []
    assert found("trifouilly") == ["1"]


def test_a_thing_removed_is_found_no_more():
    index([Entry("commune", str(n), f"Trifouilly {n}") for n in range(3)])

    remove("commune", ["0", "1"])

    assert found("trifouilly") == ["2"]


def test_a_whole_kind_can_be_removed():
    index([Entry("commune", "1", "Trifouilly"), Entry("epci", "2", "CC de Trifouilly")])

    remove("commune")

    assert found("trifouilly") == ["2"]


def test_a_weight_beyond_1_is_refused():
    with pytest.raises(IntegrityError):
        index([Entry("commune", "1", "Trifouilly", weight=3.0)])


def test_many_things_are_indexed_in_batches():
    entries = (Entry("commune", str(n), f"Commune {n}") for n in range(6_000))

    assert index(entries) == 6_000
    assert Card.objects.count() == 6_000


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only")
def test_without_its_extension_the_search_reads_the_table(territories):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX search_card_names_trigrams")

    assert found("perigeux")[:2] == ["24322", "200040392"]
