"""What other apps await on a day, told once in the mail that a team tunes.

An app above this one says so by `things_awaited` on its AppConfig: the path of a
function that takes spaces and a day, and gives by space what is awaited by then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing to do: in words, since when, and the path of its page."""

    words: str
    due_on: date
    path: str
    is_simulated: bool = False


def awaited_by(spaces: Collection[int], today: date) -> Mapping[int, Sequence[Awaited]]:
    """By space, from every app that awaits something."""
    found: defaultdict[int, list[Awaited]] = defaultdict(list)
    for app in apps.get_app_configs():
        if path := getattr(app, "things_awaited", ""):
            for space, things in import_string(path)(spaces, today).items():
                found[space] += things
    return found


def not_told(things: Sequence[Awaited], since: date | None) -> list[Awaited]:
    """Those that became due after the last mail: each is told once."""
    return [one for one in things if since is None or one.due_on > since]
