"""`/live/…/suite/` answered from what the process knows, beside the streams.

Five hundred telephones that cannot be pushed to ask every few seconds; one reading of
the channel serves them all, as it serves those that listen. Whatever is not plainly
such a question, or is not known here, goes to the view: same word, same answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.http import Http404
from django.http.request import split_domain_port, validate_host

from jalons.live import access
from jalons.live.reading import Catching
from jalons.live.tails import known_after

ADDRESS = re.compile(r"/live/([^/]+)/suite/")
HEADERS = (
    (b"content-type", b"application/json"),
    (b"cache-control", b"max-age=0, no-cache, no-store, must-revalidate, private"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
Send = Callable[[dict[str, Any]], Awaitable[None]]


def told(missed: Catching, audience: str) -> dict[str, object]:
    """What somebody who asks is told."""
    return {
        "number": missed.number,
        "reload": missed.must_reload,
        "events": [
            {"number": one.number, "kind": one.kind, **one.payload}
            for one in missed.events
            if one.is_for(audience)
        ],
    }


async def answer(scope: Mapping[str, Any], send: Send) -> bool:
    """Whether it was answered; nothing is sent otherwise."""
    found = ADDRESS.fullmatch(scope["path"])
    if not found or scope["method"] != "GET" or not _is_host_ours(scope):
        return False
    try:
        listener = access.find_listener(found[1])
    except Http404:
        return False
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("apres", [None])
    after = access.read_number(asked[-1]) or 0
    missed = known_after(listener.channel, listener.audience, after)
    if missed is None:
        return False
    body = json.dumps(told(missed, listener.audience)).encode()
    headers = [*HEADERS, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
    return True


def _is_host_ours(scope: Mapping[str, Any]) -> bool:
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    domain, _port = split_domain_port(hosts[0].decode("latin-1")) if hosts else ("", "")
    return validate_host(domain, settings.ALLOWED_HOSTS)
