from __future__ import annotations

from collections.abc import Callable

from django.urls import URLPattern, path

from jalons.api import views
from jalons.api.gate import View, by_key, open_data
from jalons.api.site import api

app_name = "api"
BASE = "api/v1/"
BY_KEY = {
    "key": "GET",
    "write_measures": "POST",
    "write_responses": "POST",
    "write_places": "POST",
}
"""What is asked with a key, and how."""


def _reading() -> list[URLPattern]:
    """The addresses made from the parts of the API, each through its gate."""
    patterns, _app_name, _namespace = api.urls
    return [
        path(f"{BASE}{one.pattern}", _gate(one)(one.callback), name=one.name)
        for one in patterns
        if isinstance(one, URLPattern) and one.name != "api-root"
    ]


def _gate(one: URLPattern) -> Callable[[View], View]:
    """Public data, or what a program does with its key."""
    method = BY_KEY.get(one.name or "")
    return by_key(method) if method else open_data


urlpatterns = [
    path(BASE, views.show, name="show"),
    path(f"{BASE}openapi.json", open_data(views.openapi), name="openapi"),
    path(f"{BASE}catalogue.jsonld", open_data(views.catalogue), name="catalogue"),
    path(f"{BASE}catalogue.ttl", open_data(views.turtle), name="catalogue_turtle"),
    path(
        f"{BASE}schemas/roadmap.json",
        open_data(views.roadmap_schema),
        name="roadmap_schema",
    ),
    *_reading(),
    path(f"{BASE}<path:address>", open_data(views.unknown), name="unknown"),
]
