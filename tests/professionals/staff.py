"""Professionals for the tests, noted as a team notes them."""

from __future__ import annotations

import itertools
import re

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.mail.models import Message
from jalons.professionals import operations
from jalons.professionals.models import Professional

_numbers = itertools.count(1)


def make_professional(actor: Actor, *, by: User, **fields: object) -> Professional:
    given = {
        "name": "Dominique Exemple",
        "email": f"agent{next(_numbers)}@exemple.fr",
        "source": "donné par la personne",
        **fields,
    }
    person = Professional(space=actor.space, actor=actor, **given)
    return operations.add_professional(person, by=by)


def link_in(reason: str, recipient: str) -> str:
    """The path of the personal link in the last mail of this reason."""
    mail = Message.objects.filter(reason=reason, recipient=recipient).latest("pk")
    found = re.search(r"/mes-coordonnees/[\w-]+/", mail.text)
    assert found, mail.text
    return found[0]
