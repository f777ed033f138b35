"""Builds the demonstration on a migrated database, by its own commands: `python -m`."""

from __future__ import annotations

from io import StringIO

import django

django.setup()

from django.core.management import call_command  # noqa: E402


def main() -> None:
    for name in ("reference", "figures", "indices", "questionnaires", "library"):
        call_command(f"load_{name}")
    call_command("commune_map", stdout=StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("demo")


main()
