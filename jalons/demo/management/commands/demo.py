"""`jalons demo`: build the demonstration, once."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from jalons.demo import operations


class Command(BaseCommand):
    help = "Build the demonstration (real territories, simulated answers), once."

    def handle(self, **options):
        if is_behind():
            raise CommandError(
                "The database is that of an older version: run `make setup` (or "
                "`jalons migrate`), then `jalons demo` again."
            )
        if operations.is_built():
            self.stdout.write("The demonstration is already there.")
            return
        report = operations.build()
        self.stdout.write(
            f"Demonstration built: {report.responses} simulated responses, "
            f"{report.territories} EPCI. Sign in as {report.email}."
        )


def is_behind() -> bool:
    """Whether the database waits for migrations of this version."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
