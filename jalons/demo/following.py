"""A year of follow-up of the example roadmap, and what it changed; all invented."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from jalons.accounts.models import User
from jalons.evaluation.computing import take_every_measure
from jalons.evaluation.models import Story
from jalons.followup import operations
from jalons.followup.models import ProgressDecision
from jalons.followup.standing import Standing
from jalons.impact import operations as impact
from jalons.impact.models import ImpactPage, StoryCard
from jalons.roadmaps.models import Action, Roadmap

Status = Action.Status
YEAR = 365
BEFORE = (
    (300, 0, Status.UNDER_WAY, ""),
    (240, -1, Status.UNDER_WAY, "Première réunion fixée (exemple)"),
)
"""Days ago, rank of the action, its status, why."""
MEANWHILE = (
    (150, -1, Status.DONE, "Douze communes réunies (exemple)"),
    (120, 2, Status.SUSPENDED, "Le marché de transport est reporté (exemple)"),
)
SINCE = ((20, 0, Status.UNDER_WAY, "L’imprimeur livre le mois prochain (exemple)"),)
FIRST = (
    "Le guide des lieux d’aide est commencé, les communes sont invitées. Rien ne "
    "bloque (exemple inventé)."
)
SECOND = (
    "Les communes se sont réunies. Le transport attend un marché\u00a0: le comité doit "
    "dire s’il cherche une autre solution (exemple inventé)."
)


def invent_follow_up(roadmap: Roadmap, officer: User, today: date) -> None:
    """Changes of status with their reasons, two reviews, measures, an impact page."""
    _tell(roadmap, BEFORE, officer, today)
    first = _review(roadmap, (330, 210), FIRST, officer, today)
    _decide(first, "Inviter toutes les mairies (exemple)", officer, today, is_done=True)
    _tell(roadmap, MEANWHILE, officer, today)
    second = _review(roadmap, (210, 35), SECOND, officer, today)
    _decide(second, "Chercher un transport à la demande (exemple)", officer, today)
    _tell(roadmap, SINCE, officer, today)
    take_every_measure(roadmap.evaluation, on=today, by=officer)
    _tell_what_changed(roadmap, officer, today)


def _tell(roadmap: Roadmap, told, officer: User, today: date) -> None:
    rows = Action.objects.filter(workstream__stake__roadmap=roadmap).order_by(
        "workstream__stake__position", "workstream__position", "position", "pk"
    )
    every = list(rows.values_list("pk", flat=True))
    for days, rank, status, reason in told:
        action = Action.objects.get(pk=every[rank])
        operations.tell_standing(
            action,
            Standing(status, action.ends_on, reason),
            version=action.version,
            by=officer,
            on=today - timedelta(days=days),
        )


def _review(
    roadmap: Roadmap, days: tuple[int, int], comment: str, officer: User, today: date
):
    since, until = (today - timedelta(days=one) for one in days)
    return operations.keep_progress(
        roadmap, since=since, comment=comment, by=officer, on=until
    )


def _decide(
    progress, text: str, officer: User, today: date, *, is_done: bool = False
) -> None:
    row = ProgressDecision(progress=progress, text=text)
    row.actor = progress.roadmap.group.first()
    row.due_on = progress.until + timedelta(days=90)
    operations.add_decision(row, by=officer)
    if is_done:
        row.state, row.note = ProgressDecision.State.DONE, "Fait en un mois (exemple)"
        operations.follow_decision(row, by=officer)


def _tell_what_changed(roadmap: Roadmap, officer: User, today: date) -> None:
    page = ImpactPage(
        roadmap=roadmap,
        since=today - timedelta(days=YEAR),
        until=today,
        done="Les communes se sont réunies, un guide des lieux d’aide s’écrit, des "
        "permanences ont ouvert près des habitants (exemple inventé).",
        failed="Le transport à la demande n’a pas commencé, et les créneaux du jeudi "
        "vident ceux de la médiathèque (exemple inventé).",
        further="Déplacer le jeudi au mardi, chercher un autre transport (exemple).",
    )
    impact.write_page(page, version=1, by=officer)
    story = Story.objects.get(review__evaluation__roadmap=roadmap)
    card = StoryCard(page=page, story=story, agreed_how=StoryCard.How.WRITTEN)
    card.agreed_on = today - timedelta(days=20)
    impact.agree_card(card, by=officer)
    impact.publish(page, public_from=timezone.now(), by=officer)
