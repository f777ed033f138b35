"""How a person may be reached, read in what was typed, so that two typings compare."""

from __future__ import annotations

import re
import unicodedata

PHONE_DIGITS = 9
"""What a number keeps whatever its prefix, +33 or 0."""
WHOLE_NUMBER = 10
LONGEST_NUMBER = 15
"""Digits of a number with its country (ITU-T E.164); more are two numbers."""
SHORTEST_NUMBER = 6
"""Shorter, it reaches nobody."""
ADDRESS = re.compile(r"[^\s@,;<>()]+@[^\s@,;<>()]+")
NUMBER = re.compile(r"\+?[0-9][0-9 ().\-/]*")


def reached_by(contact: str) -> frozenset[str]:
    """Each number and each address of a contact; none, it reaches nobody.

    >>> reached_by("+33 (0)6 12 34 56 78") == reached_by("06.12.34.56.78 (le soir)")
    True
    >>> sorted(reached_by("05 55 00 00 00 poste 12, M.Exemple@exemple.fr."))
    ['555000000', 'm.exemple@exemple.fr']
    """
    text = unicodedata.normalize("NFKC", contact).lower()
    addresses = {one.strip(".") for one in ADDRESS.findall(text)}
    numbers = {
        number
        for run in NUMBER.findall(ADDRESS.sub(" ", text))
        for number in _numbers("".join(c for c in run if c.isdigit()))
    }
    return frozenset(addresses | numbers)


def _numbers(digits: str) -> list[str]:
    if len(digits) < SHORTEST_NUMBER:
        return []
    if len(digits) <= LONGEST_NUMBER:
        return [digits[-PHONE_DIGITS:]]
    each = [
        digits[at : at + WHOLE_NUMBER] for at in range(0, len(digits), WHOLE_NUMBER)
    ]
    return [one[-PHONE_DIGITS:] for one in each if len(one) >= SHORTEST_NUMBER]
