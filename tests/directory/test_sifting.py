"""A search by short rows finds what reading every place in full finds."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalons.analysis.opening import Answer, opens_during, state_at
from jalons.analysis.reach import km_between
from jalons.directory.figures import (
    COSTS,
    REDUCED_MOBILITY,
    Wanted,
    When,
    _window,
    find_places,
    nearest_place,
)
from jalons.directory.models import Findable, Place
from jalons.directory.sifting import sift
from jalons.directory.vocabulary import read_vocabulary
from tests.directory.places import BORDEAUX, make_commune, make_place

pytestmark = pytest.mark.django_db
OPENINGS = (
    *("", "le lundi matin", "24/7", "Mo-Fr 09:00-12:00,14:00-18:30; PH off"),
    *("Mo-Fr 08:45-12:15", "Tu 14:00-20:00; Sa 10:00-12:30", "Fr-Sa 20:00-02:00"),
    *("Sa[1] 10:00-18:00", "Jul-Aug Mo-Su 10:00-19:00", "We 10:00-22:00; We off"),
    *("PH 10:00-12:00; Mo 09:00-17:00", 'Th 18:00-19:30 "sur rendez-vous"', "Mo-Su"),
)
# Ordinary days, the eve and the day of bank holidays, a Saturday night.
MOMENTS = [
    datetime(2026, 11, 23, 9, 7, tzinfo=UTC),
    datetime(2026, 11, 27, 17, 31, tzinfo=UTC),
    datetime(2026, 11, 28, 23, 40, tzinfo=UTC),
    datetime(2026, 12, 24, 16, 0, tzinfo=UTC),
    datetime(2026, 12, 25, 9, 30, tzinfo=UTC),
    datetime(2026, 7, 14, 10, 59, tzinfo=UTC),
]


def some(draw: random.Random, column: str) -> list[str]:
    codes = list(read_vocabulary().terms[column])
    return draw.sample(codes, draw.randrange(0, 3))


def invent(draw: random.Random) -> None:
    place = make_place(
        services=tuple(some(draw, "services")),
        name=f"Lieu {draw.randrange(40)}",
        longitude=BORDEAUX[2] + draw.gauss(0, 0.2),
        latitude=BORDEAUX[3] + draw.gauss(0, 0.2),
        opening=draw.choice(OPENINGS),
        publics=some(draw, "publics_specifiquement_adresses"),
        care=some(draw, "prise_en_charge_specifique"),
        costs=some(draw, "frais_a_charge"),
        access_modes=some(draw, "modalites_acces"),
        kinds=some(draw, "typologie"),
        left_on=draw.choice([None] * 9 + ["2026-01-01"]),
    )
    if draw.random() < 0.05:
        place.same_as = Place.objects.first()
        place.save()
        sift([place.pk])


def any_wish(draw: random.Random) -> Wanted:
    """Two or three filters at once."""
    terms, vocabulary = read_vocabulary().terms, read_vocabulary()
    kinds = [code for code, _label in vocabulary.offered_kinds()]
    wanted = Wanted(make_commune(), draw.choice([5, 20, 50]), draw.choice(MOMENTS))
    offers: list[dict] = [
        {"need": draw.choice(list(terms["services"]))},
        {"public": draw.choice(list(terms["publics_specifiquement_adresses"]))},
        {"care": draw.choice(list(terms["prise_en_charge_specifique"]))},
        {"cost": draw.choice([one for one in COSTS if one])},
        {"access": draw.choice(list(terms["modalites_acces"]))},
        {"kind": draw.choice(kinds)},
        {"is_accessible": True},
    ]
    for asked in draw.sample(offers, draw.randrange(0, 3)):
        wanted = replace(wanted, **asked)
    moment = draw.choice(MOMENTS) + timedelta(minutes=draw.randrange(3000))
    return replace(
        wanted, when=draw.choice(list(When)), moment=moment.replace(tzinfo=None)
    )


def offers(place: Place, wanted: Wanted) -> Answer:
    """The rule, read on the place itself, one list after the other."""
    if wanted.public and place.publics and wanted.public not in place.publics:
        return Answer.NO
    kinds = [one.kind for one in place.services.all()]
    asked = [
        (kinds, {wanted.need} - {""}),
        (place.care, {wanted.care} - {""}),
        (place.costs, COSTS[wanted.cost]),
        (place.access_modes, {wanted.access} - {""}),
        (place.kinds, {wanted.kind} - {""}),
    ]
    answers = [
        Answer.YES if codes & set(said) else Answer.NO if said else Answer.UNKNOWN
        for said, codes in asked
        if codes
    ]
    if Answer.NO in answers:
        return Answer.NO
    is_silent = wanted.is_accessible and REDUCED_MOBILITY not in place.care
    return Answer.UNKNOWN if is_silent or Answer.UNKNOWN in answers else Answer.YES


def opens(place: Place, wanted: Wanted) -> Answer:
    if wanted.when is When.ANY:
        return Answer.YES
    if place.hours is None:
        return Answer.UNKNOWN
    now = wanted.now.replace(second=0, microsecond=0)
    if wanted.when is When.NOW:
        return state_at(place.hours, now)
    if wanted.when is When.MOMENT:
        return state_at(place.hours, wanted.moment.replace(tzinfo=place.hours.zone))
    return opens_during(place.hours, *_window(wanted.when, now, place.hours.zone))


def plainly(places: list[Place], wanted: Wanted, km: int) -> tuple[list[int], int, int]:
    """Every place read in full, one after the other."""
    near, hours, offer = [], 0, 0
    for place in places:
        there = (place.longitude, place.latitude)
        away = float(km_between([wanted.centre], [there])[0, 0])
        if away > km:
            continue
        answers = offers(place, wanted), opens(place, wanted)
        if Answer.NO in answers:
            continue
        if answers[0] is Answer.UNKNOWN:
            offer += 1
        elif answers[1] is Answer.UNKNOWN:
            hours += 1
        else:
            near.append((round(away, 1), place.name, place.pk))
    return [pk for *_rank, pk in sorted(near)], hours, offer


def test_a_search_finds_what_reading_every_place_finds():
    draw = random.Random(20_261_126)
    for _n in range(160):
        invent(draw)

    places = [
        *Place.objects.filter(left_on=None, same_as=None).prefetch_related("services")
    ]

    counts = []
    for _n in range(120):
        wanted = any_wish(draw)
        found = find_places(wanted)
        expected = plainly(places, wanted, wanted.km)
        rows = sorted(
            found.near[:], key=lambda one: (round(one.km, 1), one.name, one.pk)
        )
        assert expected == (
            [one.pk for one in rows],
            found.unsaid_hours,
            found.unsaid_offer,
        )
        further, nearest = plainly(places, wanted, 100)[0], nearest_place(wanted)
        assert (further[:1] and Place.objects.get(pk=further[0]).name) == (
            nearest.name if nearest else []
        )
        counts.append(len(rows))
    assert sum(map(bool, counts)) > 40


def test_pages_of_places_make_one_list_in_order():
    draw = random.Random(7)
    for _n in range(45):
        invent(draw)

    near = find_places(Wanted(make_commune(), 50, MOMENTS[0])).near

    paged = [one for start in range(0, len(near), 7) for one in near[start : start + 7]]
    assert near[:] == paged
    assert paged == sorted(paged, key=lambda one: (round(one.km, 1), one.name))
    assert near.within(10) == [one for one in paged if one.km <= 10]


def test_the_bit_of_a_code_does_not_change():
    """A code goes last: those kept in the database would become others."""
    terms = read_vocabulary().terms
    assert list(terms["services"]) == [
        *("demarches", "quotidien", "emploi", "securite", "parentalite"),
        *("loisirs", "comprehension", "acces", "materiel"),
    ]
    care = terms["prise_en_charge_specifique"]
    assert list(care) == [
        *("surdite", "moteur", "mental", "illettrisme", "anglais", "langues", "vue"),
    ]


def test_places_without_their_row_are_found_again_after_an_upgrade(capsys):
    first, second, gone = make_place(), make_place(), make_place(left_on="2026-01-01")
    kept = Findable.objects.get(place=second)
    Findable.objects.filter(place=first).delete()

    call_command("sift_places", "--missing", "--dry-run")
    assert not Findable.objects.filter(place=first).exists()
    call_command("sift_places", "--missing")

    assert Findable.objects.get(place=second) == kept
    assert Findable.objects.filter(place=first).exists()
    assert not Findable.objects.filter(place=gone).exists()
    assert capsys.readouterr().out.count("Lieux relus : 1.") == 2


def test_a_search_is_read_in_its_index_alone():
    if connection.vendor != "sqlite":
        pytest.skip("the plan is that of SQLite")
    make_place()
    wanted = Wanted(
        make_commune(),
        km=20,
        now=MOMENTS[0],
        need="demarches",
        when=When.EVENING,
    )
    with CaptureQueriesContext(connection) as asked:
        find_places(wanted)
    (search,) = (one["sql"] for one in asked if "monday" in one["sql"])

    with connection.cursor() as cursor:
        plan = cursor.execute(f"EXPLAIN QUERY PLAN {search}").fetchall()

    assert "USING COVERING INDEX findable_by_point" in plan[0][-1]
