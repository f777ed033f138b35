"""How many slips, by month and place, and what of it may be passed on."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from jalons.analysis.secrecy import INHABITANTS
from jalons.orientation import operations
from jalons.orientation.figures import shareable, summary
from jalons.orientation.models import Slip
from jalons.orientation.operations import Prepared
from tests.directory.places import make_place
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
CAME, MISSED = Slip.State.CAME, Slip.State.MISSED


@pytest.fixture
def made():
    """Forty slips to one place in October, of which 20 came and 12 did not; three to
    another in November, of which one came; one too old to count."""
    officer = make_user("Référente")
    space = make_space(reader=officer)
    large, small = make_place(name="Grand lieu"), make_place(name="Petit lieu")
    october, november = date(2026, 10, 5), date(2026, 11, 3)
    old = date(2025, 11, 30)
    plan = [(large, october, None)] * 8 + [(large, october, CAME)] * 20
    plan += [(large, october, MISSED)] * 12 + [(small, november, None)] * 2
    plan += [(small, november, CAME), (large, old, CAME)]
    for place, day, state in plan:
        slip = operations.make_slip(space, place, Prepared(), by=officer, on=day)
        if state:
            operations.follow_slip(slip, state=state, on=day)
    return space


def test_slips_are_counted_by_month_and_place_over_twelve_months(made):
    found = summary(made, TODAY)

    assert [
        (date(2026, 11, 1), "Petit lieu", 3, 1, 0, 2),
        (date(2026, 10, 1), "Grand lieu", 40, 20, 12, 8),
    ] == [(x.month, x.place, x.made, x.came, x.missed, x.no_news) for x in found.lines]
    # 21 visits of 33 slips whose end is known.
    assert (43, 33, 21) == (found.made, found.known, found.came)
    assert pytest.approx(63.636, abs=1e-3) == found.came_percent


def test_without_news_no_share_is_said():
    found = summary(make_space(), TODAY)

    assert found.came_percent is None


def test_small_counts_never_leave_the_team(made):
    found = shareable(summary(made, TODAY))
    (november,) = [one for one in found.by_month if one.label == "novembre 2026"]
    (small,) = [one for one in found.by_place if one.label.startswith("Petit")]

    assert (None, None, None) == (november.made, november.came, november.no_news)
    assert (None, None) == (small.made, small.came)
    shown = [
        count
        for one in (*found.by_month, *found.by_place, found.total)
        for count in (one.made, one.came, one.missed, one.no_news)
        if count is not None
    ]
    assert not [count for count in shown if 0 < count < INHABITANTS]


def test_the_file_says_secret_and_never_the_small_count(client, made):
    client.force_login(made.members.get())

    answer = client.get(reverse("orientation:counts_csv", args=[made.pk]))
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    page = client.get(reverse("orientation:counts", args=[made.pk]))

    (november,) = [line for line in lines if "novembre 2026" in line]
    assert "secret" in november
    assert "ne pas diffuser" in page.content.decode().lower()
