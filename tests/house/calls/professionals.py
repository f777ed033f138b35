from __future__ import annotations

from jalons.accounts.models import Link
from jalons.accounts.operations import give_link
from jalons.professionals.models import Professional
from tests.actors.people import make_actor
from tests.house.calls.call import Call, Side
from tests.professionals.staff import make_professional


def calls(side: Side) -> dict[str, Call]:
    """A person noted by the team, and their own link."""
    actor = make_actor(side.space, f"Employeur {side.mark}", by=side.owner)
    person = make_professional(actor, by=side.owner, name=f"Agent {side.mark}")
    link, secret = give_link(Link.Purpose.CONTACT, expires_at=None)
    Professional.objects.filter(pk=person.pk).update(link=link)
    space = {"space_pk": side.space.pk}
    one = space | {"pk": person.pk}
    given = {"name": "Sacha", "email": "sacha@exemple.fr", "source": "rencontre"}
    guessed, own = {"secret": "A" * 22}, {"secret": secret}
    return {
        "professionals:list": Call(space),
        "professionals:load": Call(space),
        "professionals:add": Call(space | {"actor_pk": actor.pk}, post=given),
        "professionals:edit": Call(one, post=given),
        "professionals:delete": Call(one),
        "professionals:card": Call(guessed, post=given, respondent=own),
        "professionals:withdraw": Call(guessed, respondent=own),
    }
