"""A small ground for loaders: two EPCI, five communes, one that ceased."""

from __future__ import annotations

import io
from pathlib import Path

from jalons.indicators.loading import load
from jalons.indicators.models import Observation
from jalons.indicators.operations import load_figures
from jalons.indicators.orders import Order
from jalons.indicators.reports import Report, TableReport
from jalons.territories.models import Membership, Territory

# Real codes, since the passage of codes is that of France: Périgueux, Boulazac,
# Trélissac, Bergerac, and Jaujac's neighbours have no part in it.
COMMUNES = {
    "24322": ("Périgueux", 30_000, "200040392"),
    "24053": ("Boulazac Isle Manoire", 10_000, "200040392"),
    "24557": ("Trélissac", 7_000, "200040392"),
    "24037": ("Bergerac", 26_000, "200070647"),
    "24520": ("Sarlat-la-Canéda", 9_000, "200070647"),
}
EPCI = ("200040392", "200070647")


def make_places() -> None:
    rows = [("24", "departement", 82_000), ("R75", "region", 82_000)]
    rows += [(code, "epci", 40_000) for code in EPCI]
    for code, kind, people in rows:
        Territory.objects.create(code=code, kind=kind, name=code, population=people)
    for number, (code, (name, people, epci)) in enumerate(COMMUNES.items()):
        Territory.objects.create(
            code=code,
            kind="commune",
            name=name,
            population=people,
            longitude=0.7 + number / 10,
            latitude=45.0,
        )
        for group in (epci, "24", "R75"):
            Membership.objects.create(member_id=code, group_id=group, since=2021)


def load_definitions(reference: Path, folder: Path) -> None:
    """Sources and indicators, without the figures that the project carries."""
    (folder / "figures").mkdir(parents=True)
    text = (reference / "figures" / "sources.toml").read_text()
    blocks = text.split("\n[[")
    kept = [block for block in blocks if not block.startswith("source.release]]")]
    (folder / "figures" / "sources.toml").write_text("\n[[".join(kept))
    (folder / "indicators").symlink_to(reference / "indicators")
    load_figures(folder)


def load_text(source: str, text: str, **order: object) -> Report:
    """Load a file written in the test."""
    given = Order(source, "essai.csv", **order)
    return load(given, io.BytesIO(text.encode()), by=None)


def one(report: Report) -> TableReport:
    (table,) = report.tables
    return table


def reasons(report: Report) -> str:
    """Every problem told, as one text."""
    return "\n".join(str(problem) for problem in one(report).problems)


def figure(code: str, indicator: str) -> Observation:
    return Observation.objects.get(territory=code, indicator=indicator)
