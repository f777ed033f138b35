"""Votes of a group counted: choices, dots, scales and rankings.

Every option is kept, those that received nothing included, and equal counts share
their rank (1, 2, 2, 4). A ranking is counted by the method of J.-C. de Borda (1781):
the first of k options receives k − 1 points, the last none; options are then in the
order of their points, and the mean rank is given beside them. Not an estimate of
anything: those present were not drawn at random.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jalons.analysis.spread import Spread, spread


@dataclass(frozen=True, slots=True)
class Counted:
    """One option: what it received, from how many people, and its rank with ties."""

    option: int
    total: float
    voters: int
    rank: int


def ranked(totals: Mapping[int, float], voters: Mapping[int, int]) -> list[Counted]:
    """Options from the most to the least, ties sharing their rank.

    >>> [(one.option, one.rank) for one in ranked({1: 3, 2: 5, 3: 3}, {})]
    [(2, 1), (1, 2), (3, 2)]
    """
    order = sorted(totals, key=lambda option: -totals[option])
    return [
        Counted(
            option,
            totals[option],
            voters.get(option, 0),
            1 + sum(other > totals[option] for other in totals.values()),
        )
        for option in order
    ]


def count_choices(
    options: Sequence[int], ballots: Sequence[Sequence[int]]
) -> list[Counted]:
    """How many chose each option; unknown options of a ballot are left out.

    >>> [(one.option, one.voters) for one in count_choices([1, 2, 3], [[1], [1, 3]])]
    [(1, 2), (3, 1), (2, 0)]
    """
    counts = {option: sum(option in ballot for ballot in ballots) for option in options}
    return ranked(counts, counts)


def count_dots(
    options: Sequence[int], ballots: Sequence[Mapping[int, int]]
) -> list[Counted]:
    """The dots of each option, and how many people placed some on it.

    >>> found = count_dots([1, 2], [{1: 3}, {1: 1, 2: 1}])
    >>> [(one.option, one.total, one.voters) for one in found]
    [(1, 4, 2), (2, 1, 1)]
    """
    totals = {
        option: sum(ballot.get(option, 0) for ballot in ballots) for option in options
    }
    voters = {
        option: sum(ballot.get(option, 0) > 0 for ballot in ballots)
        for option in options
    }
    return ranked(totals, voters)


def count_rankings(
    options: Sequence[int], ballots: Sequence[Sequence[int]]
) -> list[Counted]:
    """Borda points; an option left out of a ballot receives nothing from it.

    >>> found = count_rankings([1, 2, 3], [[1, 2, 3], [2, 1, 3]])
    >>> [(one.option, one.total) for one in found]
    [(1, 3), (2, 3), (3, 0)]
    """
    most = len(options) - 1
    totals = dict.fromkeys(options, 0)
    voters = dict.fromkeys(options, 0)
    for ballot in ballots:
        for place, option in enumerate(one for one in ballot if one in totals):
            totals[option] += most - place
            voters[option] += 1
    return ranked(totals, voters)


def mean_rank(option: int, ballots: Sequence[Sequence[int]]) -> float | None:
    """The mean place of an option among those who placed it.

    >>> mean_rank(2, [[1, 2], [2, 1]])
    1.5
    """
    places = [ballot.index(option) + 1 for ballot in ballots if option in ballot]
    return sum(places) / len(places) if places else None


@dataclass(frozen=True, slots=True)
class Scale:
    """The grades of a scale: how many gave each, their mean, the half around."""

    counts: Mapping[int, int]
    mean: float | None
    around: Spread | None

    @property
    def n(self) -> int:
        return sum(self.counts.values())


def count_scale(grades: Sequence[int], values: Sequence[int]) -> Scale:
    """Grades given, every grade kept.

    >>> count_scale([1, 2, 3], [1, 3, 3]).mean
    2.3333333333333335
    """
    counts = {grade: sum(value == grade for value in values) for grade in grades}
    known = [value for value in values if value in counts]
    if not known:
        return Scale(counts, None, None)
    return Scale(counts, sum(known) / len(known), spread(known))
