"""People who confirm at the same instant, each in a process of their own."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import django

django.setup()

from jalons.events.models import Event, Registration  # noqa: E402
from jalons.events.registering import confirm  # noqa: E402
from tests.events.agenda import ask_place, make_event  # noqa: E402
from tests.factories import make_space, make_user  # noqa: E402

PATIENCE = 60


def main(what: str, meeting_point: Path | None = None) -> None:
    if what == "prepare":
        officer = make_user("Chargée de mission")
        event = make_event(make_space(owner=officer), by=officer, capacity=5)
        for number in range(20):
            ask_place(event, f"personne{number}@exemple.fr")
        return
    half = 0 if what == "first" else 1
    event = Event.objects.get()
    if meeting_point:
        wait_for_both(meeting_point, what)
    for one in event.registrations.order_by("pk")[half::2]:
        confirm(Registration.objects.select_related("event").get(pk=one.pk))


def wait_for_both(meeting_point: Path, what: str) -> None:
    """Say that this process is ready, and begin when the other says so."""
    (meeting_point / what).touch()
    until = time.monotonic() + PATIENCE
    while not all((meeting_point / one).exists() for one in ("first", "second")):
        if time.monotonic() > until:
            raise TimeoutError("the other process never came")
        # Nobody else is told of the file: it is looked for again.
        time.sleep(0.001)


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
