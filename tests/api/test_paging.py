"""A list read in parts, while others write."""

from __future__ import annotations

import pytest

from jalons.territories.models import Territory


@pytest.fixture(autouse=True)
def _communes(db):
    _make(*range(1, 8))


def _make(*numbers: int) -> None:
    Territory.objects.bulk_create(
        Territory(code=f"{n:05}", kind="commune", name=f"Commune {n}") for n in numbers
    )


def _codes(told: dict) -> list[str]:
    return [one["code"] for one in told["items"]]


def _rest(client, told: dict) -> list[str]:
    found = []
    while told["next"]:
        told = client.get(told["next"]).json()
        found += _codes(told)
    return found


def test_parts_follow_one_another_to_the_last(read, client):
    first = read("territories", limit=3)

    assert ["00001", "00002", "00003"] == _codes(first)
    assert ["00004", "00005", "00006", "00007"] == _rest(client, first)


def test_the_last_part_has_none_after_it(read):
    assert read("territories", limit=7)["next"] is None
    assert read("territories", after="00007")["items"] == []


def test_what_comes_or_goes_meanwhile_moves_nothing_else(read, client):
    first = read("territories", limit=3)
    Territory.objects.filter(code__in=["00001", "00003"]).delete()
    _make(0)

    rest = _rest(client, first)

    assert ["00004", "00005", "00006", "00007"] == rest


def test_the_following_part_keeps_what_was_asked(read, client):
    Territory.objects.create(code="00001A"[:5] + "0000", kind="epci", name="CC")

    first = read("territories", kind="commune", limit=6)

    assert _rest(client, first) == ["00007"]
    assert "kind=commune" in first["next"]
