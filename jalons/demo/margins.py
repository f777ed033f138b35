"""What is said in the margins of the example roadmap: invented, and it says so."""

from __future__ import annotations

from jalons.accounts.models import User
from jalons.margins.operations import settle_comment, write_comment
from jalons.roadmaps.models import Workstream

OF_THE_STAKE = (
    "Propos simulé\u202f: le mot «\u00a0mobilité\u00a0» parle-t-il aux habitants\u202f?"
)
OF_THE_WORKSTREAM = (
    "Propos simulé\u202f: qui prévient les mairies de l’horaire du bus\u202f?"
)
OF_THE_ACTION = "Propos simulé\u202f: à revoir avec le centre social avant l’été."


def invent_comments(workstream: Workstream, officer: User) -> None:
    """Two that wait for an answer, and one that was settled."""
    write_comment(workstream.stake, OF_THE_STAKE, by=officer)
    done = write_comment(workstream, OF_THE_WORKSTREAM, by=officer)
    settle_comment(done, by=officer)
    action = workstream.actions.first()
    write_comment(action or workstream, OF_THE_ACTION, by=officer)
