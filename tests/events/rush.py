"""People who confirm at the same instant, each in a process of their own."""

from __future__ import annotations

import sys

import django

django.setup()

from jalons.events.models import Event, Registration  # noqa: E402
from jalons.events.registering import confirm  # noqa: E402
from tests.events.agenda import ask_place, make_event  # noqa: E402
from tests.factories import make_space, make_user  # noqa: E402


def main(what: str) -> None:
    if what == "prepare":
        officer = make_user("Chargée de mission")
        event = make_event(make_space(owner=officer), by=officer, capacity=5)
        for number in range(20):
            ask_place(event, f"personne{number}@exemple.fr")
        return
    half = 0 if what == "first" else 1
    event = Event.objects.get()
    for one in event.registrations.order_by("pk")[half::2]:
        confirm(Registration.objects.select_related("event").get(pk=one.pk))


if __name__ == "__main__":
    main(sys.argv[1])
