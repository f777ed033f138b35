"""Indicators of means and process: small tables, numbers checked by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from jalons.actors.models import Post
from jalons.conditions.definitions import read_conditions
from jalons.conditions.models import Appraisal
from jalons.ecosystems.models import Link
from jalons.evaluation.computing import Asked
from jalons.evaluation.means_and_doing import (
    actions_done,
    families_present,
    mediation_time,
    meetings_held,
    minutes_in_time,
    posts_ending,
    resources_put_to_work,
)
from jalons.evaluation.succeeding import conditions_met
from jalons.funding.evaluating import budget_committed
from jalons.funding.models import Grant
from jalons.meetings.models import Attendee, Meeting
from jalons.roadmaps.models import Action
from jalons.roadmaps.operations import Budgeted
from jalons.territories.models import CURRENT_YEAR, Membership, Territory
from jalons.workshops.models import Minutes, Workshop
from tests.actors.people import make_actor
from tests.ecosystems.maps import make_map, names
from tests.funding.money import make_grant
from tests.roadmaps.plans import make_action, make_stake, make_workstream

TODAY = date(2026, 6, 30)


@pytest.fixture
def asked(roadmap):
    return Asked(roadmap, TODAY)


def populate(space, **people: int | None) -> None:
    """Communes of the EPCI of the space, with their inhabitants."""
    for number, (name, count) in enumerate(people.items()):
        commune = Territory.objects.create(
            code=f"2400{number}",
            kind=Territory.Kind.COMMUNE,
            name=name,
            population=count,
        )
        Membership.objects.create(
            member=commune, group=space.territory, since=CURRENT_YEAR
        )


def employ(actor, *rows: tuple[str, date | None, date | None]) -> None:
    """Posts: full-time share, end of the funding, end of the post."""
    for share, funded, ended in rows:
        Post.objects.create(
            space=actor.space,
            actor=actor,
            title="Conseiller",
            share=Decimal(share),
            funding_ends_on=funded,
            ended_on=ended,
        )


def test_i1_adds_the_posts_at_work_up_for_10_000_inhabitants(asked, space, officer):
    # 1 + 0.5 at work, 0.8 ended: 1.5 × 10 000 ÷ 25 000 = 0.60
    populate(space, Aval=20_000, Bourg=5_000)
    employ(
        make_actor(space, by=officer),
        ("1", None, None),
        ("0.5", None, date(2026, 7, 1)),
        ("0.8", None, date(2026, 6, 30)),
    )

    found = mediation_time(asked)

    assert (Decimal("0.60"), 2) == (found.value, found.n)
    # As it is written in French, a comma in it.
    assert "1,5" in dict(found.lines).values()


def test_i1_is_not_known_when_the_inhabitants_of_a_commune_are_not(
    asked, space, officer
):
    populate(space, Aval=20_000, Bourg=None)
    employ(make_actor(space, by=officer), ("0.5", None, None))

    found = mediation_time(asked)

    assert found.value is None
    assert "population du périmètre" in found.why


def test_i1_is_not_zero_without_a_post_nor_without_a_population(asked, space, officer):
    without = mediation_time(asked)
    employ(make_actor(space, by=officer), ("1", None, None))

    assert without.value is None
    assert "Aucun poste" in without.why
    assert "population" in mediation_time(asked).why


def test_i3_counts_posts_whose_funding_ends_within_a_year(asked, space, officer):
    # Ends: today, in 364 days, in 365 days (too late), unknown, past.
    ends = (0, 364, 365, None, -1)
    days = [None if n is None else TODAY + timedelta(days=n) for n in ends]
    employ(make_actor(space, by=officer), *[("1", day, None) for day in days])

    found = posts_ending(asked)

    assert (2, 4) == (found.value, found.n)
    assert ("postes dont la fin n’est pas connue", "1") == found.lines[0]


def test_p1_tells_how_actions_stand(asked, roadmap, officer):
    # 5 actions: 2 done (40 %), 1 to come, 1 under way, 1 given up.
    stream = make_workstream(make_stake(roadmap, by=officer), by=officer)
    for status in ("done", "done", "planned", "under_way", "dropped"):
        make_action(stream, status, by=officer, status=status)

    found = actions_done(asked)

    assert (Decimal("40.0"), 5) == (found.value, found.n)
    counts = {label: int(text.split()[0]) for label, text in found.lines}
    assert {
        Action.Status.PLANNED.label: 1,
        Action.Status.UNDER_WAY.label: 1,
        Action.Status.DONE.label: 2,
        Action.Status.SUSPENDED.label: 0,
        Action.Status.DROPPED.label: 1,
    } == counts


def test_p1_without_an_action_says_so(asked):
    assert "Aucune action" in actions_done(asked).why


def meet(space, ended: date, *families: str, opened: bool = False) -> Meeting:
    end = datetime.combine(ended, time(12), UTC)
    meeting = Meeting.objects.create(
        space=space,
        kind="plenary",
        title="Réunion",
        starts_at=end - timedelta(hours=2),
        ends_at=end,
        names_kept_until=ended + timedelta(days=365),
    )
    for family in families:
        Attendee.objects.create(meeting=meeting, name="Présente", family=family)
    if opened:
        Workshop.objects.create(meeting=meeting, code=f"C{meeting.pk}", opened_at=end)
    return meeting


def test_p2_a_meeting_was_held_when_somebody_came_or_it_was_opened(asked, space):
    meet(space, date(2026, 6, 1), "associations", "associations", "communes")
    meet(space, date(2026, 5, 1), opened=True)
    meet(space, date(2026, 4, 1))
    meet(space, date(2026, 7, 1), "communes")  # to come
    meet(space, date(2025, 6, 30), "communes")  # more than a year ago

    found = meetings_held(asked)

    # 2 of 3; three people, of two colleges.
    assert (Decimal("66.7"), 3) == (found.value, found.n)
    assert 3 == sum(int(count) for _college, count in found.lines)


def test_p3_families_that_came_out_of_those_of_the_table(asked, space, officer):
    # In the table: associations, communes, mediatheques. Came: the first, and another.
    for family in ("associations", "communes", "mediatheques"):
        make_actor(space, by=officer, family=family)
    meet(space, date(2026, 6, 1), "associations", "education_sante")

    found = families_present(asked)

    assert (Decimal("33.3"), 3) == (found.value, found.n)


def drawn(resource, centre, *said: tuple[str, date]) -> None:
    for number, (status, since) in enumerate(said, start=1):
        Link.objects.create(
            resource=resource,
            centre=centre,
            number=number,
            status=status,
            since=since,
            key=uuid4(),
            is_current=number == len(said),
        )


def test_p4_counts_links_that_went_from_dashed_to_solid(asked, space, officer):
    map = make_map(space, by=officer, around="approach")
    centre = map.centres.get()
    bus, school, library, fund = (
        names(map, one, by=officer) for one in ("Bus", "École", "Lecture", "Fonds")
    )
    old, new = date(2025, 1, 1), date(2026, 3, 1)
    drawn(bus, centre, ("dashed", old), ("solid", new))  # counts
    drawn(school, centre, ("dashed", old), ("none", old), ("solid", new))
    drawn(library, centre, ("dashed", old), ("solid", old))  # before the year
    drawn(fund, centre, ("dashed", new))

    found = resources_put_to_work(asked)

    assert (1, 4) == (found.value, found.n)
    assert [("encore connues, sans contact", "1")] == list(found.lines)


@pytest.mark.parametrize(
    ("ended", "sent", "counts", "in_time"),
    [
        (date(2026, 5, 1), date(2026, 5, 16), 1, 1),  # the fifteenth day
        (date(2026, 5, 1), date(2026, 5, 17), 1, 0),
        (date(2026, 5, 1), None, 1, 0),
        (date(2026, 6, 15), None, 0, 0),  # may still be sent today
        (date(2026, 6, 20), date(2026, 6, 21), 1, 1),
    ],
)
def test_p5_minutes_leave_within_fifteen_days(
    asked, space, ended, sent, counts, in_time
):
    workshop = meet(space, ended, opened=True).workshop
    at = datetime.combine(sent, time(10), UTC) if sent else None
    Minutes.objects.create(workshop=workshop, sent_at=at)

    found = minutes_in_time(asked)

    assert counts == (found.n or 0)
    assert (Decimal(100 * in_time) if counts else None) == found.value


def test_p6_counts_the_conditions_last_said_to_be_met(asked, roadmap):
    first, second, third, *_rest = read_conditions()
    rows = [
        (first.id, "met", date(2026, 1, 1)),
        (second.id, "met", date(2026, 1, 1)),
        (second.id, "partly", date(2026, 2, 1)),  # taken back
        (third.id, "met", date(2026, 7, 1)),  # said later
    ]
    for condition, state, day in rows:
        Appraisal.objects.create(
            roadmap=roadmap, condition=condition, state=state, made_on=day
        )

    found = conditions_met(asked)

    assert (1, 9) == (found.value, found.n)
    assert "7" == found.lines[0][1]


def test_i2_granted_money_out_of_the_budget(asked, roadmap, officer):
    # 4 000 granted of a budget of 16 000: 25 %; what is only asked does not count.
    stream = make_workstream(make_stake(roadmap, by=officer), by=officer)
    action = make_action(
        stream,
        "Un bus",
        Budgeted("Région", Decimal(10_000)),
        Budgeted("CAF", Decimal(6_000)),
        by=officer,
    )
    make_grant(action, "CAF", 6_000, by=officer)
    Grant.objects.create(
        action=action,
        funder="Région",
        state="granted",
        asked=Decimal(9_000),
        granted=Decimal(4_000),
    )

    assert Decimal("25.0") == budget_committed(asked).value


def test_i2_without_a_budget_says_so(asked):
    assert "Aucun montant" in budget_committed(asked).why
