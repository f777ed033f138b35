"""People who answer a survey through its pages, and the ledger of what they were told.

What fails is sent again with the same key, as a person who loads the page again; an
answer is acknowledged once its thanks are on screen.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import uuid4

from benchmarks.phones import Answer, Browser, Tally

SLUG = "banc"
FORM = f"/repondre/{SLUG}/"
AGAIN = 0.25
"""Seconds before somebody who saw no answer tries again."""
MOST_TRIES = 400


@dataclass(slots=True)
class Sent:
    """What one crowd was told."""

    tally: Tally = field(default_factory=Tally)
    keys: set[str] = field(default_factory=set)
    # When each was acknowledged, and how long it took from its first page.
    acknowledged: dict[str, float] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    abandoned: int = 0


class Respondent(Browser):
    """One person on one telephone, who answers again and again."""

    def __init__(self, port: int, sent: Sent, territory: str) -> None:
        super().__init__(port, sent.tally, {})
        self.sent, self.territory, self.mine = sent, territory, ""

    async def answer_until(self, end: float) -> None:
        while time.monotonic() < end:
            await self.answer(str(uuid4()))
        self.hang_up()

    async def answer(self, key: str) -> None:
        """One answer, tried until its thanks are read; what was done is not redone."""
        self.sent.keys.add(key)
        began = time.monotonic()
        steps = [self._begin, self._say_who, self._end]
        for _try in range(MOST_TRIES):
            with suppress(OSError, KeyError):
                while steps and await steps[0](key):
                    steps.pop(0)
            if not steps:
                now = time.monotonic()
                self.sent.acknowledged[key] = now
                self.sent.seconds.append(now - began)
                return
            await asyncio.sleep(AGAIN)
        self.sent.abandoned += 1

    async def _begin(self, key: str) -> bool:
        await self.ask(FORM)
        begun = await self._send(f"{FORM}commencer/", key=key, is_easy="False")
        self.mine = "/".join(begun.headers["location"].split("/")[:4])
        return len(self.mine) > len(FORM)

    async def _say_who(self, _key: str) -> bool:
        given = {"territory": self.territory, "profile": "digital_adviser"}
        answer = await self._send(f"{self.mine}/respondent/", **given)
        return "location" in answer.headers

    async def _end(self, _key: str) -> bool:
        done = await self._send(f"{self.mine}/relire/")
        return done.headers["location"].endswith("/merci/")

    async def _send(self, path: str, **fields: str) -> Answer:
        token = self.cookies["csrftoken"]
        return await self.ask(path, {**fields, "csrfmiddlewaretoken": token})


async def answer_together(
    port: int, territory: str, sent: Sent, *, people: int, end: float
) -> None:
    crowd = [Respondent(port, sent, territory) for _one in range(people)]
    await asyncio.gather(*(_come(one, end) for one in crowd))


async def _come(one: Respondent, end: float) -> None:
    await asyncio.sleep(random.uniform(0, 0.5))
    await one.answer_until(end)


def amiss(sent: Sent, rows: Sequence[tuple[str, int]]) -> dict[str, int]:
    """What the table holds otherwise than what people were told."""
    kept = dict(rows)
    return {
        "acknowledged": len(sent.acknowledged),
        "lost": len(set(sent.acknowledged) - set(kept)),
        "doubled": sum(count > 1 for count in kept.values()),
        "unknown": len(set(kept) - sent.keys),
        "refused": len(sent.tally.refused),
        "abandoned": sent.abandoned,
    }
