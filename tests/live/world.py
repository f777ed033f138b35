"""Events written by another process than those that stream: `python -m`."""

from __future__ import annotations

import sys

import django

django.setup()

from jalons.live import access  # noqa: E402
from jalons.live import operations as live  # noqa: E402


def main(count: str) -> None:
    """Tell so many votes to the projector, then give the word by which one listens."""
    for _time in range(int(count)):
        live.tell("salle", "vote", to=("stage",))
    print(access.secret_for("salle", "stage"))


if __name__ == "__main__":
    main(sys.argv[1])
