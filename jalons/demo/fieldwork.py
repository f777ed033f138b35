"""The diagnosis of the demonstration: real figures, simulated comments and visits."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from jalons.accounts.models import User
from jalons.diagnosis import operations as diagnosis
from jalons.diagnosis.models import Communication, Diagnosis, Finding, Review, Visit
from jalons.diagnosis.operations import Noted
from jalons.diagnosis.questions import asked_at, chosen
from jalons.spaces import operations as spaces
from jalons.spaces.models import Space
from jalons.territories.models import Territory

# CA Le Grand Périgueux.
EPCI = "200040392"
MARK = "[SIMULÉ]"
State = Review.State
# The other findings wait to be discussed, so that this is seen too.
REVIEWS = {
    "one_person_households": (
        State.CONFIRMED,
        "Beaucoup de personnes seules n’ont personne à qui demander.",
        "Entendu dans deux mairies.",
    ),
    "below_bac": (
        State.CONTRADICTED,
        "",
        "À l’atelier d’écriture, la demande dépasse les places.",
    ),
}
VISITS = (
    (
        "24322",
        "deux agents d’accueil, une médiathécaire",
        "On demande surtout de l’aide pour imprimer et pour scanner un document.",
        "one_person_households",
    ),
    (
        "24053",
        "la secrétaire de mairie, trois habitants",
        "On demande où trouver un accès à internet gratuit et tranquille.",
        "below_bac",
    ),
)
# The second step is left half done, to be resumed.
NOTES = {
    "lire": {
        "surprise": ("poverty_rate", "On le croyait plus haut que chez les voisins."),
        "doubt": ("one_person_households", "À vérifier avec les services sociaux."),
    },
    "publics": {
        "first_public": ("older", "Au portage de repas et au club."),
        "second_public": ("alone", "Au marché et à l’accueil de la mairie."),
    },
}


def invent_diagnosis(officer: User) -> Diagnosis:
    """A team's space on a real EPCI; whatever a person says there is simulated."""
    territory = Territory.objects.get(code=EPCI)
    space = spaces.create_space(
        by=officer,
        name="Équipe du Grand Périgueux (démonstration)",
        kind=Space.Kind.TEAM,
        territory=territory,
    )
    spaces.recognise_space(space, by=officer)
    made = diagnosis.start_diagnosis(space, territory, by=officer, is_simulated=True)
    findings = {one.indicator: one for one in made.findings.exclude(indicator="")}
    for indicator, (state, wording, comment) in REVIEWS.items():
        if indicator in findings:
            diagnosis.review_finding(
                findings[indicator],
                state=state,
                wording=f"{MARK} {wording}" if wording else "",
                comment=f"{MARK} {comment}",
                by=officer,
            )
    diagnosis.add_finding(
        made,
        kind=Finding.Kind.STRENGTH,
        wording=f"{MARK} Deux médiathèques accueillent déjà des ateliers.",
        by=officer,
    )
    _visit(made, findings, officer)
    _notes(made, officer)
    return made


def _notes(made: Diagnosis, officer: User) -> None:
    for step, said in NOTES.items():
        noted = [
            Noted(one.code, choice, about, f"{MARK} {text}", otherwise)
            for one in asked_at(step)
            if one.choices and one.code in said
            for choice, text in [said[one.code]]
            for about, otherwise in [chosen(one, choice, made.territory)]
        ]
        diagnosis.write_notes(made, step, noted, by=officer)


def _visit(made: Diagnosis, findings: dict[str, Finding], officer: User) -> None:
    today = timezone.localdate()
    for days, (code, roles, learnt, indicator) in enumerate(VISITS, start=1):
        visit = Visit(
            diagnosis=made,
            commune=Territory.objects.get(code=code),
            visited_on=today - timedelta(days=7 * days),
            roles_met=roles,
            learnt=f"{MARK} {learnt}",
        )
        linked = [findings[indicator]] if indicator in findings else []
        diagnosis.log_visit(visit, linked, by=officer)
    said = Communication(
        diagnosis=made,
        said_on=today - timedelta(days=3),
        channel=Communication.Channel.PRESS,
        message=f"{MARK} Article sur l’arrivée d’un conseiller numérique.",
    )
    diagnosis.log_communication(said, by=officer)
