"""`jalons work`: one task worker; as many as wanted share the queue on PostgreSQL."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from jalons.cli.working import Keeper, make_worker


class Command(BaseCommand):
    help = "Do the tasks that wait, and those that a dead worker had begun."

    def add_arguments(self, parser):
        parser.add_argument("--batch", action="store_true", help="end when none waits")

    def handle(self, *, batch: bool, **options):
        worker = make_worker(is_batch=batch)
        worker.configure_signals()
        with Keeper(worker.worker_id):
            worker.run()
