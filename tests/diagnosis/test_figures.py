from __future__ import annotations

from django.utils import translation

from jalons.diagnosis.figures import portrait_of
from jalons.diagnosis.reading import read
from jalons.diagnosis.sentences import middle_half, scale
from jalons.diagnosis.sentences import value as said_value
from jalons.drawing.paths import points_of
from jalons.indicators.models import Indicator, Observation, Release
from jalons.territories.neighbours import neighbours_of


def figure(land, at: int, code: str = "poverty_rate"):
    return portrait_of(land.number(at)).figure(code)


def test_a_figure_has_its_place_among_the_epci_of_the_region(land):
    position = figure(land, 9).position

    assert ("high", 9) == (position.band, position.n)
    assert (12, 14, 16) == (position.low, position.median, position.high)
    assert "middle" == figure(land, 5).position.band


def test_a_figure_that_is_not_loaded_is_missing_not_zero(land):
    found = figure(land, 5, "no_thd")

    assert found.value is None
    assert found.indicator is None


def test_a_secret_figure_keeps_its_reason(land):
    land.set_value("poverty_rate", 5, None, "secret")

    found = figure(land, 5)

    assert (None, "secret", None) == (found.value, found.status, found.position)
    assert 8 == figure(land, 9).position.n


def test_publics_are_counted_in_persons(land):
    portrait = portrait_of(land.number(9))
    counted = {one.public.code: one.count for one in portrait.publics}

    # 90 000 inhabitants: 28 % and 18 %.
    assert 25_200 == counted["older"]
    assert 16_200 == counted["modest"]
    assert counted["qualified"] is None
    assert counted["trades"] is None


def test_a_base_that_is_loaded_counts_better_than_the_population(land):
    Observation.objects.filter(
        territory=land.number(9), indicator__in=["share_65_plus", "poverty_rate"]
    ).update(base=50_000)
    land.release.save()

    older, modest = portrait_of(land.number(9)).publics[:2]

    # 28 % of 50 000.
    assert 14_000 == older.count
    # The file of an EPCI does not give the persons of its rate, that of communes does:
    # 18 % of the 90 000 inhabitants, so that both are counted alike.
    assert 16_200 == modest.count


def test_a_secret_of_a_commune_shows_its_epci_s_value_without_place_nor_count(land):
    for indicator, value in (("share_65_plus", 40.0), ("poverty_rate", None)):
        Observation.objects.create(
            territory=land.commune,
            indicator_id=indicator,
            release=land.release,
            value=value,
            status="secret" if value is None else "published",
        )

    portrait = portrait_of(land.commune)
    found = portrait.figure("poverty_rate")

    assert not portrait.is_borrowed
    assert (18, "900000009", None) == (
        found.value,
        found.figure.inherited_from,
        found.position,
    )
    assert 400 == portrait.publics[0].count
    assert portrait.publics[1].count is None


def test_what_is_not_loaded_asks_nothing_of_the_field(land):
    assert "no_thd" not in {p.indicator for p in portrait_of(land.number(9)).proposals}


def test_weak_points_strengths_and_questions_come_from_the_outer_figures(land):
    def kinds(at):
        return {p.indicator: p.kind for p in portrait_of(land.number(at)).proposals}

    expected = {
        "median_income": "weakness",
        "poverty_rate": "weakness",
        "share_65_plus": "question",
    }
    assert expected == kinds(9)
    assert {"median_income": "strength", "poverty_rate": "strength"} == kinds(1)
    assert {} == kinds(5)


def test_neighbours_are_those_that_share_a_border(land):
    assert ["CC n° 7", "CC n° 9"] == [one.name for one in neighbours_of(land.number(8))]
    assert [] == neighbours_of(land.commune)


def test_points_of_a_path_are_followed_through_its_parts():
    assert {(0, 0), (5, 0), (5, 5), (1, 1), (2, 1)} == points_of(
        "M0 0l5 0 0 5Zm1 1l1 0Z"
    )


def test_a_weak_point_is_compared_with_the_neighbours(land):
    found = {one.figure.code: one for one in portrait_of(land.number(8)).shared}

    # 7 has 16 %, the limit of the middle half; 9 has 18 %.
    assert ("together", ("CC n° 9",)) == (
        found["poverty_rate"].reach.scale,
        found["poverty_rate"].names,
    )


def test_a_commune_without_figures_is_described_by_its_epci(land):
    portrait = portrait_of(land.commune)

    assert portrait.is_borrowed
    assert land.number(9) == portrait.described
    assert 18 == portrait.figure("poverty_rate").value


def test_a_departement_without_figures_gives_those_of_its_epci(land):
    found = portrait_of(land.departement).figure("poverty_rate")

    assert found.value is None
    assert (10, 18, 9) == (found.spread.low, found.spread.high, found.spread.n)


def test_a_spread_says_the_years_of_its_own_values_alone(land):
    old, newer = (
        Release.objects.create(source=land.release.source, vintage=year, file=year)
        for year in ("2019", "2022")
    )
    poor = Indicator.objects.get(code="poverty_rate")
    for release, some in ((old, land.epci), (newer, land.epci[:4])):
        Observation.objects.bulk_create(
            Observation(
                territory=one,
                indicator=poor,
                release=release,
                value=15,
                status="published",
            )
            for one in some
        )

    found = portrait_of(land.departement)

    assert "2021, 2022" == found.figure("poverty_rate").spread.years
    assert "2021" == found.figure("median_income").spread.years
    assert "Fichier d’Exemple, INSEE" == found.figure("poverty_rate").spread.source


def test_a_new_file_changes_the_places(land):
    assert "middle" == figure(land, 5).position.band

    land.set_value("poverty_rate", 5, 30)

    assert "high" == figure(land, 5).position.band


LISTS = {"france_services": 2, "programme_pvd": 1, "qpv": 0}


def test_what_is_placed_here_is_counted_and_what_is_not_loaded_is_named(
    land, in_french
):
    for code, count in LISTS.items():
        texts = {"fr": code, "en": code}
        Indicator.objects.create(
            code=code,
            source=land.release.source,
            title=texts,
            question=texts,
            limits=texts,
            unit="count",
            direction="neither",
        )
        Observation.objects.create(
            release=land.release,
            indicator_id=code,
            territory=land.commune,
            value=count,
            status="published",
        )

    shown = read(portrait_of(land.commune))

    assert [("france_services", "2"), ("programme_pvd", "oui"), ("qpv", "0")] == [
        (row.cells[0].text, row.cells[1].text) for row in shown.supports.rows
    ]
    assert "programme_acv" in shown.silences[-1]
    assert read(portrait_of(land.number(9))).supports is None


def test_a_weak_point_says_on_which_side_it_is_and_whether_neighbours_share_it(land):
    land.set_value("poverty_rate", 7, 11)
    land.set_value("poverty_rate", 9, 12.5)

    found = {one.figure.code: one for one in portrait_of(land.number(8)).shared}

    with translation.override("fr"):
        alone, shared = (scale(found[c]) for c in ("poverty_rate", "median_income"))
    assert "un chiffre haut ici, et aucun des 2 voisins" in alone
    assert "un chiffre bas ici, et 1 des 2 voisins" in shared
    assert "en a un lui aussi (CC n° 9)" in shared


def test_a_value_and_the_end_it_lies_beyond_are_told_apart(land):
    land.set_value("poverty_rate", 7, 16.96)
    land.set_value("poverty_rate", 8, 17.01)

    with translation.override("fr"):
        found = figure(land, 8)
        assert "17,01\u202f%" == said_value(found)
        assert "16,96\u202f%" in middle_half(found)
        assert "17,0\u202f%" == said_value(figure(land, 7))
