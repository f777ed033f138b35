"""The nine conditions of success of the example roadmap, looked at twice; invented."""

from __future__ import annotations

from datetime import date, timedelta

from jalons.accounts.models import User
from jalons.conditions.models import Appraisal
from jalons.conditions.operations import Shown, appraise_condition
from jalons.roadmaps.models import Roadmap

NOT_YET, PARTLY, MET = Appraisal.State
FIRST = {
    "course": (NOT_YET, "Chacun nomme un but différent (exemple)."),
    "together": (NOT_YET, "La collectivité a commencé seule (exemple)."),
    "deciders": (PARTLY, "Une élue porte la démarche, le bureau l’ignore (exemple)."),
    "informed": (NOT_YET, "Personne n’a encore rien reçu (exemple)."),
    "time": (NOT_YET, "Aucun temps réservé pour écrire (exemple)."),
    "solutions": (NOT_YET, "On ne parle que de ce qui manque (exemple)."),
    "existing": (PARTLY, "Un centre social agit déjà (exemple)."),
}
AGAIN = {
    "together": (PARTLY, "L’atelier a réuni plusieurs familles d’acteurs (exemple)."),
    "deciders": (MET, "La vice-présidence ouvre chaque rencontre (exemple)."),
    "solutions": (MET, "Chaque enjeu a un chantier et des actions (exemple)."),
    "existing": (MET, "Les chantiers partent de ce qui est sur place (exemple)."),
    "feasible": (PARTLY, "Deux actions restent à chiffrer (exemple)."),
}


def invent_conditions(roadmap: Roadmap, officer: User, today: date) -> None:
    """One is left of which nothing is said: the page offers to go on with it."""
    meeting = roadmap.space.meetings.order_by("starts_at").first()
    assert meeting is not None
    for said, ago in ((FIRST, 150), (AGAIN, 20)):
        for code, (state, evidence) in said.items():
            row = Appraisal(roadmap=roadmap, condition=code, state=state)
            row.evidence, row.made_on = evidence, today - timedelta(days=ago)
            shown: list[Shown] = [meeting] if code == "together" else []
            appraise_condition(row, shown, by=officer)
