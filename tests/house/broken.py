"""The addresses of the site, and one whose page breaks."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path

from config.urls import urlpatterns as ours


def broken(_request: HttpRequest) -> None:
    raise RuntimeError("the insides of the site")


urlpatterns = [*ours, path("casse/", broken)]
