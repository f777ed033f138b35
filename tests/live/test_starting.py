from __future__ import annotations

import asyncio
import gc

from config.asgi import application


def test_what_a_server_loads_once_is_left_out_of_the_collector_s_rounds():
    told: list[str] = []
    messages = iter(({"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}))

    async def receive():
        return next(messages)

    async def send(message):
        told.append(message["type"])

    try:
        asyncio.run(application({"type": "lifespan"}, receive, send))
        kept = gc.get_freeze_count()
    finally:
        gc.unfreeze()

    assert told == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert kept > 10_000
