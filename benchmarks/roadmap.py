"""The document of a roadmap: its PDF with ten charts and three maps, and its pages.

Sixty actions in twelve workstreams, a diagnosis, a resource map of seven centres, an
evaluation. The PDF, once one was made before, takes two seconds at most; each page of
the document answers within 150 ms at the 95th percentile. Everything is made in one
transaction that is rolled back: a benchmark leaves nothing behind. The reference data
must be there (`make setup`).
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from time import perf_counter
from uuid import uuid4

import django
from pypdf import PdfReader

from benchmarks.driver import Line, settle, show, write

NAME = "roadmap"
MAX_SECONDS, MAX_MS = 2.0, 150.0
PAGES, CHARTS, MAPS = 20, 10, 3
STAKES, STREAMS, ACTIONS, CENTRES = 4, 3, 5, 7
FUNDERS = ("Région", "Département", "État", "CAF", "Intercommunalité", "Fondation")
SHOWN = ("adoption:show", "adoption:read")


def main(*, quick: bool = False, full: bool = False) -> None:
    """Print what was made, then each goal."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import transaction

    with transaction.atomic():
        roadmap, officer = _made()
        lines = [_pdf(roadmap, 3 if quick else 15)]
        for name in SHOWN:
            lines.append(_page(name, roadmap, officer, 20 if quick else 200))
        transaction.set_rollback(True)
    show(lines)
    write(NAME, lines, [])


def _pdf(roadmap, rounds: int) -> Line:
    """Composed from the database, then written: what a click costs."""
    from jalons.documents import render
    from jalons.documents.model import Figure, walk

    document = _with_maps(roadmap)
    figures = [one for one in walk(document.sections) if isinstance(one, Figure)]
    pages = len(PdfReader(io.BytesIO(render(document, "pdf"))).pages)
    print(f"PDF: {pages} pages, {len(figures)} drawings, of which {MAPS} maps")
    if pages < PAGES or len(figures) < CHARTS + MAPS:
        raise SystemExit("too small a document: nothing is measured")
    seconds = median(_times(lambda: render(_with_maps(roadmap), "pdf"), rounds))
    goal = f"PDF of {pages} pages, {len(figures) - MAPS} charts and {MAPS} maps, warm"
    return _line(goal, "s", seconds, MAX_SECONDS)


def _page(name: str, roadmap, officer, rounds: int) -> Line:
    from django.test import Client
    from django.urls import reverse

    client = Client(headers={"host": "localhost"})
    client.force_login(officer)
    address = reverse(name, args=[roadmap.pk])
    assert client.get(address).status_code == 200
    times = sorted(_times(lambda: client.get(address), rounds))
    p95 = 1000 * times[int(len(times) * 0.95)]
    print(f"{name}: median {1000 * median(times):.0f} ms")
    actions = STAKES * STREAMS * ACTIONS
    return _line(f"{name}, {actions} actions, 95th percentile", "ms", p95, MAX_MS)


def _times(work: Callable[[], object], rounds: int) -> list[float]:
    settle()
    found = []
    for _round in range(rounds):
        start = perf_counter()
        work()
        found.append(perf_counter() - start)
    return found


def _line(goal: str, unit: str, value: float, target: float) -> Line:
    return Line(goal, unit, value, None, None, None, target, value <= target)


def _with_maps(roadmap):
    """Its document, which holds one map, and two maps of other territories."""
    from jalons.adoption.composition import compose
    from jalons.diagnosis.figures import portrait_of
    from jalons.diagnosis.pictures import locator
    from jalons.documents.model import Figure, Section
    from jalons.drawing.skins import PRINT

    document = compose(roadmap).document
    maps = []
    for territory in _others(roadmap.space.territory):
        groups = portrait_of(territory).groups
        drawing = locator(territory, groups, PRINT)
        maps.append(Figure(drawing, territory.name, territory.name))
    return replace(document, sections=[*document.sections, Section("Cartes", maps)])


def _epci():
    from jalons.territories.models import Territory

    found = Territory.objects.epci().within("R75").order_by("code")
    if not found.exists():
        raise SystemExit("the reference data are not loaded: make setup")
    return found


def _others(territory):
    return _epci().exclude(code=territory.code)[: MAPS - 1]


def _made():
    """A roadmap written through the operations of a team."""
    from jalons.accounts.models import User
    from jalons.diagnosis.operations import start_diagnosis
    from jalons.evaluation.catalogue import read_catalogue
    from jalons.evaluation.operations import start_evaluation
    from jalons.roadmaps.models import Roadmap
    from jalons.roadmaps.operations import add_stake, start_roadmap
    from jalons.spaces.models import Space
    from jalons.spaces.operations import create_space

    officer = User.objects.create_user(email="mesure@exemple.fr", name="Mesure")
    territory = _epci().first()
    space = create_space(
        by=officer, name="Mesure", kind=Space.Kind.TEAM, territory=territory
    )
    start_diagnosis(space, territory, by=officer)
    roadmap = Roadmap(
        space=space,
        title="Mesure",
        territory_name=territory.name,
        course="Chacun trouve de l’aide près de chez lui.",
    )
    start_roadmap(roadmap, perimeter=[territory], group=(), by=officer)
    for number in range(STAKES):
        stake = add_stake(roadmap, f"Comment tenir l’enjeu {number} ?", by=officer)
        for rank in range(STREAMS):
            _workstream(stake, f"Chantier {number}.{rank}", officer)
    codes = [one.code for one in read_catalogue().indicator if one.is_core]
    start_evaluation(roadmap, "Savoir ce qui change", codes, by=officer)
    _map(space, officer)
    return roadmap, officer


def _workstream(stake, title: str, officer) -> None:
    from jalons.roadmaps.models import Action, Line, Workstream
    from jalons.roadmaps.operations import Budgeted, add_action, add_workstream

    kinds = (Line.Kind.LEADS, Line.Kind.DOES, Line.Kind.AVAILABLE, Line.Kind.OBSTACLE)
    said = {kind: [f"{kind.label} {n}" for n in range(3)] for kind in kinds}
    row = Workstream(stake=stake, title=title, success="Trois communes s’engagent")
    add_workstream(row, said, by=officer)
    for rank in range(ACTIONS):
        action = Action(workstream=row, description=f"{title} : action {rank}")
        action.lead, action.partners = "Centre social", "Mairies\nFrance Services"
        action.starts_on = date(2027, 1, 4) + rank * timedelta(days=90)
        action.ends_on = action.starts_on + timedelta(days=200)
        funder = FUNDERS[(rank + row.pk) % len(FUNDERS)]
        budget = [Budgeted(funder, Decimal(1000 * (rank + 1))), Budgeted("Ville", None)]
        add_action(action, budget, by=officer)


def _map(space, officer) -> None:
    from jalons.ecosystems.models import Link, Resource, ResourceMap
    from jalons.ecosystems.operations import (
        Hand,
        Named,
        Said,
        add_resource,
        draw_link,
        open_map,
    )

    map = ResourceMap(space=space, title="Mesure", around=ResourceMap.Around.WORKSTREAM)
    named = [Named(f"Chantier {n}", f"{n}") for n in range(CENTRES)]
    open_map(map, named, by=officer)
    hand, solid = Hand(officer), Link.Status.SOLID
    categories = list(Resource.Category)
    for number in range(10):
        category = categories[number % len(categories)]
        resource = add_resource(map, f"Ressource {number}", category, by=hand)
        for centre in map.centres.all():
            draw_link(resource, centre, Said(solid, 0, uuid4()), by=hand)


if __name__ == "__main__":
    main()
