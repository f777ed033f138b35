from __future__ import annotations

from jalons.events import operations
from jalons.events.secrets import token_of
from tests.events.agenda import come, make_event
from tests.house.calls.call import Call, Side
from tests.meetings.gatherings import DAY


def calls(side: Side) -> dict[str, Call]:
    """An event of the agenda, somebody registered, a question, the next session."""
    event = make_event(side.space, f"Webinaire {side.mark}", by=side.owner)
    following = make_event(side.space, f"Suite {side.mark}", by=side.owner)
    one = come(event, "sacha@exemple.fr", f"Sacha {side.mark}")
    question = operations.ask_question(event, f"Combien {side.mark} ?")
    space, public = {"space_pk": side.space.pk}, {"pk": event.pk}
    here = space | public
    given = {"kind": "webinar", "title": "Autre", "day": DAY}
    given |= {"begins": "09:00", "ends": "12:00"}
    by_link = {"token": "A" * 32}, {"token": token_of(one)}
    visitor = {"name": "Amina", "email": "amina@exemple.fr"}
    person, asked = here | {"one_pk": one.pk}, here | {"one_pk": question.pk}
    plain = ("manage", "publish", "tell", "registered_csv")
    return {
        **{f"events:{name}": Call(here) for name in plain},
        **{f"events:{name}": Call(public) for name in ("show", "one_ics")},
        "events:list": Call(space),
        "events:add": Call(space, post=given),
        "events:edit": Call(here, post=given),
        "events:cancel": Call(here, post={"reason": "Neige"}),
        "events:follow": Call(here, post={"replay_url": ""}),
        "events:propose": Call(here | {"next_pk": following.pk}),
        "events:present": Call(person),
        "events:remove": Call(person),
        "events:answer": Call(asked, post={"answer": "Oui"}),
        "events:refuse": Call(asked),
        "events:register": Call(public, post=visitor),
        "events:ask": Call(public, post={"text": "Est-ce gratuit ?"}),
        "events:mine": Call(by_link[0], respondent=by_link[1]),
        "events:own_appointment": Call(by_link[0], respondent=by_link[1]),
        "events:rate": Call(by_link[0], post={}, respondent=by_link[1]),
    }
