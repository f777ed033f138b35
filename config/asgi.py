"""The one web process: `/live/…/` streams under ASGI, the rest runs under WSGI.

Django lists synchronous streams in memory under ASGI; an export would weigh as
much as its file. See docs/decisions/0002-pages-under-wsgi.md.
"""

from __future__ import annotations

import gc
import os
from importlib import import_module

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
live = get_asgi_application()

from config import rooms  # noqa: E402 (Django must be set up first)
from config.wsgi import application as wsgi  # noqa: E402
from jalons.live.asking import answer  # noqa: E402

pages = WSGIMiddleware(wsgi, workers=8)


async def application(scope, receive, send):
    """Send a request to the side of the house that serves it best."""
    if scope["type"] == "lifespan":
        return await _answer_lifespan(receive, send)
    path = scope.get("path", "")
    is_live = path.startswith("/live/")
    is_asked = is_live and path.endswith("/suite/")
    if is_asked and await answer(scope, send):
        return None
    if threads := rooms.threads_for(scope):
        return await rooms.serve(wsgi, threads, scope, receive, send)
    side = live if is_live and not is_asked else pages
    return await side(scope, receive, send)


async def _answer_lifespan(receive, send):
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            _settle()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _settle() -> None:
    """Load the pages, and leave what is loaded out of the collector's rounds.

    It lives as long as the process: reading it all again took 150 ms of whichever page
    was being made.
    """
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()
