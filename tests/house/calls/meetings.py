from __future__ import annotations

from jalons.meetings import access
from jalons.meetings.models import Attendee
from tests.actors.people import make_actor
from tests.house.calls.call import Call, Side
from tests.meetings.gatherings import DAY, make_meeting


def calls(side: Side) -> dict[str, Call]:
    """A meeting, an actor invited, somebody who came, and what the invitation opens."""
    actor = make_actor(side.space, f"Invité {side.mark}", by=side.owner)
    meeting = make_meeting(side.space, f"Rencontre {side.mark}", by=side.owner)
    meeting.guests.add(actor)
    came = Attendee.objects.create(meeting=meeting, name=f"Sacha {side.mark}")
    space = {"space_pk": side.space.pk}
    one = space | {"pk": meeting.pk}
    given = {"kind": "workshop", "day": DAY, "begins": "09:00", "ends": "12:00"}
    by_link = Call(
        {"secret": "AAAAAAAAAAAAAAAAAAAAAA"},
        respondent={"secret": access.secret_of(meeting)},
    )
    return {
        "meetings:list": Call(space),
        "meetings:add": Call(space, post=given | {"title": "Autre"}),
        "meetings:show": Call(one),
        "meetings:edit": Call(one, post=given | {"title": "Atelier"}),
        "meetings:guests": Call(one, post={"guests": [actor.pk]}),
        "meetings:invite": Call(one),
        "meetings:attend": Call(one, post={"name": "Amina"}),
        "meetings:remove": Call(one | {"attendee_pk": came.pk}),
        "meetings:sheet": Call(one),
        "meetings:appointment": Call(one),
        "meetings:announced": by_link,
        "meetings:announced_appointment": by_link,
    }
