"""`jalons demo`: build the demonstration, once."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from jalons.demo import operations


class Command(BaseCommand):
    help = "Build the demonstration (real territories, simulated answers), once."

    def handle(self, **options):
        if operations.is_built():
            self.stdout.write("The demonstration is already there.")
            return
        report = operations.build()
        self.stdout.write(
            f"Demonstration built: {report.responses} simulated responses, "
            f"{report.territories} EPCI. Sign in as {report.email}."
        )
