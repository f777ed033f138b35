"""The form that names the columns of a team's table opens on a first answer."""

from __future__ import annotations

import pytest

from jalons.indicators.guessing import guess


def guessed(name: str, *lines: str) -> dict[str, object]:
    header, *rows = (line.split(";") for line in lines)
    return guess(name, header, [dict(zip(header, row, strict=True)) for row in rows])


def test_code_figure_unit_and_year_are_found_whatever_their_order():
    found = guessed(
        "foyers-2025.csv",
        "commune;part sans box;insee;foyers",
        "Périgueux;12,5 %;24322;16000",
        "Boulazac;8\u00a0%;24053;4000",
    )

    assert {
        "code_column": "insee",
        "value_column": "part sans box",
        "title": "part sans box",
        "unit": "percent",
        "as_shares": False,
        "vintage": "2025",
    } == found


@pytest.mark.parametrize(
    ("heading", "cells", "unit", "as_shares"),
    [
        ("adhérents", ("120", "45"), "count", False),
        ("Revenu moyen 2021", ("21 500", "19 800"), "euros", False),
        ("Taux d’équipement", ("0.125", "0.4"), "percent", True),
        ("distance au bourg (km)", ("3,5", "12"), "km", False),
        ("population 2022", ("30000", "7000"), "inhabitants", False),
        ("sans réponse", ("12.5", "8.1"), "percent", False),
        ("aide versée", ("21\u202f500\u00a0€", "-800 €"), "euros", False),
        ("valeur", ("s", "nd"), "count", False),
    ],
)
def test_the_unit_comes_from_the_cells_else_from_the_heading(
    heading, cells, unit, as_shares
):
    lines = (f"codgeo;{heading}", *(f"2432{n};{c}" for n, c in enumerate(cells)))

    found = guessed("table.csv", *lines)

    assert (heading, unit, as_shares) == (
        found["value_column"],
        found["unit"],
        found["as_shares"],
    )


def test_codes_are_recognised_without_a_known_heading():
    found = guessed(
        "t.csv", "lieu;effectif;repère", "Bergerac;5;24037", "Sarlat;7;24520"
    )

    assert ("repère", "effectif") == (found["code_column"], found["value_column"])
