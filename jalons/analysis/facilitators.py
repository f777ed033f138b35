"""Facilitators of a formalised strategy, tested question against question.

The survey of 2022 holds that a body that coordinates actors (R1) and a political
sponsorship (P2) go with a strategy (S3) that is formalised (S4). Crossing them with a
total that contains them would find a link by construction: each question is crossed
with each other one. "Go with" is all that a survey can show.

>>> [(one.facilitator.code, one.outcome.code) for one in PAIRS]
[('R1', 'S3'), ('R1', 'S4'), ('P2', 'S3'), ('P2', 'S4')]

Source: synthesis "Numérique et territoires en Nouvelle-Aquitaine" (PQN-A, January
2023), chapter on local strategies, for the two facilitators; the cuts are ours.
"""

from __future__ import annotations

from dataclasses import dataclass

YES, NO = "yes", "no"

DELIBERATION_IN_BOTH = "deliberation_in_both"
"""P3 qualifies P2 and S4 qualifies S3: a deliberation counts in P3 and in S4, so that
part of the link between the two sides is one and the same act."""


@dataclass(frozen=True, slots=True)
class Side:
    """A question read as yes or no: yes from `at_least` points."""

    code: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A facilitator and what it may go with; `remarks` must be shown beside it."""

    facilitator: Side
    outcome: Side
    remarks: tuple[str, ...] = ()


COORDINATED = Side("R1", at_least=3)
SPONSORED = Side("P2", at_least=3)
HAS_STRATEGY = Side("S3", at_least=3)
FORMALISED = Side("S4", at_least=2)
"""At least two of the four marks of a formalised strategy: our choice."""

PAIRS = (
    Pair(COORDINATED, HAS_STRATEGY),
    Pair(COORDINATED, FORMALISED),
    Pair(SPONSORED, HAS_STRATEGY),
    Pair(SPONSORED, FORMALISED, (DELIBERATION_IN_BOTH,)),
)
