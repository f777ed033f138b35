"""How often one may ask, what is left of it, and how long to wait.

Told as the IETF drafts it (draft-ietf-httpapi-ratelimit-headers): the policy, then what
is left of it and the seconds until more is given.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase

OF = "allauth.account"


@dataclass(frozen=True, slots=True)
class Counted:
    """One request, counted; `headers` say what is left."""

    is_allowed: bool
    headers: dict[str, str] = field(default_factory=dict)


def count(request: HttpRequest, action: str, key: str | None = None) -> Counted:
    """Counted as everywhere else on the site, where only forms sent are."""
    used = ratelimit.consume(request, app=OF, action=action, key=key, limit_get=True)
    told = [
        _told(request, action, key, one)
        for one in ratelimit.get_rates(app=OF, action=action)
    ]
    headers = {
        "RateLimit-Policy": ", ".join(policy for policy, _left, _wait in told),
        "RateLimit": ", ".join(left for _policy, left, _wait in told),
    }
    if used is None:
        wait = max([1, *(wait for _policy, _left, wait in told)])
        headers["Retry-After"] = str(wait)
    return Counted(used is not None, headers if told else {})


def tell(response: HttpResponseBase, counted: Counted | None) -> None:
    for name, value in counted.headers.items() if counted else ():
        response.headers[name] = value


def _told(
    request: HttpRequest, action: str, key: str | None, rate: ratelimit.Rate
) -> tuple[str, str, int]:
    """The policy, what is left of it, and the seconds before one more may be asked."""
    kept = ratelimit.get_cache_key(request, app=OF, action=action, rate=rate, key=key)
    now, asked = time.time(), cache.get(kept, [])
    alive = [one for one in asked if one > now - rate.duration]
    left = max(0, rate.amount - len(alive))
    wait = math.ceil(min(alive) + rate.duration - now) if alive else 0
    name, wait = f'"{action}"', max(1, wait)
    policy = f"{name};q={rate.amount};w={int(rate.duration)}"
    return policy, f"{name};r={left};t={wait}", 0 if left else wait
