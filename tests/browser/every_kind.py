"""A workshop with an activity of every kind, on the files of a site: says its links.

Run as a command beside the web process: `python -m tests.browser.every_kind`.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode
from uuid import uuid4

import django

django.setup()

from django.http import QueryDict  # noqa: E402

from jalons.accounts.models import User  # noqa: E402
from jalons.spaces.models import Space  # noqa: E402
from jalons.workshops import mapping, seating, tying  # noqa: E402
from jalons.workshops.minutes import draft_minutes  # noqa: E402
from jalons.workshops.models import Activity, Participant, Workshop  # noqa: E402
from tests.browser.walks import OFFICER  # noqa: E402
from tests.workshops import rooms  # noqa: E402

# What people paste: nothing in it tells where to fold it.
LONG = "https://www.exemple.fr/une-adresse/vraiment-tres-longue/qui-ne-se-plie-pas"
WRITTEN = ("wall", "questions", "cloud")


def main() -> None:
    officer = User.objects.get(email=OFFICER)
    space = Space.objects.filter(memberships__user=officer).earliest("pk")
    workshop = rooms.make_workshop(space, "blank", by=officer, title="De tout un peu")
    seating.set_tables(workshop, ["Table bleue", "Table verte"], by=officer)
    amina, secret = rooms.comes(workshop)
    for kind in WRITTEN:
        activity = rooms.add(workshop, kind, by=officer, has_factors=kind == "wall")
        rooms.says(activity, amina, "La fibre")
        rooms.says(activity, amina, LONG[:40] if kind == "cloud" else LONG)
    for kind in ("matrix", "dots"):
        rooms.add(workshop, kind, "La fibre", LONG, by=officer)
    for form in Activity.Form.values:
        rooms.add(workshop, "poll", "La fibre", LONG, by=officer, form=form)
    table, _stake, _item = rooms.make_table(workshop, by=officer)
    draw(rooms.add(workshop, "resources", by=officer), table, amina, officer)
    draft_minutes(workshop, by=officer)
    print(json.dumps(said_of(workshop, secret)))


def draw(activity: Activity, table: Activity, who: Participant, officer: User) -> None:
    """A map around the workstream of the table, with one resource to reach."""
    mapping.carry(activity, table, by=officer)
    assert activity.map is not None
    centre = activity.map.centres.get()
    sent = {"act": "resource", "centre": centre.pk, "name": LONG[:60]}
    sent |= {"category": "funding", "status": "dashed", "owner": "Le CCAS"}
    tying.keep_map(activity, QueryDict(urlencode(sent)), uuid4(), by=who)


def said_of(workshop: Workshop, secret: str) -> dict[str, object]:
    for number, one in enumerate(workshop.activities.all(), start=1):
        one.title = f"Activité {number}"
        one.save(update_fields=["title"])
    return {
        "desk": f"/espaces/{workshop.meeting.space_id}/ateliers/{workshop.pk}/",
        "phone": f"/salle/{secret}/",
        "activities": [
            {
                "number": one.pk,
                "title": one.title,
                "is_keyed": one.is_written or one.has_votes,
                # The others show the question, then what is shown.
                "phases": [str(step) for step in one.definition.phase if step.takes],
            }
            for one in workshop.activities.all()
        ],
    }


main()
