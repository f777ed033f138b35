"""Places by the hundred thousand: a list imported, then searched with every filter.

A database of its own is filled with the reference geography, then an invented list is
imported with what undoes it: seconds, and peak memory over idle. Then the
page *Find help* is asked by Django's client (no network), from communes drawn by their
population, at any distance, with filters in turn: the 95th percentile of the server's
time. Equality first: every row must be a place, every page must answer.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.driver import Line, show, write

NAME = "places"
SIZE, QUICK_SIZE = 100_000, 10_000
SEARCHES, QUICK_SEARCHES = 200, 60
IMPORT_SECONDS, IMPORT_MEGABYTES, SEARCH_MS = 60.0, 150.0, 100.0
SEED = 20_261_125
HOURS = ("08:30", "09:00", "09:30", "10:00"), ("12:00", "12:30"), ("13:30", "14:00")
FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"quand": "soir"},
    {"quand": "week-end", "besoin": "demarches"},
    {"quand": "jour", "jour": "2026-11-28", "heure": "10:00"},
    {
        **{"besoin": "quotidien", "public": "seniors", "accueil": "surdite"},
        **{"cout": "gratuit", "acces": "venir", "lieu": "bib", "mobilite": "on"},
        "quand": "maintenant",
    },
)


def main(*, quick: bool, full: bool) -> None:
    size, searches = (QUICK_SIZE, QUICK_SEARCHES) if quick else (SIZE, SEARCHES)
    with tempfile.TemporaryDirectory() as folder:
        _call(folder, "prepare", str(size))
        taken = json.loads(_call(folder, "import"))
        if taken["created"] != size:
            raise SystemExit(f"{taken['created']} places instead of {size}")
        asked = json.loads(_call(folder, "search", str(searches)))
    said = f"{size:,} places"
    lines = [
        _line(f"{said}: imported", "s", taken["seconds"], IMPORT_SECONDS),
        _line(f"{said}: processor", "s", taken["cpu"], IMPORT_SECONDS),
        _line(f"{said}: memory over idle", "MB", taken["memory"], IMPORT_MEGABYTES),
        _line(f"{said}: search, median", "ms", asked["median"], SEARCH_MS),
        _line(f"{said}: search, 95th percentile", "ms", asked["p95"], SEARCH_MS),
        _line(f"{said}: processor, 95th percentile", "ms", asked["cpu"], SEARCH_MS),
        _line(f"{said}: all filters, 95th percentile", "ms", asked["all"], SEARCH_MS),
    ]
    show(lines)
    write(NAME, lines, [])


def _line(goal: str, unit: str, value: float, target: float) -> Line:
    return Line(goal, unit, value, None, None, None, target, value <= target)


def _call(folder: str, *arguments: str) -> str:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "JALONS_VAR_DIR": folder,
        "JALONS_DEBUG": "1",
    }
    command = [sys.executable, "-m", "benchmarks.places", folder, *arguments]
    done = subprocess.run(
        command, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip().splitlines()[-1]


def _prepare(folder: Path, size: int) -> None:
    """The geography, and the file of an invented list, more places where people are."""
    from django.core.management import call_command

    from jalons.directory.vocabulary import read_vocabulary
    from jalons.territories.models import Territory

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_reference", verbosity=0)
    communes = list(
        Territory.objects.communes()
        .current()
        .exclude(longitude=None)
        .values("code", "name", "longitude", "latitude", "population")
    )
    columns = read_vocabulary().schema.columns
    with (folder / "lieux.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(_rows(communes, size))


def _rows(communes: list[dict], size: int) -> Iterator[dict[str, object]]:
    from jalons.directory.vocabulary import read_vocabulary

    vocabulary, draw = read_vocabulary(), random.Random(SEED)
    weights = [one["population"] or 1 for one in communes]
    many = {
        column: [term.label for term in terms.values()]
        for column, terms in vocabulary.terms.items()
    }
    for number, commune in enumerate(draw.choices(communes, weights, k=size)):
        row: dict[str, object] = {
            "id": f"lieu-{number}",
            "pivot": f"{draw.randrange(10**14):014d}",
            "nom": f"Lieu inventé {number} de {commune['name']}",
            "commune": commune["name"],
            "code_insee": commune["code"],
            "code_postal": f"{draw.randrange(1000, 96000):05d}",
            "adresse": f"{draw.randrange(1, 200)} rue d’Exemple",
            "latitude": round(commune["latitude"] + draw.gauss(0, 0.01), 5),
            "longitude": round(commune["longitude"] + draw.gauss(0, 0.01), 5),
            "horaires": _hours(draw),
            "date_maj": "2026-06-01",
            "telephone": "+33536490000",
            "presentation_resume": "Un lieu inventé pour mesurer.",
        }
        for column, labels in many.items():
            row[column] = "|".join(draw.sample(labels, draw.randrange(0, 3)))
        yield row


def _hours(draw: random.Random) -> str:
    """A week such as lists write them; a tenth says nothing."""
    if draw.random() < 0.1:
        return ""
    opens, noon, again = (draw.choice(choices) for choices in HOURS)
    week = f"Mo-Fr {opens}-{noon},{again}-{draw.choice(('17:00', '18:00', '19:00'))}"
    return f"{week}; Sa {opens}-{noon}" if draw.random() < 0.4 else week


def _import(folder: Path) -> dict[str, float]:
    from jalons.curation.operations import import_at_once
    from jalons.directory.opening import open_places
    from jalons.directory.operations import Order
    from jalons.directory.vocabulary import read_vocabulary

    read_vocabulary()
    idle, began, worked = _resident("VmRSS"), time.perf_counter(), time.process_time()
    Path("/proc/self/clear_refs").write_text("5")
    report, _batch = import_at_once(
        open_places(folder / "lieux.csv"), Order("Mesure", is_simulated=True), by=None
    )
    return {
        "created": report.created,
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - worked,
        "memory": _resident("VmHWM") - idle,
    }


def _search(count: int) -> dict[str, float]:
    """The page from communes drawn by population, at each distance, with filters."""
    from django.test import Client

    from jalons.directory.forms import DISTANCES
    from jalons.territories.models import Territory

    draw, client = random.Random(SEED), Client(HTTP_HOST="127.0.0.1")
    rows = Territory.objects.communes().current().exclude(longitude=None)
    communes = list(rows.values_list("code", "name", "population"))
    weights = [one[2] or 1 for one in communes]
    times: dict[int, list[float]] = {number: [] for number in range(len(FILTERS))}
    worked: list[float] = []
    for number in range(count + 5):
        code, name, _population = draw.choices(communes, weights)[0]
        asked = {"pres": name, "commune": code, "km": draw.choice(DISTANCES)}
        filters = number % len(FILTERS)
        began, cpu = time.perf_counter(), time.process_time()
        response = client.get("/trouver-de-l-aide/", asked | FILTERS[filters])
        milliseconds = (time.perf_counter() - began) * 1000
        if response.status_code != 200:
            raise SystemExit(f"{response.status_code} for {asked}")
        if number >= 5:
            times[filters].append(milliseconds)
            worked.append((time.process_time() - cpu) * 1000)
    every = [one for found in times.values() for one in found]
    return {
        "median": _percentile(every, 0.5),
        "p95": _percentile(every, 0.95),
        "cpu": _percentile(worked, 0.95),
        "all": _percentile(times[len(FILTERS) - 1], 0.95),
    }


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _resident(name: str) -> float:
    """Megabytes of this process: VmRSS now, VmHWM at most."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


def _child(folder: str, what: str, *arguments: str) -> None:
    import django
    from django.conf import settings

    django.setup()
    # The manifest of static files is not built here; nor are queries to be logged.
    settings.DEBUG = False
    if what == "prepare":
        _prepare(Path(folder), int(arguments[0]))
        print("{}")
    elif what == "import":
        print(json.dumps(_import(Path(folder))))
    else:
        print(json.dumps(_search(int(arguments[0]))))


if __name__ == "__main__":
    _child(*sys.argv[1:])
