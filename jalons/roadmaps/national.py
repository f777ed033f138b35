"""A roadmap in the structure of the national platform Mon inclusion numérique.

Names of fields and codes are those of its public code (anct-cnum/
suite-gestionnaire-numerique, `src/domain`, read in November 2026). What it asks and the
roadmap does not say yet stays empty, and is told: nothing is made up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict

from django.db.models import Q
from django.utils.translation import gettext as _

from jalons.actors.models import key_of
from jalons.files.exports import SIMULATED
from jalons.files.sheets import Sheet
from jalons.roadmaps.figures import ActionRead, Plan, StakeRead, WorkstreamRead
from jalons.roadmaps.models import Roadmap
from jalons.territories.models import CURRENT_YEAR, Membership, Territory, held_in

FORMAT = "jalons-mon-inclusion-numerique-1"
Kind = Territory.Kind
PERIMETERS = {
    Kind.REGION: "regional",
    Kind.DEPARTEMENT: "departemental",
    Kind.EPCI: "groupementsDeCommunes",
    Kind.COMMUNE: "groupementsDeCommunes",
}
"""From the largest to the smallest: the largest of a perimeter names it."""


class Departement(TypedDict):
    code: str
    nom: str


class Membre(TypedDict):
    nom: str
    statut: str
    roles: list[str]


class Gouvernance(TypedDict):
    departements: list[Departement]
    membres: list[Membre]


class FeuilleDeRoute(TypedDict):
    nom: str
    perimetreGeographique: str | None
    noteDeContextualisation: str | None
    porteur: str | None


class CoFinancement(TypedDict):
    membre: str
    montant: str | None


class Action(TypedDict):
    nom: str
    contexte: str
    description: str
    besoins: list[str]
    budgetGlobal: str | None
    dateDeDebut: str | None
    dateDeFin: str | None
    porteurs: list[str]
    coFinancements: list[CoFinancement]


@dataclass(frozen=True, slots=True)
class Lack:
    """What the national platform asks and the roadmap does not say: where, what."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class National:
    """The governance, the roadmap and its actions, and what is left to be said."""

    gouvernance: Gouvernance
    feuille: FeuilleDeRoute
    actions: Sequence[Action]
    lacks: Sequence[Lack]
    is_simulated: bool


def national_of(plan: Plan) -> National:
    """The plan as the national platform names things; actions given up are left out."""
    at_work = {one.row.pk for one in plan.at_work}
    told = [
        (one, _action(stake, stream, one))
        for stake in plan.stakes
        for stream in stake.workstreams
        for one in stream.actions
        if one.row.pk in at_work
    ]
    covered = [*plan.roadmap.perimeter.order_by("code")]
    gouvernance: Gouvernance = {
        "departements": _departements(covered),
        "membres": _membres(plan),
    }
    feuille = _feuille(plan.roadmap, covered)
    return National(
        gouvernance=gouvernance,
        feuille=feuille,
        actions=[action for _read, action in told],
        lacks=[
            *_lacks_of_roadmap(gouvernance, feuille),
            *(lack for read, action in told for lack in _lacks(read, action)),
        ],
        is_simulated=plan.roadmap.is_simulated,
    )


def _departements(covered: Iterable[Territory]) -> list[Departement]:
    """Those in which the perimeter lies; a région names none of its own."""
    codes = [one.code for one in covered]
    held = Membership.objects.filter(held_in(CURRENT_YEAR), member__in=codes)
    every = Territory.objects.departements()
    around = every.filter(Q(pk__in=held.values("group")) | Q(pk__in=codes))
    found = dict(around.values_list("code", "name"))
    return [{"code": code, "nom": found[code]} for code in sorted(found)]


def _membres(plan: Plan) -> list[Membre]:
    """The project group and the funders: candidates, which the platform confirms."""
    names = [*plan.roadmap.group.order_by("name").values_list("name", flat=True)]
    names += [one for one in plan.roadmap.others_in_group.splitlines() if one.strip()]
    names += [one.funder for one in plan.funders]
    brings = {key_of(one.funder) for one in plan.funders if one.amount}
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(key_of(name), name.strip())
    return [
        {
            "nom": name,
            "statut": "candidat",
            "roles": ["cofinanceur" if key in brings else "observateur"],
        }
        for key, name in seen.items()
    ]


def _feuille(roadmap: Roadmap, covered: Sequence[Territory]) -> FeuilleDeRoute:
    kinds = {one.kind for one in covered}
    perimeters = (words for kind, words in PERIMETERS.items() if kind.value in kinds)
    return {
        "nom": roadmap.title,
        "perimetreGeographique": next(perimeters, None),
        "noteDeContextualisation": roadmap.course or None,
        "porteur": roadmap.lead or None,
    }


def _action(stake: StakeRead, stream: WorkstreamRead, action: ActionRead) -> Action:
    row = action.row
    context = [f"{stake.number}. {stake.row.text}", f"{stream.code} {stream.row.title}"]
    if stream.row.success:
        context.append(f"{_('We will have succeeded if…')} {stream.row.success}")
    details = [f"{action.code} {row.description}"]
    if action.partners:
        details.append(_("Partners: %(who)s") % {"who": ", ".join(action.partners)})
    if row.referent:
        details.append(_("Elected contact: %(who)s") % {"who": row.referent})
    return {
        "nom": row.description,
        "contexte": "\n".join(context),
        "description": "\n".join(details),
        "besoins": row.needs,
        "budgetGlobal": _budget(action),
        "dateDeDebut": row.starts_on.isoformat() if row.starts_on else None,
        "dateDeFin": row.ends_on.isoformat() if row.ends_on else None,
        "porteurs": [row.lead] if row.lead else [],
        "coFinancements": [
            {"membre": one.funder, "montant": _amount(one.amount)}
            for one in action.budget
        ],
    }


def _budget(action: ActionRead) -> str | None:
    """The whole of it, once every funder's amount is known."""
    amounts = [one.amount for one in action.budget]
    if not amounts or None in amounts:
        return None
    return _amount(sum((one for one in amounts if one is not None), Decimal()))


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _lacks_of_roadmap(
    gouvernance: Gouvernance, feuille: FeuilleDeRoute
) -> Iterator[Lack]:
    where = _("The roadmap")
    if feuille["perimetreGeographique"] is None:
        yield Lack(where, _("its perimeter: the territories that it covers"))
    if len(gouvernance["departements"]) > 1:
        words = _("its governance: it lies in several départements, choose one there")
        yield Lack(where, words)
    if feuille["noteDeContextualisation"] is None:
        yield Lack(where, _("its note of context: the course that you set"))
    if feuille["porteur"] is None:
        yield Lack(where, _("who carries it"))
    if not gouvernance["membres"]:
        yield Lack(where, _("members of its governance: the project group"))


def _lacks(read: ActionRead, action: Action) -> Iterator[Lack]:
    asked = {
        "besoins": _("what it needs"),
        "budgetGlobal": _("its whole budget"),
        "dateDeDebut": _("when it begins"),
        "dateDeFin": _("when it ends"),
        "porteurs": _("who carries it"),
    }
    for field, words in asked.items():
        if not action[field]:  # type: ignore[literal-required]
            where = _("Action %(code)s") % {"code": read.code}
            yield Lack(where, words)


def national_json(national: National) -> str:
    told: dict[str, object] = {"format": FORMAT}
    if national.is_simulated:
        told["notice"] = SIMULATED
    told |= {
        "gouvernance": national.gouvernance,
        "feuilleDeRoute": national.feuille,
        "actions": national.actions,
        "aCompleter": [
            {"ou": lack.where, "quoi": lack.what} for lack in national.lacks
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def national_sheets(national: National) -> list[Sheet]:
    """One sheet for each thing, under the national names of its fields."""
    places, members = (
        national.gouvernance["departements"],
        national.gouvernance["membres"],
    )
    shared = [
        (rank, one)
        for rank, action in enumerate(national.actions, 1)
        for one in action["coFinancements"]
    ]
    return [
        Sheet(
            "Feuille de route",
            [*national.feuille, "departements"],
            [[*national.feuille.values(), _joined(one["code"] for one in places)]],
        ),
        Sheet(
            "Membres",
            ["nom", "statut", "roles"],
            [[one["nom"], one["statut"], _joined(one["roles"])] for one in members],
        ),
        Sheet(
            "Actions",
            ["numero", *ACTION_COLUMNS],
            [
                [rank, *(_cell(action[name]) for name in ACTION_COLUMNS)]  # type: ignore[literal-required]
                for rank, action in enumerate(national.actions, 1)
            ],
        ),
        Sheet(
            "Co-financements",
            ["numeroAction", "membre", "montant"],
            [[rank, one["membre"], _cell(one["montant"])] for rank, one in shared],
        ),
        Sheet(
            "À compléter",
            ["ou", "quoi"],
            [[lack.where, lack.what] for lack in national.lacks],
        ),
    ]


ACTION_COLUMNS = [name for name in Action.__annotations__ if name != "coFinancements"]


def _joined(values: Iterable[str]) -> str:
    return ", ".join(values)


def _cell(value: object) -> object:
    if isinstance(value, list):
        return _joined(value)
    return "" if value is None else value
