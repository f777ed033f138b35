"""Where the public page of an adopted roadmap leads: what apps above give to read.

An app above this one names its functions by `public_links` on its AppConfig: each takes
a roadmap and an instant, and gives words and an address, or None.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache

from django.apps import apps
from django.utils.module_loading import import_string

from jalons.roadmaps.models import Roadmap

Link = tuple[str, str]


@cache
def makers() -> list[Callable[[Roadmap, datetime], Link | None]]:
    paths = [
        path
        for app in apps.get_app_configs()
        for path in getattr(app, "public_links", ())
    ]
    return [import_string(path) for path in paths]


def public_links(roadmap: Roadmap, at: datetime) -> list[Link]:
    """What all may read beside an adopted roadmap, at this moment."""
    found = (make(roadmap, at) for make in makers())
    return [one for one in found if one]
