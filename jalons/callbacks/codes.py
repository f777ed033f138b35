"""The code by which one person takes back what they left: ten letters, at random."""

from __future__ import annotations

import secrets

from jalons.rounds.enrolment import ALPHABET

LENGTH = 10
"""Forty-nine bits: dictated in one breath, not guessed while tries are counted."""
PATTERN = rf"^[{ALPHABET}]{{{LENGTH}}}$"


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def typed(text: str) -> str:
    """The code, however it was typed.

    >>> typed("k7qm3-fxpab")
    'K7QM3FXPAB'
    """
    return "".join(letter for letter in text.upper() if letter.isalnum())


def shown(code: str) -> str:
    """In two groups, to be read out.

    >>> shown("K7QM3FXPAB")
    'K7QM3-FXPAB'
    """
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"
