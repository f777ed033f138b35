"""Runs hostile input through one door: some examples, or as many as the time allows."""

from __future__ import annotations

import io
import json
import os
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.core.cache import cache
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests.house.visits import undone

SECONDS = float(os.environ.get("JALONS_FUZZ_SECONDS", "0"))
"""For each door; none: a few examples and no more."""
REPORT = os.environ.get("JALONS_FUZZ_REPORT", "")
EXAMPLES = 1
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Tried:
    """What one door was given: how many inputs, in how many seconds."""

    door: str
    cases: int
    seconds: float
    errors: int
    why: str = ""


def tried(
    door: str,
    strategy: SearchStrategy,
    work: Callable[[object], None],
    *,
    examples: int = EXAMPLES,
) -> None:
    """Each input is undone; the first that raises fails, made small, with its seed."""
    cases, start, turn, why = 0, time.monotonic(), 0, ""

    def attempt(given_input: object) -> None:
        nonlocal cases
        cases += 1
        cache.clear()
        with undone(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            work(given_input)

    try:
        while turn == 0 or time.monotonic() - start < SECONDS:
            _round(strategy, attempt, turn, examples)
            turn += 1
    except Exception:
        why = traceback.format_exc()
        raise
    finally:
        seconds = round(time.monotonic() - start, 1)
        _note(Tried(door, cases, seconds, int(bool(why)), why))


def _round(
    strategy: SearchStrategy,
    attempt: Callable[[object], None],
    turn: int,
    examples: int,
) -> None:
    @seed(turn + int(os.environ.get("JALONS_FUZZ_SEED", "0")) * 100_000)
    @settings(
        max_examples=AT_ONCE if SECONDS else examples,
        phases=[Phase.generate, Phase.shrink] if SECONDS else [Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def once(given_input: object) -> None:
        attempt(given_input)

    once()


def _note(found: Tried) -> None:
    if REPORT:
        with Path(REPORT).open("a") as kept:
            kept.write(f"{json.dumps(asdict(found))}\n")


def upload_of(name: str, content: bytes) -> io.BytesIO:
    held = io.BytesIO(content)
    held.name = name
    return held
