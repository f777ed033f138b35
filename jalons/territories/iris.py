"""IRIS: the parts of large communes for which INSEE publishes figures.

An IRIS has nine characters, the first five of which are those of its commune on the day
it was drawn; an EPCI has nine digits too. Here its code begins with an I:

>>> code_of("243220101")
'I243220101'

A commune that is not divided is one IRIS, whose code ends with 0000: it is told by its
commune, and is not kept apart.
"""

from __future__ import annotations

from dataclasses import dataclass

PREFIX = "I"
LENGTH = 9
UNDIVIDED = "0000"


@dataclass(frozen=True, slots=True)
class Iris:
    """One line of INSEE's table: nine characters, a name, the commune of today."""

    code: str
    name: str
    commune: str


def code_of(iris: str) -> str:
    """The code of the territory, from that of INSEE."""
    return f"{PREFIX}{iris}"


def is_whole(iris: str) -> bool:
    """Whether a code is that of a commune that is not divided.

    >>> is_whole("240530000"), is_whole("243220101")
    (True, False)
    """
    return iris.endswith(UNDIVIDED)
