"""A room of the load driver, made and read apart from the server: `python -m`.

`make ITEMS` prepares an open workshop and prints what the driver needs to enter it;
`ledger` prints every ballot that counts in the last one.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from jalons.accounts.models import User  # noqa: E402
from jalons.meetings.models import Meeting  # noqa: E402
from jalons.meetings.operations import save_meeting  # noqa: E402
from jalons.spaces.models import Space  # noqa: E402
from jalons.spaces.operations import create_space  # noqa: E402
from jalons.territories.models import Territory  # noqa: E402
from jalons.workshops import operations  # noqa: E402
from jalons.workshops.definitions import read_run_sheets  # noqa: E402
from jalons.workshops.models import Activity, Ballot, Workshop  # noqa: E402


def make(items: int) -> dict[str, object]:
    """A matrix of so many items, open to the vote, its results shown to the room."""
    number = Workshop.objects.count() + 1
    by = User.objects.create_user(f"banc{number}@exemple.fr", "Banc")
    code = str(900_000_000 + number)
    territory = Territory.objects.create(
        kind=Territory.Kind.EPCI, code=code, name="CC d’Exemple"
    )
    space = create_space(
        by=by, name="Équipe", kind=Space.Kind.TEAM, territory=territory
    )
    start = timezone.now()
    end = start + timedelta(hours=2)
    meeting = Meeting(
        space=space, title="Essai de charge", starts_at=start, ends_at=end
    )
    save_meeting(meeting, [], by=by)
    sheet = read_run_sheets()["blank"]
    workshop = operations.prepare_workshop(meeting, sheet, by=by)
    activity = Activity(
        workshop=workshop,
        kind="matrix",
        title="Matrice",
        question="Quel impact ?",
        order=Activity.Order.NUMBER,
    )
    texts = [f"Facteur d’essai n° {number}" for number in range(1, items + 1)]
    operations.save_activity(activity, texts, by=by)
    operations.open_workshop(workshop, by=by)
    operations.go_to(activity, "rate", by=by)
    operations.show_results(activity, by=by)
    client = Client()
    client.force_login(by)
    return {
        "code": workshop.code,
        "stage": reverse("workshops:stage", args=[space.pk, workshop.pk]),
        "session": client.cookies["sessionid"].value,
        "items": list(activity.items.in_order().values_list("pk", flat=True)),
    }


def ledger() -> list[object]:
    """Every ballot of the last room, in the order in which it was kept."""
    room = Workshop.objects.latest("pk")
    kept = Ballot.objects.filter(activity__workshop=room).order_by("pk")
    return [
        [str(one.key), one.participant_id, one.item_id, one.marks, one.is_current]
        for one in kept
    ]


if __name__ == "__main__":
    found = make(int(sys.argv[2])) if sys.argv[1] == "make" else ledger()
    print(json.dumps(found))
