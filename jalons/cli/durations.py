"""How long answers take, by the name of their page: no address, no person.

Each web process counts in a file of its own (`prometheus_client`’s multiprocess mode);
whoever answers `/sante/mesures/` adds up those of its machine. A stream counts until
its first word.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase
from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

# From what is felt as immediate to what nobody waits for.
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
UNKNOWN = "unknown"
"""The page of an address that leads nowhere: anybody may invent such names."""
# Of one process: every page, in every kind of status, fits in it.
FILE_SIZE = 4 << 20
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
registry = CollectorRegistry()
SECONDS = Histogram(
    "jalons_request_duration_seconds",
    "Until the answer is ready, by page.",
    ["page", "status"],
    buckets=BUCKETS,
    registry=registry,
)


class DurationMiddleware:
    """Counts each answer under the name of its page and the kind of its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        if FOLDER in os.environ:
            reserve(Path(os.environ[FOLDER]))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        found = request.resolver_match
        page = (found.view_name if found else "") or UNKNOWN
        status = f"{response.status_code // 100}xx"
        SECONDS.labels(page, status).observe(time.perf_counter() - began)
        return response


def reserve(folder: Path) -> None:
    """Have the disk give the file of this process whole, before it is mapped.

    A page of a mapped file that a full disk cannot give ends the process at once
    (SIGBUS), whatever it was answering. Without that room, nothing is counted.
    """
    path = folder / f"histogram_{os.getpid()}.db"
    try:
        with path.open("ab") as file:
            os.posix_fallocate(file.fileno(), 0, FILE_SIZE)
    except OSError as full:
        path.unlink(missing_ok=True)
        raise MiddlewareNotUsed("No room on the disk to count answers.") from full


def every() -> CollectorRegistry:
    """What all the processes of this machine counted; in tests, this one."""
    if FOLDER not in os.environ:
        return registry
    found = CollectorRegistry()
    MultiProcessCollector(found)
    return found


def forget() -> None:
    """Counts begin again with the service: its former processes count no more."""
    for path in settings.DURATIONS_DIR.glob("*.db"):
        path.unlink(missing_ok=True)
