from __future__ import annotations

from django.core.management.commands import migrate

from jalons.cli.states import LeanExecutor

# Django’s command names its executor itself, and leaves no other place to say which.
migrate.MigrationExecutor = LeanExecutor  # type: ignore[attr-defined]

Command = migrate.Command
