"""What the room removed, and what both sides did, comes back as one."""

from __future__ import annotations

import pytest

from jalons.accounts.models import User
from jalons.analysis.prospective import OnPaper
from jalons.rooms import choosing
from jalons.rooms import operations as rooms
from jalons.rooms.access import find_outing
from jalons.rooms.bundles import RefusedBundle
from jalons.rooms.merging import bring_back
from jalons.rooms.models import Outing
from jalons.workshops import (
    seating,
    sending,
)
from jalons.workshops.keying import key_sheet
from jalons.workshops.models import Activity, Ballot, Item, PaperCount
from jalons.workshops.paper import keep_paper_counts
from tests.ecosystems.maps import draws, names
from tests.rooms.laptop import laptop
from tests.workshops.rooms import (
    add,
    comes,
)

pytestmark = pytest.mark.django_db


def paper_points(item: Item) -> list[tuple[int, ...]]:
    counts = PaperCount.objects.filter(item=item)
    return list(counts.values_list("people", "impact_points", "mastery_points"))


def test_what_the_room_removed_or_renounced_comes_back_so(workshop, officer):
    amina, _secret = comes(workshop)
    seating.set_tables(workshop, ["Le marché"], by=officer)
    seating.sit(amina, workshop.tables.get())
    sending.agree_to_minutes(amina, "amina@exemple.fr")
    sending.note_readers(workshop, ["luc@exemple.fr"], by=officer)
    data = rooms.take_out(workshop, by=officer)
    with laptop(data) as (away, host, results):
        early = results()
        rose, _other = comes(away, "Rose")
        sending.agree_to_minutes(rose, "rose@exemple.fr")
        seating.move(away.participants.get(alias="Amina"), None, by=host)
        seating.set_tables(away, [], by=host)
        sending.renounce_minutes(away.participants.get(alias="Amina"))
        back = results()

    first = bring_back(*find_outing(back), by=officer)
    again = bring_back(*find_outing(back), by=officer)

    amina.refresh_from_db()
    assert amina.table is None
    assert {"participants aux ateliers": 1} == first.changed
    assert (1, 0) == (first.renounced, again.renounced)
    # The file taken before would erase what came with the last.
    with pytest.raises(RefusedBundle, match="plus ancien"):
        bring_back(*find_outing(early), by=officer)
    readers = workshop.minutes_readers.order_by("email")
    assert ["luc@exemple.fr", "rose@exemple.fr"] == [one.email for one in readers]


def test_what_both_sides_name_or_count_is_one(workshop, officer):
    activity = add(workshop, "resources", "Aller vers", by=officer)
    map, matrix = activity.map, add(workshop, "matrix", "Un bus", "Un prêt", by=officer)
    item, other = matrix.items.in_order()
    same = OnPaper(2, 8, 8)
    keep_paper_counts(matrix, {item: same, other: same}, by=officer)
    data = rooms.take_out(workshop, by=officer)
    draws(names(map, "CAF", by=officer), map.centres.get(), "dashed", by=officer)
    keep_paper_counts(matrix, {other: OnPaper(3, 12, 8)}, by=officer)

    with laptop(data) as (away, host, results):
        there = away.activities.get(kind="resources").map
        caf = names(there, "Caf", by=host)
        draws(caf, there.centres.get(), "solid", by=host)
        counted = {item.pk: OnPaper(3, 12, 3), other.pk: OnPaper(4, 8, 3)}
        counts = {Item.objects.get(pk=pk): one for pk, one in counted.items()}
        keep_paper_counts(away.activities.get(pk=matrix.pk), counts, by=host)
        back = results()
    report = bring_back(*find_outing(back), by=officer)

    (kept,) = map.resources.all()
    assert "solid" == kept.links.get(is_current=True).status
    assert 2 == kept.links.count()
    assert [(3, 12, 3)] == paper_points(item)
    assert {
        ("ressource", "CAF", "Caf"),
        (
            "personnes · points d’impact · points de maîtrise",
            "3 · 12 · 8",
            "4 · 8 · 3",
        ),
    } == {(one.field, one.site, one.room) for one in report.conflicts}
    # What one side counted is one value: held or chosen whole.
    assert [(3, 12, 8)] == paper_points(other)
    tables = [one.table for one in report.conflicts]
    outing, place = Outing.objects.get(), tables.index("workshops.PaperCount")
    for side, expected in (("room", (4, 8, 3)), ("site", (3, 12, 8))):
        choosing.choose(outing, place, side, by=officer)
        assert [expected] == paper_points(other)


def test_a_sheet_keyed_in_the_room_and_on_the_site_is_one_person_who_says_it_once(
    workshop, officer
):
    wall = workshop.current
    matrix = add(workshop, "matrix", "Un bus", by=officer)
    item = matrix.items.get()
    data = rooms.take_out(workshop, by=officer)

    def keys(activity: Activity, number: int, by: User, *texts: str, grade: int = 0):
        marks = {"impact": grade, "mastery": 3}
        rated = activity.items.get(text="Un bus") if grade else None
        votes = [(rated, marks)] if grade else []
        key_sheet(activity, number, votes=votes, texts=texts, by=by)

    keys(wall, 5, officer, "La fibre", "Au site")
    keys(matrix, 5, officer, grade=1)
    with laptop(data) as (away, host, results):
        there = away.activities
        keys(there.get(kind="wall"), 5, host, "La fibre", "En salle")
        keys(there.get(kind="wall"), 6, host, "La fibre")
        keys(there.get(pk=matrix.pk), 5, host, grade=5)
        back = results()
    for _time in range(2):
        bring_back(*find_outing(back), by=officer)

    people = workshop.participants.order_by("sheet")
    assert [5, 6] == list(people.values_list("sheet", flat=True))
    assert ["Au site", "En salle", "La fibre"] == sorted(
        wall.items.filter(author=people[0]).values_list("text", flat=True)
    )
    assert 1 == wall.items.filter(author=people[1]).count()
    (vote,) = Ballot.objects.filter(item=item, is_current=True)
    # The later of the two; the other is kept, and is not counted.
    assert (5, people[0]) == (vote.marks["impact"], vote.participant)
    assert 2 == Ballot.objects.filter(item=item).count()
