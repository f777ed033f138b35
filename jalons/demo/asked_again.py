"""A mini-survey of the example roadmap: invented people, who answer by a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from jalons.accounts.models import User
from jalons.panels import access, operations
from jalons.panels.definition import read_definition
from jalons.panels.models import Reply
from jalons.roadmaps.models import Roadmap

TITLE = "Ateliers du printemps (exemple)"
SEED, BEGAN, ANSWERED, PRINTED = 3, 40, 36, 40
"""Days over which people began, how many did, how many slips were printed."""
AGO, KEPT = timedelta(days=240), timedelta(days=180)
LATER = ((91, 0.8), (182, 0.65))
"""Days after the start, and the share of people who come back."""


@dataclass(slots=True)
class Person:
    """What an invented person can do; it grows a little, or not."""

    mastered: int
    confidence: int
    does_alone: bool
    gave_up: bool

    def answers(self) -> dict[str, str | int]:
        skills = read_definition().of_kind("skill")
        said: dict[str, str | int] = {
            one.code: "with_trouble" if rank < self.mastered else "helped"
            for rank, one in enumerate(skills)
        }
        said["confidence"] = self.confidence
        said["alone"] = "yes" if self.does_alone else "no"
        said["gave_up"] = "yes" if self.gave_up else "no"
        return said

    def grow(self, chance: Random) -> None:
        self.mastered = min(5, self.mastered + chance.choice((0, 0, 1, 1)))
        step = chance.choice((-1, 0, 1, 1, 2))
        self.confidence = max(0, min(10, self.confidence + step))
        self.does_alone = self.does_alone or chance.random() < 0.3
        self.gave_up = self.gave_up and chance.random() < 0.6


def invent_panel(roadmap: Roadmap, officer: User, today: date) -> None:
    """Eight months ago, with those who came back and those who did not."""
    chance, opened = Random(SEED), today - AGO
    panel = operations.open_panel(
        roadmap, TITLE, today + KEPT, by=officer, today=opened
    )
    codes = operations.make_codes(panel, PRINTED, by=officer, today=opened)
    for code in codes[:ANSWERED]:
        row = access.find_code(code)
        person = Person(
            mastered=chance.randint(0, 3),
            confidence=chance.randint(0, 6),
            does_alone=chance.random() < 0.4,
            gave_up=chance.random() < 0.5,
        )
        start = opened + timedelta(days=chance.randint(0, BEGAN))
        _say(row, person, start)
        for days, share in LATER:
            person.grow(chance)
            day = start + timedelta(days=days + chance.randint(-10, 20))
            if chance.random() < share and day <= today:
                _say(row, person, day)


def _say(code, person: Person, day: date) -> None:
    channel = Reply.Channel.PERSON
    operations.take_reply(code, person.answers(), channel=channel, on=day)
