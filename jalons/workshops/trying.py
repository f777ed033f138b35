"""Who tries codes one after another is stopped; a room that joins at once is not.

allauth counts behind a lock, and refuses whoever waits a second for it: five hundred
people of one network would. It counts wrong codes only; everybody else reads one row.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume_or_429
from django.core.cache import cache
from django.http import HttpRequest

WRONG_CODES = "workshop_code"
STOPPED_SECONDS = 600
MOST_JOINS = 600
"""People who join from one address in ten minutes: a room is one address."""


def is_stopped(request: HttpRequest) -> bool:
    """Past so many wrong codes from one address, not even the right one opens."""
    return bool(cache.get(_key(request, "stopped")))


def count_wrong_code(request: HttpRequest) -> None:
    """One more; from the last that is borne, the address is stopped."""
    consume_or_429(request, action=WRONG_CODES, limit_get=True)
    if consume_or_429(request, action=WRONG_CODES, limit_get=True, dry_run=True):
        cache.set(_key(request, "stopped"), True, STOPPED_SECONDS)


def may_join(request: HttpRequest) -> bool:
    """Whether one more may join from this address.

    Who joins is counted once written: it stops a script, not a person.
    """
    return cache.get(joins_of(request), 0) < MOST_JOINS


def joins_of(request: HttpRequest) -> str:
    """Under what those who join from this address are counted, for ten minutes."""
    return _key(request, f"joins-{int(time.time()) // STOPPED_SECONDS}")


def count_joins(counted_under: Iterable[str]) -> None:
    """Those who have just joined, in the transaction that writes them."""
    for key, n in Counter(counted_under).items():
        if key:
            cache.set(key, cache.get(key, 0) + n, STOPPED_SECONDS)


def _key(request: HttpRequest, what: str) -> str:
    return f"workshop-{what}-{get_adapter().get_client_ip(request)}"
