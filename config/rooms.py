"""Short pages that many ask for at once, with threads of their own.

The general way between ASGI and WSGI (`a2wsgi`) passes each piece of a body from a
thread to the loop and back, so that a long file is never whole in memory. What a
telephone of a workshop, or somebody who answers a survey, sends and receives is a few
kilobytes: it is read whole, made by one thread, and sent whole. A heavy file that
somebody asks for does not make them wait; nor do those who arrive all at once make a
vote, or the projector, wait behind them.
"""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from a2wsgi.wsgi import build_environ

LONGEST = 100_000
"""Bytes of what is sent; more goes the general way, which does not read it first."""
THREADS = {
    re.compile(kind): ThreadPoolExecutor(most, thread_name_prefix=name)
    for name, most, kind in (
        ("sent", 5, r"/salle/[^/]+/envoyer/"),
        ("phone", 2, r"/(?:salle|atelier)/.*"),
        ("projector", 1, r"/espaces/\d+/ateliers/\d+/projection/"),
        ("answer", 3, r"/(?:repondre|integre)/.*"),
    )
}
"""Few of each: Python runs one at a time, and those that wait for it slow it down."""


def threads_for(scope) -> ThreadPoolExecutor | None:
    """Those of a request that is one of those, and says how little it sends."""
    path = scope["path"]
    found = (threads for kind, threads in THREADS.items() if kind.fullmatch(path))
    return next(found, None) if _is_short(scope) else None


def _is_short(scope) -> bool:
    headers = dict(scope["headers"])
    length = headers.get(b"content-length", b"0")
    is_said = b"transfer-encoding" not in headers and length.isdigit()
    return is_said and int(length) <= LONGEST


async def serve(wsgi, threads, scope, receive, send):
    """One request, whole, and its answer."""
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    environ = build_environ(scope, BytesIO(body))
    loop = asyncio.get_running_loop()
    start, content = await loop.run_in_executor(threads, _run, wsgi, environ)
    await send(start)
    await send({"type": "http.response.body", "body": content})


def _run(wsgi, environ) -> tuple[dict[str, object], bytes]:
    start: dict[str, object] = {"type": "http.response.start"}

    def start_response(status, headers, _error=None):
        start["status"] = int(status.split(" ", 1)[0])
        start["headers"] = [
            (name.lower().encode("latin-1"), value.strip().encode("latin-1"))
            for name, value in headers
        ]

    answer = wsgi(environ, start_response)
    try:
        return start, b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
