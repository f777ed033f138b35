from __future__ import annotations

from django.urls import URLPattern, path

from jalons.api import views
from jalons.api.gate import open_data
from jalons.api.site import api

app_name = "api"
BASE = "api/v1/"


def _reading() -> list[URLPattern]:
    """The addresses made from the parts of the API, each through the same gate."""
    patterns, _app_name, _namespace = api.urls
    return [
        path(f"{BASE}{one.pattern}", open_data(one.callback), name=one.name)
        for one in patterns
        if isinstance(one, URLPattern) and one.name != "api-root"
    ]


urlpatterns = [
    path(BASE, views.show, name="show"),
    path(f"{BASE}openapi.json", open_data(views.openapi), name="openapi"),
    path(f"{BASE}catalogue.jsonld", open_data(views.catalogue), name="catalogue"),
    *_reading(),
    path(f"{BASE}<path:address>", open_data(views.unknown), name="unknown"),
]
