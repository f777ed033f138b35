"""Two pairings of the demonstration, invented: one under way, one that is asked."""

from __future__ import annotations

from django.utils import timezone

from jalons.accounts.models import User
from jalons.network.cockpit import Cockpit, Row, cockpit_of
from jalons.pairing import operations
from jalons.pairing.matching import Candidate, candidates_for, pairing_of
from jalons.pairing.models import Pairing, Side, Talk
from jalons.spaces.models import Space
from jalons.territories.models import Territory

CALL = "Appel inventé, pour l’exemple"
REACHED = "Direction des solidarités (exemple)"


def invent_pairings(centre: Space, team: Space, officer: User) -> None:
    """The team exchanges with a territory; another, to support first, is asked."""
    cockpit = cockpit_of(centre)
    mine = next(one for one in cockpit.rows if one.code == team.territory_id)
    under_way = _propose(centre, mine, cockpit, officer, "Aller vers les habitants")
    if under_way is not None:
        _exchange(under_way, team, officer)
    for row in [one for one in cockpit.targets if one.code != mine.code][:1]:
        _propose(centre, row, cockpit, officer, "Faire vivre un réseau d’aidants")


def _propose(
    centre: Space, row: Row, cockpit: Cockpit, officer: User, subject: str
) -> Pairing | None:
    found: list[Candidate] = candidates_for(centre, row, cockpit)
    if not found:
        return None
    places = Territory.objects.in_bulk([row.code, found[0].row.code])
    pair = (places[row.code], places[found[0].row.code])
    pairing = pairing_of(centre, *pair)
    pairing.subject, pairing.is_simulated = subject, True
    pairing.words = (
        "Vous avez ce sujet en commun\u202f; un premier appel suffit pour voir."
    )
    return operations.propose(pairing, pair, by=officer)


def _exchange(pairing: Pairing, team: Space, officer: User) -> None:
    """Both agreed: the team on its page, the other by a call that the centre notes."""
    for side in pairing.sides.all():
        is_team = side.territory_id == team.territory_id
        side.reached_by = REACHED
        side.source = "" if is_team else CALL
        space = team if is_team else pairing.space
        operations.agree(side, space=space, by=officer)
    talk = Talk(
        pairing=pairing,
        space=team,
        day=timezone.localdate(),
        subject="Comment les permanences itinérantes ont commencé (exemple)",
    )
    operations.note_talk(talk, by=officer)
    side = Side.objects.get(pairing=pairing, territory=team.territory_id)
    side.use, side.feedback = Side.Use.SOME, "Un modèle de convention (exemple)"
    operations.tell(side, space=team, by=officer)
