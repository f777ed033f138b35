"""The number of each question, the same on paper and in what is read on the telephone.

A questionnaire whose codes count from one (F1, F2… F20) keeps that count, which its
title announces: who answers comes first, by letter, and what completes a question
(F20_transport) bears its number again, with “bis”. Any other is numbered from one.
"""

from __future__ import annotations

import re
from string import ascii_uppercase

from jalons.questionnaires.definitions import Definition

COUNTED = re.compile(r"[A-Z](\d+)(_[a-z]+)?")


def numbers_of(definition: Definition) -> dict[str, str]:
    """What is printed before each question, by its code."""
    codes = [question.code for question in definition.questions]
    return _own_count(codes) or {
        code: str(place) for place, code in enumerate(codes, start=1)
    }


def _own_count(codes: list[str]) -> dict[str, str]:
    """The count of the codes themselves, or nothing when they do not count.

    >>> _own_count(["age", "F1", "F2", "F2_how"])
    {'age': 'A', 'F1': '1', 'F2': '2', 'F2_how': '2 bis'}
    >>> _own_count(["F1", "age", "F2"]), _own_count(["age"])
    ({}, {})
    """
    numbers: dict[str, str] = {}
    last = 0
    for code in codes:
        counted = COUNTED.fullmatch(code)
        if counted is None and not last and len(numbers) < len(ascii_uppercase):
            numbers[code] = ascii_uppercase[len(numbers)]
        elif counted and not counted[2] and int(counted[1]) == last + 1:
            last += 1
            numbers[code] = str(last)
        elif counted and counted[2] and int(counted[1]) == last:
            if f"{last} bis" in numbers.values():
                return {}
            numbers[code] = f"{last} bis"
        else:
            return {}
    return numbers if last else {}
