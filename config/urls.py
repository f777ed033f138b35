"""The map of the site: French words, one line for each app."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("jalons.front.urls")),
]
