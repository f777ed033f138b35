from __future__ import annotations

from django.apps import AppConfig


class PocketConfig(AppConfig):
    name = "jalons.pocket"
