"""Somebody invented who asks to join the team; the request waits for an answer."""

from __future__ import annotations

from jalons.accounts.models import User
from jalons.spaces import joining
from jalons.spaces.models import Space

WORD = "J’arrive au service numérique en janvier (exemple inventé)."


def invent_request(space: Space) -> None:
    person = User.objects.create_user(
        email="nouvelle.collegue@exemple.fr", name="Nouvelle collègue (inventée)"
    )
    joining.ask(space, by=person, word=WORD)
