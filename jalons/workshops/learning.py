"""What people say they know before and after: indicator R11, on the same people."""

from __future__ import annotations

from dataclasses import dataclass

from jalons.analysis.change import Change, change
from jalons.analysis.intervals import SMALLEST_BASE
from jalons.workshops.definitions import one_line
from jalons.workshops.models import Activity, Ballot

AUTHORITIES = frozenset({"communes", "departement_region"})
"""Families of elected members and agents, of whom R11 speaks."""
Grades = dict[str, int]


@dataclass(frozen=True, slots=True)
class Learning:
    """Over everybody; over those of an authority, when they and the others suffice."""

    everybody: Change
    authorities: Change | None

    @property
    def n(self) -> int:
        return self.everybody.n


def learning_of(activity: Activity) -> Learning | None:
    """The change of a scale put again, paired by participant; two queries.

    None when nobody answered both times, when one of the questions was worded otherwise
    since, or when an instant of the past is looked at: the first scale has its own.
    """
    first = activity.asks_again
    if first is None or {first.form, activity.form} != {Activity.Form.SCALE}:
        return None
    if activity.seen_at or one_line(first.question) != one_line(activity.question):
        return None
    before, after = _grades(first), _grades(activity)
    everybody = change(_flat(before), _flat(after))
    if not everybody.n:
        return None
    of_theirs = change(_of_authorities(before), _of_authorities(after))
    # As many others too: by subtraction, their change would be known.
    others = everybody.n - of_theirs.n
    enough = min(of_theirs.n, others) >= SMALLEST_BASE
    return Learning(everybody, of_theirs if enough else None)


def _grades(activity: Activity) -> dict[tuple[str, str], int]:
    """The grade of each, by who they are and their family."""
    counted = Ballot.objects.counted(activity)
    rows = counted.values_list("participant_id", "participant__family", "marks")
    return {(str(pk), family): marks["grade"] for pk, family, marks in rows}


def _flat(grades: dict[tuple[str, str], int]) -> Grades:
    return {pk: grade for (pk, _family), grade in grades.items()}


def _of_authorities(grades: dict[tuple[str, str], int]) -> Grades:
    return {
        pk: grade for (pk, family), grade in grades.items() if family in AUTHORITIES
    }
