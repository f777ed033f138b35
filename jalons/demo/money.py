"""Two invented schemes, marked as examples, and what was asked for two actions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from jalons.accounts.models import User
from jalons.funding.loaders import Read
from jalons.funding.models import Grant, Scheme
from jalons.funding.operations import load_schemes, save_grant
from jalons.roadmaps.models import Action, Roadmap

SOURCE = "Aide inventée, pour l’exemple"


def invent_funding(roadmap: Roadmap, officer: User, today: date) -> None:
    """One request waits; the other was granted for less than the budget says."""
    young = Scheme(
        code="exemple-1",
        title="Ateliers numériques pour les jeunes (exemple inventé)",
        funder="CAF",
        themes="jeunesse, parentalité",
        applicants="EPCI, communes, associations",
        rate=80,
        ceiling=Decimal(10000),
        closes_on=today + timedelta(days=120),
    )
    reach = Scheme(
        code="exemple-2",
        title="Services itinérants (exemple inventé)",
        funder="Région",
        themes="mobilité",
        applicants="EPCI",
        ceiling=Decimal(15000),
        opens_on=today + timedelta(days=40),
        closes_on=today + timedelta(days=160),
    )
    for one in (young, reach):
        one.source, one.read_on, one.is_example = SOURCE, today, True
    load_schemes(roadmap.space, [Read(young, ()), Read(reach, ())], by=officer)
    _ask(roadmap, young, officer, today)


def _ask(roadmap: Roadmap, scheme: Scheme, officer: User, today: date) -> None:
    actions = Action.objects.filter(workstream__stake__roadmap=roadmap)
    train = actions.get(budget__funder="CAF")
    travel = actions.get(budget__funder="Département")
    asked, answered = today - timedelta(days=50), today - timedelta(days=5)
    save_grant(
        Grant(
            action=train,
            scheme=scheme,
            funder="CAF",
            state=Grant.State.ASKED,
            asked=Decimal(3200),
            asked_on=answered,
        ),
        by=officer,
    )
    save_grant(
        Grant(
            action=travel,
            funder="Département",
            state=Grant.State.GRANTED,
            asked=Decimal("12500.50"),
            asked_on=asked,
            granted=Decimal(10000),
            decided_on=answered,
            note="Réponse inventée, pour l’exemple",
        ),
        by=officer,
    )
