"""All that a publication says, read from outside and attacked as one."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from jalons.analysis.facilitators import PAIRS
from jalons.observatory import operations
from jalons.observatory.loading import load
from jalons.territories.models import Membership, Territory
from tests.observatory.crowd import make_crowd, make_rare_departements
from tests.observatory.told import ROLES, Publication, respondents
from tests.observatory.told_of_territories import (
    NO,
    YES,
    by_context,
    cell,
    columns_of,
    links,
)


def publish(crowd, client) -> Publication:
    operations.publish(crowd.campaign, public_from=timezone.now(), by=crowd.officer)
    return Publication(client, crowd.campaign)


def said(response, code, option) -> bool:
    given = response.answers.get(code)
    return option in (given if isinstance(given, list) else [given])


def secrets(told, crowd):
    """The sums that count one to four persons, and what they count."""
    responses = list(crowd.campaign.responses.submitted())
    groups = [*told.groups().values(), *((p,) for p in told.profiles)]
    found = {}
    for p in told.profiles:
        found[(("n", p),)] = sum(r.profile == p for r in responses)
    for role in ROLES:
        question = told.definition.with_role(role)
        for members in groups:
            inside = [r for r in responses if r.profile in members]
            for option in question.options:
                names = tuple(("said", role, option.code, p) for p in members)
                found[names] = sum(said(r, question.code, option.code) for r in inside)
    return {names: count for names, count in found.items() if 0 < count < 5}


def crowd_departements(crowd) -> list[str]:
    """The département of each respondent, by name."""
    names = dict(
        Membership.objects.filter(group__kind=Territory.Kind.DEPARTEMENT).values_list(
            "member", "group__name"
        )
    )
    territories = crowd.campaign.responses.submitted().values_list(
        "territory", flat=True
    )
    return [names[code] for code in territories]


@pytest.mark.parametrize(("validated", "seed"), [(0, 1), (0.8, 2)])
def test_no_reader_finds_what_fewer_than_five_people_answered(client, seed, validated):
    crowd = make_crowd(validated=validated, seed=seed)
    told = publish(crowd, client)
    sums = respondents(told)

    hidden = secrets(told, crowd)
    found = {names: sums.bounds(names) for names in hidden}

    assert len(hidden) > 20
    assert sums.counts_told > 60
    for names, (low, high) in found.items():
        assert low <= hidden[names] <= high
        assert high - low >= 2, names


def test_the_reader_finds_what_a_few_hidden_departements_hold(client):
    """The files as they once were: 2 and 3 hidden, all the others shown."""
    crowd = make_crowd(validated=0.8, seed=1)
    rare = make_rare_departements(crowd.campaign, 2, 3)
    told = publish(crowd, client)
    sums = respondents(told)
    truth = Counter(crowd_departements(crowd))

    now = {code: sums.bounds([("in", name)]) for code, name in rare.items()}
    for name, count in truth.items():
        if name not in rare.values():
            sums.tell([("in", name)], count)
    then = {code: sums.bounds([("in", name)]) for code, name in rare.items()}

    assert {"80": (2, 2), "81": (3, 3)} == then
    assert all(high - low >= 2 for low, high in now.values())


def test_the_document_hides_what_the_files_hide(client, db):
    """The files are attacked above and the API writes the same cells as they do."""
    told = publish(make_crowd(validated=0.8, seed=2), client)
    pdf = client.get(reverse("observatory:public_pdf", args=[told.campaign.slug]))
    pages = PdfReader(io.BytesIO(pdf.getvalue())).pages
    printed = "\n".join(page.extract_text() for page in pages).splitlines()
    rows = [[*line.values()] for line in told.file("difficulties")]
    found = {
        (count, line.removeprefix(label).split()[0])
        for label, count, *_others in rows
        for line in printed
        if line.startswith(f"{label} ")
    }

    hidden = {said for count, said in found if count == "secret"}
    shown = {(count, said) for count, said in found if count != "secret"}

    assert hidden == {"secret"}
    assert shown
    assert "secret" not in {said for _count, said in shown}


@pytest.mark.parametrize(("validated", "seed"), [(0, 1), (0.8, 2)])
def test_no_reader_finds_what_fewer_than_five_epci_answered(client, seed, validated):
    crowd = make_crowd(validated=validated, seed=seed)
    told, material = publish(crowd, client), load(crowd.campaign)
    sums, _codes = links(told)

    for pair in PAIRS:
        codes = (pair.facilitator.code, pair.outcome.code)
        sides = [material.standings[p.code].sides for p in material.used]
        for value, other in ((YES, YES), (YES, NO), (NO, YES), (NO, NO)):
            wanted = (value == YES, other == YES)
            true = sum((s[codes[0]], s[codes[1]]) == wanted for s in sides)
            names = cell(sums, dict(zip(codes, (value, other), strict=True)))
            low, high = sums.bounds(names)
            assert low <= true <= high
            assert not 0 < true < 5 or high - low >= 2


@pytest.mark.parametrize(
    ("column", "validated"), [("political", 0.8), ("political", 0), ("maturity", 0)]
)
def test_no_reader_finds_what_fewer_than_five_epci_of_a_class_are(
    client, column, validated
):
    crowd = make_crowd(validated=validated, seed=1)
    told, material = publish(crowd, client), load(crowd.campaign)
    sums, kinds = by_context(told, material, column)
    values = {
        place.code: getattr(
            material.standings[place.code],
            "class_code" if column == "maturity" else "political",
        )
        for place in material.used
    }

    small = 0
    for position, variable in enumerate(("density", "vulnerability", "departement")):
        for row in {kind[position] for kind in kinds}:
            inside = [p for p in material.used if getattr(p, variable) == row]
            for code in columns_of(told, column):
                true = sum(values[p.code] == code for p in inside)
                names = [(*k, code) for k in kinds if k[position] == row]
                if 0 < true < 5 <= len(inside):
                    small += 1
                    low, high = sums.bounds(names)
                    assert low <= true <= high
                    assert high - low >= 2
    assert small
