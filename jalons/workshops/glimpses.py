"""What the room says, as every telephone shows it: worked out once for all of them.

Five hundred telephones that each vote every few seconds would count the same votes a
hundred times a second. A glimpse serves for half a second after something happened in
the workshop, without limit while nothing did, and never once telephones were told of
something: what ends a vote, or shows its results, makes a new one, so that the count
that stays on their screens is whole. Until then, a telephone may show a count that was
made just before its own vote. Hidden results are never worked out here, hence never
kept.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from jalons.workshops import figures, words
from jalons.workshops.figures import Results
from jalons.workshops.models import Activity

MOST = 64
"""Activities, in each language, kept at once by a process."""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """Results shown to the room, drawn, at the number of an event."""

    number: int
    made_at: float
    results: Results
    html: SafeString


_kept: dict[tuple[int, int, str, str | None], Glimpse] = {}
_one_at_a_time = Lock()


def glimpse_of(activity: Activity, number: int, told: int) -> Glimpse | None:
    """What telephones that know everything up to `number` show; None while hidden.

    `told` is the last event that was more than a vote.
    """
    if not activity.results_shown:
        return None
    if not settings.GLIMPSE_SECONDS:
        return _look(activity, number)
    language = get_language()
    key = (activity.pk, activity.round, activity.phase, language)
    with _one_at_a_time:
        found = _kept.get(key)
        if found is None or not _is_fresh(found, number, told):
            if len(_kept) >= MOST:
                _kept.clear()
            found = _kept[key] = _look(activity, number)
        return found


def _is_fresh(found: Glimpse, number: int, told: int) -> bool:
    if found.number == number:
        return True
    is_young = time.monotonic() - found.made_at <= settings.GLIMPSE_SECONDS
    return is_young and found.number >= told


def _look(activity: Activity, number: int) -> Glimpse:
    made_at = time.monotonic()
    results = figures.shown_to(activity, is_team=False)
    assert results is not None
    is_cut = results.matrix is not None
    shown = {
        "found": results,
        "drawing": words.draw(results),
        "cut": words.cut_words(results) if is_cut else "",
    }
    html = render_to_string("workshops/_results.html", shown)
    return Glimpse(number, made_at, results, html)
