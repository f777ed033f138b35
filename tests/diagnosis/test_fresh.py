"""What is kept in the cache is dropped as soon as something else is loaded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings as configured

from jalons.diagnosis.figures import portrait_of
from jalons.indicators.figures import revision
from jalons.indicators.inventory import inventory
from jalons.indicators.operations import load_figures
from jalons.indicators.resemblance import resembling
from jalons.territories.models import Edition, Territory
from jalons.territories.operations import record_edition
from jalons.territories.tables import Counts

PERIGUEUX = "200040392"


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the definitions and carried figures, free to be changed."""
    for name in ("figures", "indicators", "indices"):
        shutil.copytree(configured.REFERENCE_DIR / name, tmp_path / "data" / name)
    return tmp_path / "data"


@pytest.fixture
def epci(settings, folder, db) -> Territory:
    settings.REFERENCE_DIR = folder
    return Territory.objects.create(
        code=PERIGUEUX, kind="epci", name="CA Le Grand Périgueux", population=1000
    )


def rewrite(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


def keep_only(folder: Path) -> None:
    """The lines of one EPCI: the others are not in this database."""
    for path in (folder / "figures").glob("*.csv"):
        lines = path.read_text().splitlines()
        kept = [lines[0], *(one for one in lines if one.startswith(PERIGUEUX))]
        path.write_text("\n".join(kept) + "\n")


def income(epci: Territory) -> float | None:
    found = portrait_of(epci).figure("median_income")
    return found.value if found else None


def test_figures_loaded_again_are_read_at_once(epci, folder):
    keep_only(folder)
    load_figures(folder)
    assert 22_420 == income(epci)
    before = revision()

    load_figures(folder)
    assert before == revision()
    rewrite(folder / "figures" / "epci_75_filosofi.csv", "22420", "22430")
    load_figures(folder)

    assert 22_430 == income(epci)


def test_a_definition_loaded_again_is_read_at_once(epci, folder):
    keep_only(folder)
    load_figures(folder)
    title = portrait_of(epci).figure("median_income").title

    path = folder / "indicators" / "median_income.toml"
    rewrite(path, 'fr = "Niveau de vie médian"', 'fr = "Revenu médian"')
    load_figures(folder)

    assert title != portrait_of(epci).figure("median_income").title


def test_a_geography_loaded_again_is_read_at_once(epci, land):
    before = [one.name for one in resembling(land.number(1)).peers]
    portrait_of(land.number(1))

    Territory.objects.filter(pk=land.number(2).pk).update(name="Renommée")
    record_edition(Counts(created=0, updated=1, deleted=0, unchanged=0))

    after = [one.name for one in resembling(land.number(1)).peers]
    assert "Renommée" not in before
    assert "Renommée" in after
    names = {one.name for one in portrait_of(land.number(1)).neighbours}
    assert {"Renommée"} == names


def test_nothing_changed_makes_nothing_stale(db):
    record_edition(Counts(created=0, updated=0, deleted=0, unchanged=5))

    assert not Edition.objects.exists()


def test_sources_described_otherwise_are_read_at_once(epci, folder):
    keep_only(folder)
    load_figures(folder)
    assert all(one.page != "https://exemple.fr/" for one in inventory().loaded)

    path = folder / "figures" / "sources.toml"
    rewrite(path, "https://www.insee.fr/fr/statistiques/7756855", "https://exemple.fr/")

    pages = {one.page for one in inventory().loaded}
    assert "https://exemple.fr/" in pages
