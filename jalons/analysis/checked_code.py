"""A short code that knows when it was typed wrongly: its last letter checks the others.

The check is the hybrid system of ISO 7064 (MOD N+1, N), here MOD 31,30 over an alphabet
of 30 signs without those taken for one another (0, 1, I, L, O, U). One wrong sign is
always noticed, two neighbours swapped nearly always (the tests count them). It tells a
slip of the finger; it hides nothing and proves nothing.
"""

from __future__ import annotations

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
"""Seven signs drawn at random, thirty-four bits, then the check."""
GROUP = 4


def check_of(body: str) -> str:
    """The sign that completes a code.

    >>> check_of("K7QM3FX")
    '9'
    """
    size, carried = len(ALPHABET), len(ALPHABET)
    for sign in body:
        total = (carried + ALPHABET.index(sign)) % size or size
        carried = total * 2 % (size + 1)
    return ALPHABET[(1 - carried) % size]


def is_whole(code: str) -> bool:
    """Whether a code has its length, its signs and the right check.

    >>> is_whole("K7QM3FX9"), is_whole("K7QM3FXA"), is_whole("K7QM")
    (True, False, False)
    """
    return (
        len(code) == LENGTH
        and set(code) <= set(ALPHABET)
        and check_of(code[:-1]) == code[-1]
    )


def typed(text: str) -> str:
    """The code however it was typed: spaces, hyphens and small letters apart.

    >>> typed(" k7qm-3fx9 ")
    'K7QM3FX9'
    """
    return "".join(sign for sign in text.upper() if sign.isalnum())


def shown(code: str) -> str:
    """In two groups, to be read out.

    >>> shown("K7QM3FX9")
    'K7QM-3FX9'
    """
    return f"{code[:GROUP]}-{code[GROUP:]}"
