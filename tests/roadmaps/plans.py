"""Roadmaps for the tests, written as a team writes them."""

from __future__ import annotations

from jalons.accounts.models import User
from jalons.roadmaps import operations
from jalons.roadmaps.models import Action, Line, Roadmap, Stake, Workstream
from jalons.roadmaps.operations import Budgeted
from jalons.spaces.models import Space

QUESTION = "Comment aller vers les habitants ?"


def make_roadmap(space: Space, *, by: User, **fields: object) -> Roadmap:
    given = {"title": "Feuille de route", "territory_name": "CC d’Exemple", **fields}
    roadmap = Roadmap(space=space, **given)
    return operations.start_roadmap(roadmap, perimeter=(), group=(), by=by)


def make_stake(roadmap: Roadmap, text: str = QUESTION, *, by: User) -> Stake:
    return operations.add_stake(roadmap, text, by=by)


def make_workstream(
    stake: Stake,
    title: str = "Des services itinérants",
    *,
    by: User,
    **lines: list[str],
) -> Workstream:
    """`make_workstream(stake, by=camille, leads=["Centre social"])`."""
    said = {Line.Kind(kind): texts for kind, texts in lines.items()}
    row = Workstream(stake=stake, title=title)
    return operations.add_workstream(row, said, by=by)


def make_action(
    workstream: Workstream,
    description: str = "Un bus",
    *budget: Budgeted,
    by: User,
    **fields: object,
) -> Action:
    row = Action(workstream=workstream, description=description, **fields)
    return operations.add_action(row, budget, by=by)
