"""All the tables of a round together: enough is told, and nobody is found again."""

from __future__ import annotations

import hashlib
from random import Random

import pytest
from django.core.cache import cache

from jalons.analysis.disclosure import Background
from jalons.analysis.hiding import exposed
from jalons.analysis.secrecy import INHABITANTS
from jalons.demo.inhabitants import answers_of
from jalons.fieldwork import checking, figures, protection
from jalons.fieldwork.checking import hidden_of
from jalons.fieldwork.people import people_of
from jalons.fieldwork.tables import COMMUNE, tables_of
from jalons.fieldwork.workshops import proposals_of
from jalons.territories.models import Territory
from tests.factories import make_round, make_territory
from tests.fieldwork.test_results import meet

pytestmark = pytest.mark.django_db


def test_an_ordinary_round_tells_most_of_its_figures_and_nobody_is_found_again():
    communes = [make_territory(one, Territory.Kind.COMMUNE) for one in ("Ici", "Là")]
    round, rng = make_round(*communes), Random(7)
    for number in range(150):
        meet(round, 1, communes[number % 5 == 0], **answers_of(rng))
    people = people_of(round)

    found, proposals = figures.results_of(people), proposals_of(people)

    shares = [share for one in found.questions for share in one.shares]
    told = [one for one in shares if not one.is_secret]
    assert len(told) > 0.7 * len(shares)
    assert all(one.n is not None for one in found.questions)
    assert all(one.interested and one.interested >= 11 for one in proposals)
    assert any(one.count for group in proposals for one in group.moments)

    assert {} == _found_again(people)


def _found_again(people):
    """Who is found by all that is told of a round together, small counts told."""
    tables, beside = tables_of(people)
    hidden, every = hidden_of(people, "workshops"), [*tables, *beside]
    keys = protection._keys(people.n, every)
    cells = {
        keys[at]: None if at in hidden.cells else len(those)
        for at, those in protection._all(every, people.n)
        if at[0] not in hidden.silent
    }
    cells[protection.EVERYBODY] = people.n
    small = {key for key, n in cells.items() if n is not None and 0 < n < INHABITANTS}
    assert all("(missing)" in str(key) for key in small)
    sums = tuple(protection._sums(every, keys))
    known = Background(known=frozenset({protection.EVERYBODY}))
    return exposed(cells, sums, INHABITANTS, known)


def test_tables_that_cannot_stand_with_the_others_are_alone_not_to_be_told():
    round = make_round()
    alone = dict.fromkeys(("F6", "F7", "F10", "F11", "F12"), "alone_easily")
    meet(round, 60, F5="daily", F3="fibre", **alone)
    meet(round, 25, F5="daily", F3="mobile_only", **alone | {"F6": "helped"})
    meet(round, 2, F5="never", F3="fibre")
    people = people_of(round)

    found = figures.results_of(people)

    silent = hidden_of(people, "results").silent
    said = {one.question.code: one for one in found.questions}
    assert "F5" in silent
    assert all(one.is_secret and one.n is None for one in said["F5"].shares)
    assert [62, 25] == [one.count for one in said["F3"].shares if one.count]
    assert {} == _found_again(people)


def test_nobody_begins_beside_whoever_works_and_says_so(monkeypatch):
    round, rng = make_round(), Random(7)
    for _n in range(40):
        meet(round, 1, **answers_of(rng))
    people = people_of(round)
    news = []

    tables, beside = tables_of(people)
    first = protection.protected(people.n, tables, lambda: news.append("results"))
    protection.joined(people.n, tables, beside, first, lambda: news.append("workshops"))
    assert {"results", "workshops"} == {*news}

    monkeypatch.setattr(checking, "RENEWED_SECONDS", 0)
    renew = checking.renewing(people)
    assert not checking.is_to_ask(people)
    cache.clear()
    renew()
    assert not checking.is_to_ask(people)
    cache.clear()
    hidden_of(people, "results")
    assert not checking.is_to_ask(people)


def test_what_was_worked_out_under_other_rules_is_not_used(monkeypatch):
    round = make_round()
    meet(round, 12, F5="daily")
    people = people_of(round)
    hidden_of(people, "results")
    assert checking.found(people, "results") is not None

    monkeypatch.setattr(checking, "FORMAT", checking.FORMAT + 1)
    assert checking.found(people, "results") is None


def test_tables_that_change_raise_the_format_of_what_is_kept():
    """Raise `checking.FORMAT` when this fails, then write here what it says."""
    round = make_round()
    meet(round, 1, F5="daily")
    said = [
        (
            one.name,
            sorted(one.inside) if one.name != COMMUNE else (),
            one.left_label,
            sorted((tie.table, sorted(tie.apart)) for tie in one.sources),
            (one.is_asked, one.is_wanted),
        )
        for some in tables_of(people_of(round))
        for one in some
    ]

    digest = hashlib.sha256(repr(said).encode()).hexdigest()[:12]
    assert (3, "16e30dd66174") == (checking.FORMAT, digest)
