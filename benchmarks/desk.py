"""The workstream of two writers, made and read apart from the server: `python -m`.

`make` prepares it and prints what the writers need to enter it; `states` prints what
the history holds of it.
"""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from jalons.accounts.models import User  # noqa: E402
from jalons.roadmaps import operations  # noqa: E402
from jalons.roadmaps.models import (  # noqa: E402
    Revision,
    Roadmap,
    Workstream,
)
from jalons.spaces.models import Membership, Role, Space  # noqa: E402
from jalons.spaces.operations import create_space  # noqa: E402
from jalons.territories.models import Territory  # noqa: E402


def make() -> dict[str, object]:
    """An empty workstream of a roadmap, and two members who may write in it."""
    amina = User.objects.create_user("amina@exemple.fr", "Amina")
    luc = User.objects.create_user("luc@exemple.fr", "Luc")
    territory = Territory.objects.create(
        kind=Territory.Kind.EPCI, code="900000001", name="CC d’Exemple"
    )
    space = create_space(
        by=amina, name="Équipe", kind=Space.Kind.TEAM, territory=territory
    )
    Membership.objects.create(space=space, user=luc, role=Role.CONTRIBUTOR)
    roadmap = operations.start_roadmap(
        Roadmap(space=space, title="Essai", territory_name="CC d’Exemple"),
        perimeter=(),
        group=(),
        by=amina,
    )
    stake = operations.add_stake(roadmap, "Comment écrire à deux ?", by=amina)
    row = Workstream(stake=stake, title="Un chantier à deux")
    operations.add_workstream(row, {}, by=amina)
    return {
        "address": reverse("roadmaps:edit_workstream", args=[roadmap.pk, row.pk]),
        "sessions": [_session_of(one) for one in (amina, luc)],
    }


def states() -> dict[str, object]:
    """What the workstream said, by version, and its version of today."""
    row = Workstream.objects.get()
    kept = Revision.objects.filter(kind="workstream", row=row.pk).order_by("pk")
    return {
        "version": row.version,
        "states": {str(one.version): one.state for one in kept},
    }


def _session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    print(json.dumps(make() if sys.argv[1] == "make" else states()))
