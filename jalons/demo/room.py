"""A workshop of the demonstration taken to a room without network, and brought back.

The laptop is imitated: what it would have changed is written in the file it gives back,
under the seal of the outing. The return itself is that of any facilitator.
"""

from __future__ import annotations

import json
from uuid import uuid4

from jalons.accounts.models import User
from jalons.rooms import operations as rooms
from jalons.rooms.access import find_outing
from jalons.rooms.bundles import seal
from jalons.rooms.merging import bring_back
from jalons.workshops import writing
from jalons.workshops.models import Item, Participant, Workshop

ON_SITE = "Comment ne laisser personne seul devant une démarche, en ligne ou non\u202f?"
IN_ROOM = "Comment accompagner chaque personne devant une démarche en ligne\u202f?"
ADDED = "Des permanences sur le marché du samedi"
CAME = "Simone"


def invent_outing(workshop: Workshop, officer: User) -> None:
    """A workstream and a person more; a stake worded otherwise on both sides."""
    data = rooms.take_out(workshop, by=officer)
    activity = workshop.activities.get(kind="workstreams")
    stake = activity.items.filter(stake=None).in_order().last()
    assert stake is not None
    writing.reword_stake(stake, ON_SITE, by=officer)
    bring_back(*find_outing(_played(data, stake)), by=officer)


def _played(data: bytes, stake: Item) -> bytes:
    """The file that a laptop gives back once the workshop was played there."""
    content = json.loads(data)
    secret, rows = content.pop("secret"), content["rows"]
    for name in ("about", "seal"):
        del content[name]
    items = rows[Item._meta.label]
    known = next(values for pk, values in items if pk == stake.pk)
    known["text"] = IN_ROOM
    new = {"text": ADDED, "stake": stake.pk, "number": len(items) + 1}
    items.append(_copy(items, key=str(uuid4()), author=None, **new))
    people = rows[Participant._meta.label]
    people.append(_copy(people, alias=CAME, table=None, sheet=None))
    return seal(content | {"way": "back"}, secret)


def _copy(rows: list[list], **fields: object) -> tuple[int, dict[str, object]]:
    """One more row, after the last one."""
    pk, values = rows[-1]
    return pk + 1, values | fields
