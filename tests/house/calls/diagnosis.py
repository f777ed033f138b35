from __future__ import annotations

from datetime import date

from jalons.diagnosis import operations
from jalons.diagnosis.models import Diagnosis, Visit
from jalons.territories.models import Membership, Territory
from tests.factories import make_territory
from tests.house.calls.call import Call, Side

PUBLIC = ("show", "brief", "block", "embed", "figures_json", "communes")
TEAM = ("findings", "refresh", "path", "team_brief")


def calls(side: Side) -> dict[str, Call]:
    """A diagnosis of the space's territory, with a finding and a commune inside."""
    territory = side.space.territory
    commune = _commune_of(territory, f"Bourg {side.mark}")
    diagnosis = operations.start_diagnosis(side.space, territory, by=side.owner)
    finding = operations.add_finding(
        diagnosis, kind="question", wording=f"Constat {side.mark}", by=side.owner
    )
    public, team = {"code": territory.pk}, {"pk": diagnosis.pk}
    said = {"kind": "weakness", "wording": "Un constat de l’équipe"}
    visit = {"place": commune.pk, "visited_on": "2026-01-15", "roles_met": "maire"}
    made_known = {"said_on": "2026-01-15", "channel": "press", "message": "Article"}
    return {
        **{f"diagnosis:{name}": Call(team) for name in TEAM},
        **{f"diagnosis:{n}": Call(public) for n in PUBLIC},
        "diagnosis:communes_csv": Call(public),
        "diagnosis:communes_file": Call(public | {"format": "xlsx"}),
        "diagnosis:table_csv": Call(public | {"table": "definitions"}),
        "diagnosis:file": Call(public | {"format": "pdf"}),
        "diagnosis:team_file": Call(team | {"format": "pdf"}),
        "diagnosis:compare": Call(query={"avec": territory.pk}),
        "diagnosis:hour": Call(query={"territoire": territory.pk}),
        "diagnosis:list": Call({"pk": side.space.pk}, post={"territory": territory.pk}),
        "diagnosis:add": Call(team, post=said),
        "diagnosis:finding": Call(
            team | {"finding_pk": finding.pk}, post={"state": "confirmed"}
        ),
        "diagnosis:visits": Call(team, post=visit | {"learnt": "Une connexion faible"}),
        "diagnosis:communications": Call(team, post=made_known),
        "diagnosis:visit": Call(
            team | {"visit_pk": _visited(diagnosis, commune, side).pk},
            post=visit | {"learnt": "Un accès libre"},
        ),
        "diagnosis:step": Call(team | {"step": "lire"}, post={"surprise": "none"}),
        "diagnosis:skip": Call(team | {"step": "lire"}, post={"reason": "Déjà fait"}),
        "diagnosis:resume": Call(team | {"step": "lire"}),
    }


def _visited(diagnosis: Diagnosis, commune: Territory, side: Side) -> Visit:
    visit = Visit(
        diagnosis=diagnosis,
        commune=commune,
        visited_on=date(2026, 1, 14),
        roles_met="maire",
        learnt=f"Appris {side.mark}",
    )
    return operations.log_visit(visit, [], by=side.owner)


def _commune_of(territory: Territory, name: str) -> Territory:
    code = f"0{territory.pk[-4:]}"  # Below those of real communes.
    commune = make_territory(name, Territory.Kind.COMMUNE, code)
    Membership.objects.create(member=commune, group=territory, since=2026)
    return commune
