"""Who does what, how far, and what nobody does: the gaps of a role matrix.

Each actor states, for each role, that it does it, takes part in it, or refers people
elsewhere; what it does not state is not known, and is never read as “no”. A role is

* *nobody*: no actor states anything about it;
* *referral only*: every actor that speaks of it sends people elsewhere, so that they
  go round in circles;
* *nobody in charge*: some take part, none does it;
* *one only*: a single actor does it, and nothing remains the day it stops;
* *held*: two actors at least do it. Two is our choice, the least that allows holidays.

The counts are of the actors that stated something: `spoke` says how many, out of how
many. They are facts stated by people, not measures of how much is done or how well.
Reference: “all of us actors, not all at the same level” (PQN-A and Hubik,
web-conference of 19 November 2021), and the responsibility matrices of project
management, of which this is a plainer form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["does", "takes_part", "refers"]
State = Literal["nobody", "referral_only", "nobody_in_charge", "one_only", "held"]

ENOUGH = 2
"""Actors that do a role before it is held: with one, a leave stops it. Our choice."""


@dataclass(frozen=True, slots=True)
class Held:
    """What an actor states of a role."""

    actor: int
    role: str
    level: Level


@dataclass(frozen=True, slots=True)
class RoleState:
    """How a role is held, with the number of actors at each level."""

    role: str
    state: State
    does: int
    takes_part: int
    refers: int

    @property
    def is_gap(self) -> bool:
        return self.state != "held"


@dataclass(frozen=True, slots=True)
class Gaps:
    """Each role in order, and what the actors stated.

    `silent` are the actors that stated nothing; `dead_ends` the statements of an actor
    that refers people elsewhere for a role which nobody does.
    """

    roles: tuple[RoleState, ...]
    spoke: int
    silent: tuple[int, ...]
    dead_ends: tuple[Held, ...]

    @property
    def gaps(self) -> tuple[RoleState, ...]:
        return tuple(one for one in self.roles if one.is_gap)


def find_gaps(
    actors: Sequence[int], roles: Sequence[str], held: Iterable[Held]
) -> Gaps:
    """The state of each role; statements of other actors or roles are left out.

    >>> found = find_gaps([1, 2], ["train"], [Held(1, "train", "refers")])
    >>> found.roles[0].state, found.spoke, found.silent
    ('referral_only', 1, (2,))
    >>> len(found.dead_ends)
    1
    """
    known = set(actors)
    stated = [one for one in held if one.actor in known and one.role in set(roles)]
    states = tuple(_state(role, stated) for role in roles)
    done = {one.role for one in states if one.does}
    spoke = {one.actor for one in stated}
    return Gaps(
        roles=states,
        spoke=len(spoke),
        silent=tuple(one for one in actors if one not in spoke),
        dead_ends=tuple(
            one for one in stated if one.level == "refers" and one.role not in done
        ),
    )


def absent(expected: Sequence[str], present: Collection[str]) -> tuple[str, ...]:
    """What is expected and not there, in the order expected.

    >>> absent(["private", "institutions"], {"institutions"})
    ('private',)
    """
    return tuple(one for one in expected if one not in present)


def _state(role: str, stated: Iterable[Held]) -> RoleState:
    counts = Counter(one.level for one in stated if one.role == role)
    does, part, refers = (counts[one] for one in ("does", "takes_part", "refers"))
    return RoleState(role, _word(does, part, refers), does, part, refers)


def _word(does: int, takes_part: int, refers: int) -> State:
    if does >= ENOUGH:
        return "held"
    if does:
        return "one_only"
    if takes_part:
        return "nobody_in_charge"
    return "referral_only" if refers else "nobody"
