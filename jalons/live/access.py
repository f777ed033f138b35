"""The right to listen, and the numbers by which pages say how far they heard.

The right is a signed word that says which channel, and as whom.

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
MOST_DIGITS = 18
"""What a key of the database holds: a longer number is none of them."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Whoever holds the word: what they hear, and as which audience."""

    channel: str
    audience: str


def secret_for(channel: str, audience: str) -> str:
    """The word to be given to a page."""
    return signing.dumps([channel, audience], salt=SALT, compress=True)


def read_number(text: str | int | None) -> int | None:
    """The number that a form or an address gives; nothing when it is not one.

    >>> read_number("12"), read_number("9" * 5000), read_number("-1")
    (12, None, None)
    """
    given = "" if text is None else str(text)
    return int(given) if given.isdecimal() and len(given) <= MOST_DIGITS else None


def find_listener(secret: str) -> Listener:
    """Who listens with this word; a 404 for any other."""
    try:
        channel, audience = signing.loads(secret, salt=SALT, max_age=GOOD_FOR_SECONDS)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    return Listener(str(channel), str(audience))
