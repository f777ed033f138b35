"""What was confided to a centre is counted, never under five."""

from __future__ import annotations

from datetime import date

import pytest

from jalons.network.models import Exchange
from jalons.publications import figures

pytestmark = pytest.mark.django_db
FUNDING, TOOLS = Exchange.Support.FUNDING, Exchange.Support.TOOLS


def test_support_counts_each_territory_once_a_kind_and_never_under_five(centre):
    for number in range(1, 7):
        centre.note(number, date(2026, 1, 5), support=FUNDING)
        centre.note(number, date(2026, 2, 5), support=FUNDING)
    for number in range(1, 5):
        centre.note(number, date(2026, 3, 5), support=TOOLS)

    told = figures.support_of(centre.space)

    assert 6 == told.counts["funding"] == told.total
    assert told.counts["tools"] is None
    assert 0 == told.counts["governance"]
    assert told.has_secret


@pytest.mark.parametrize(
    ("counts", "shown", "total"),
    [
        # A single small count would be found from the total: another goes with it.
        ((9, 3, 7), (9, None, None), 19),
        ((9, 6, 7), (9, 6, 7), 22),
        ((2, 1, 0), (None, None, None), None),
        ((0, 0, 0), (0, 0, 0), 0),
    ],
)
def test_a_small_count_is_hidden_with_what_would_give_it(counts, shown, total):
    told = figures._shielded(dict(zip("abc", counts, strict=True)), False)

    assert shown == tuple(told.counts.values())
    assert total == told.total
