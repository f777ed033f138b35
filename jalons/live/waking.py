"""Who is to be woken, in this process, once an event of a channel is committed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

_sleepers: dict[str, Callable[[], object]] = {}


def call_when_told(channel: str, wake: Callable[[], object]) -> None:
    """`wake` may be called from any thread."""
    _sleepers[channel] = wake


def forget(channel: str) -> None:
    _sleepers.pop(channel, None)


def wake(channel: str) -> None:
    """Where nobody listens, or their loop is over, the table is read later."""
    sleeper = _sleepers.get(channel)
    if sleeper is not None:
        with suppress(RuntimeError):
            sleeper()
