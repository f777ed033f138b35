"""The right to listen: a signed word that says which channel, and as whom.

The app that shows a page decides who its reader is and gives the word; nobody can make
one, nor change the audience of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import Http404

SALT = "jalons.live"
GOOD_FOR_SECONDS = 24 * 3600
"""A page left open over a day is loaded again."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Whoever holds the word: what they hear, and as which audience."""

    channel: str
    audience: str


def secret_for(channel: str, audience: str) -> str:
    """The word to be given to a page."""
    return signing.dumps([channel, audience], salt=SALT, compress=True)


def find_listener(secret: str) -> Listener:
    """Who listens with this word; a 404 for any other."""
    try:
        channel, audience = signing.loads(secret, salt=SALT, max_age=GOOD_FOR_SECONDS)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    return Listener(str(channel), str(audience))
