"""Two small worlds, each with a space and everything a space can hold.

`ours` is the world that the access matrix visits. `theirs` belongs to the stranger,
who knows every address and every number of ours.

To add the objects of an app: write `tests/house/calls/<app>.py` with one function
`calls(side) -> dict[str, Call]`, which makes the objects in `side.space` and says how
to call each URL that needs an argument or a form; list it in `CONTRIBUTIONS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.test import Client

from jalons.accounts.models import User
from jalons.spaces.models import Role
from tests.accounts.proving import sign_in
from tests.factories import make_space, make_user
from tests.house.calls import (
    accounts,
    actors,
    adoption,
    api,
    callbacks,
    communication,
    community,
    coordination,
    coverage,
    curation,
    diagnosis,
    digests,
    directory,
    ecosystems,
    evaluation,
    events,
    followup,
    front,
    funding,
    gazette,
    groups,
    histories,
    hosts,
    impact,
    imports,
    indicators,
    indices,
    interviews,
    invitations,
    keying,
    library,
    live,
    margins,
    meetings,
    network,
    observatory,
    orientation,
    pairing,
    panels,
    pocket,
    professionals,
    publications,
    questionnaires,
    reception,
    reconciliation,
    resources,
    returns,
    roadmaps,
    rooms,
    rounds,
    spaces,
    statements,
    steering,
    steps,
    surveys,
    synthesis,
    tabulations,
    tokens,
    tours,
    workshops,
)
from tests.house.calls.call import Call, Side

CONTRIBUTIONS: tuple[Callable[[Side], dict[str, Call]], ...] = (
    accounts.calls,
    actors.calls,
    adoption.calls,
    community.calls,
    callbacks.calls,
    communication.calls,
    rounds.calls,
    pocket.calls,
    coordination.calls,
    coverage.calls,
    curation.calls,
    diagnosis.calls,
    directory.calls,
    front.calls,
    followup.calls,
    funding.calls,
    impact.calls,
    groups.calls,
    indices.calls,
    imports.calls,
    indicators.calls,
    interviews.calls,
    invitations.calls,
    keying.calls,
    library.calls,
    live.calls,
    meetings.calls,
    digests.calls,
    events.calls,
    network.calls,
    observatory.calls,
    orientation.calls,
    pairing.calls,
    publications.calls,
    professionals.calls,
    questionnaires.calls,
    reception.calls,
    gazette.calls,
    reconciliation.calls,
    resources.calls,
    returns.calls,
    spaces.calls,
    statements.calls,
    surveys.calls,
    synthesis.calls,
    tabulations.calls,
    ecosystems.calls,
    tokens.calls,
    tours.calls,
    workshops.calls,
    rooms.calls,
    roadmaps.calls,
    steering.calls,
    margins.calls,
    histories.calls,
    hosts.calls,
    steps.calls,
    evaluation.calls,
    panels.calls,
    # What the others published.
    api.calls,
)


@dataclass(frozen=True, slots=True)
class World:
    """Our side and theirs, how to call each URL on each, and the visitors."""

    ours: Side
    calls: dict[str, Call]
    theirs: Side
    their_calls: dict[str, Call]
    visitors: dict[str, User]
    # The session of each visitor, signed in once.
    sessions: dict[str, str]

    def call(self, url: str) -> Call:
        return self.calls.get(url, Call())


def build() -> World:
    ours, theirs = _side("Hautpays"), _side("Baspays")
    administrator = make_user("Administration")
    administrator.is_staff = administrator.is_superuser = True
    administrator.save()
    visitors = ours.people | {"stranger": theirs.owner, "administrator": administrator}
    sessions = {column: _session(user) for column, user in visitors.items()}
    return World(ours, _calls(ours), theirs, _calls(theirs), visitors, sessions)


def _session(user: User) -> str:
    client = Client()
    sign_in(client, user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _side(mark: str) -> Side:
    people = {role.value: make_user(f"{role.value} {mark}") for role in Role}
    space = make_space(**people)
    space.name = f"Équipe {mark}"
    space.save()
    # A second owner, so that the first may leave.
    space.memberships.create(user=make_user(f"second {mark}"), role=Role.OWNER)
    return Side(mark=mark, space=space, people=people)


def _calls(side: Side) -> dict[str, Call]:
    found: dict[str, Call] = {}
    for contribute in CONTRIBUTIONS:
        found |= contribute(side)
    return found
