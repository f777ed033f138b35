"""Measures of the site, counted when they are asked for, in Prometheus’s text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.registry import Collector

from jalons.cli import durations, pulse
from jalons.mail.models import Message


class Site(Collector):
    """The same whichever web process answers: all is read from the database."""

    def collect(self) -> Iterator[Gauge]:
        free = shutil.disk_usage(settings.VAR_DIR).free
        yield Gauge("jalons_disk_free_bytes", "Room left on the disk.", value=free)
        try:
            measures = list(_database())
        except DatabaseError:
            measures = []
        up = int(bool(measures))
        yield Gauge("jalons_database_up", "1 when the database answers.", value=up)
        yield from measures


def _database() -> Iterator[Gauge]:
    now = timezone.now()
    wait = pulse.oldest_wait(now).total_seconds()
    yield Gauge("jalons_tasks_oldest_wait_seconds", "Of tasks not begun.", value=wait)
    tasks = Gauge("jalons_tasks", "Background tasks by state.", labels=["state"])
    for state in ("ready", "running", "failed"):
        tasks.add_metric([state], getattr(DBTaskResult.objects, state)().count())
    yield tasks
    mails = Gauge("jalons_mails", "Mails by state.", labels=["state"])
    mails.add_metric(["waiting"], Message.objects.waiting().count())
    mails.add_metric(["uncertain"], Message.objects.uncertain(at=now).count())
    yield mails
    late = pulse.pending_migrations()
    yield Gauge("jalons_migrations_pending", "Changes not made.", value=late)


def text() -> bytes:
    registry = CollectorRegistry()
    registry.register(Site())
    return generate_latest(registry) + generate_latest(durations.every())
