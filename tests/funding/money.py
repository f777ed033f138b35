"""Schemes and requests for the tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from jalons.accounts.models import User
from jalons.funding import operations
from jalons.funding.aides_territoires import Aid, Answer
from jalons.funding.loaders import Read
from jalons.funding.models import Grant, Scheme
from jalons.roadmaps.models import Action
from jalons.spaces.models import Space
from jalons.territories.models import Territory

HEAD = (
    "Code;Titre;Financeur;Thèmes;Bénéficiaires;Territoires;Taux;Plafond;Ouverture;"
    "Clôture;Lien;Source;Source lue le;Exemple;Remarque\n"
)
FILE = (
    HEAD
    + "A1;Ateliers;Région;jeunesse, mobilité;EPCI;;80 %;10 000 €;;31/12/2027;"
    + "https://exemple.fr/a1;Site de la Région;2026-01-05;oui;x\n"
)

AID = Aid(
    code="1",
    title="Fonds numérique",
    funders="Région",
    themes="Numérique",
    applicants="EPCI",
    perimeter="Nouvelle-Aquitaine",
    rate=50,
    opens_on=None,
    closes_on=date(2027, 6, 30),
    address="https://aides-territoires.beta.gouv.fr/aides/fonds/",
)
ANSWER = Answer((AID,), 1)


def make_scheme(
    space: Space,
    title: str = "Ateliers",
    *,
    by: User,
    territories: Iterable[Territory] = (),
    **fields: object,
) -> Scheme:
    given = {"code": title, "funder": "Région", "source": "Site", **fields}
    scheme = Scheme(title=title, read_on=date(2026, 1, 5), **given)
    operations.load_schemes(space, [Read(scheme, list(territories))], by=by)
    return scheme


def make_grant(
    action: Action, funder: str, asked: int, *, by: User, **fields: object
) -> Grant:
    """`make_grant(action, "Région", 8000, state="granted", granted=Decimal(5))`."""
    given = {"state": Grant.State.ASKED, **fields}
    row = Grant(action=action, funder=funder, asked=Decimal(asked), **given)
    return operations.save_grant(row, by=by)
