"""A stranger who knows every address and number of ours, and what they get."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.test import Client
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from jalons.spaces.models import Space
from tests.house.calls.call import Call
from tests.house.canaries import Canaries, Planted
from tests.house.given_to_all import GivenToAll
from tests.house.holdings import Holdings, written
from tests.house.keys import make_keys
from tests.house.unfolding import said_by
from tests.house.visits import client_of, undone
from tests.house.world import World

VERBS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
# Names under which a body could carry somebody else's number.
NAMES = ("space", "space_id", "pk", "id", "user", "member", "invitation", "campaign")


@dataclass(frozen=True, slots=True)
class Got:
    """What one request gave: its status, what was told, what was changed of ours."""

    status: int
    told: set[Planted]
    changed: list[str]


@dataclass(frozen=True, slots=True)
class Prey:
    """Our space, a mark in each of its texts, and what it held before."""

    world: World
    canaries: Canaries
    holdings: Holdings
    given_to_all: GivenToAll
    keys: dict[str, str]

    @property
    def space(self) -> Space:
        return self.world.ours.space

    def stranger(self) -> Client:
        return client_of(self.world, "stranger")

    def asked(self, client: Client, verb: str, url: str, post=None, **more) -> Got:
        """One request, whose writing is looked at and then undone."""
        with undone():
            with written() as tables:
                data = {"data": post} if verb == "POST" and post else {}
                response = getattr(client, verb.lower())(url, **data, **more)
                said = said_by(response)
            changed = self.holdings.changed(tables)
        told = self.given_to_all.but(self.canaries.found(said))
        return Got(response.status_code, told, changed)

    def ours(self, url: str) -> Call:
        return self.world.call(url).without_secret

    def theirs(self, url: str) -> Call:
        return self.world.their_calls.get(url, Call())

    def smuggled(self, url: str, method: str) -> Iterator[tuple[str, dict]]:
        """Their own pages, with our numbers in the address and in the body."""
        ours, theirs = self.ours(url), self.theirs(url)
        numbers = dict.fromkeys(NAMES, self.space.pk) | ours.kwargs
        bodies = [theirs.post | numbers, numbers | ours.post]
        if method == "GET" or bodies[0] == bodies[1]:
            bodies = bodies[:1]
        addresses = [theirs.kwargs, *crossed(theirs, ours)]
        known = ours.kwargs if method == "GET" else None
        for kwargs in once(one for one in addresses if one != known):
            for body in bodies:
                yield Call(kwargs, theirs.query).url(url), body


def prey_of(world: World) -> Prey:
    keys, canaries = make_keys(world), Canaries(world)
    return Prey(world, canaries, Holdings(world.ours.space), GivenToAll(), keys)


def requests(prey: Prey, urls: list[str]) -> SearchStrategy:
    """A verb, an address and a body in which numbers of ours stand anywhere."""
    numbers = {pk for rows in prey.holdings.rows.values() for pk in rows}
    ours = st.sampled_from(sorted(one for one in numbers if isinstance(one, int)))

    @st.composite
    def one(draw) -> tuple[str, str, dict]:
        url = draw(st.sampled_from(urls))
        known = draw(st.sampled_from([prey.ours(url), prey.theirs(url)]))
        kwargs = {
            name: draw(ours) if isinstance(value, int) else value
            for name, value in known.kwargs.items()
        }
        fields = st.sampled_from([*known.post, *NAMES])
        body = known.post | draw(st.dictionaries(fields, ours, max_size=4))
        return draw(st.sampled_from(VERBS)), Call(kwargs, known.query).url(url), body

    return one()


def crossed(own: Call, other: Call) -> list[dict[str, object]]:
    """Their own arguments, each in turn replaced by ours."""
    return [own.kwargs | {name: other.kwargs[name]} for name in own.kwargs]


def once(rows: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for row in rows:
        if row not in found:
            found.append(row)
    return found
