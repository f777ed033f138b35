"""What a free text may hold that tells who a person is: to be refused, or asked about.

An e-mail address, a telephone number or a title before a name ("Mme Martin") leave no
doubt. Two words in capitals ("Jeanne Martin") may as well be a place: one asks. Nobody
is recognised by a list of first names, and a text without any of these may still tell
of somebody: the help beside the field says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

Kind = Literal["address", "telephone", "title"]

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
TELEPHONE = re.compile(
    r"(?:(?:\+|00)\s?33\s?|\b0)[1-9](?:[\s.\u00a0\u202f-]?\d{2}){4}\b"
)
# "Mme la maire" and "Monsieur le Maire" name an office: a name follows the title.
TITLE = re.compile(
    r"\b(?:MM?\.|Mr\.?|Mmes?|Mlle|Dr|Monsieur|Madame|Mesdames|Messieurs|Mademoiselle)"
    r"\s+[A-ZÀ-Þ][\w’'-]+"
)
CAPITALS = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ’'-]+(?:[ \u00a0][A-ZÀ-Þ][\w’'-]+)+")
KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("address", ADDRESS),
    ("telephone", TELEPHONE),
    ("title", TITLE),
)
SERVICES = (
    "agricole caf caisse carsat ccas conseil croix crédit emploi espace france la le "
    "les locale maison mission msa médiathèque poste pôle saint sainte secours "
    "services travail"
)
NO_PERSON = frozenset(SERVICES.split(" "))
"""Words that begin or end the name of a service or of a place."""


def certain(text: str) -> Iterator[tuple[Kind, str]]:
    """What tells of a person without doubt: its kind, and the words themselves.

    >>> list(certain("Mme Martin, 05 53 00 00 00; la maire, Mme la directrice"))
    [('telephone', '05 53 00 00 00'), ('title', 'Mme Martin')]
    """
    for kind, pattern in KINDS:
        for found in pattern.finditer(text):
            yield kind, found[0]


def possible(text: str, places: Iterable[str] = ()) -> list[str]:
    """Words in capitals that may name a person; those of known places are not.

    >>> possible("Jeanne Martin, de la Mission Locale du Bugue")
    ['Jeanne Martin']
    >>> possible("le maire de Val Fleuri", places=["Val Fleuri"])
    []
    """
    known = {each.casefold() for each in places}
    return [
        found[0]
        for found in CAPITALS.finditer(text)
        if found[0].casefold() not in known
        and not NO_PERSON & set(found[0].casefold().split())
    ]
