"""One answer to each question, standing for all the respondents of a territory.

For one question, the answer kept is that of the respondent whose points are the lower
median of those known ("ne sait pas" is left out), or the highest ones with the method
`maximum`. Among equal points the first respondent's is kept. A question on which nobody
knows has no answer. Source: ours; it is a sheet to be read and corrected by the
institution, whose total need not be the median of the totals.
"""

from __future__ import annotations

from collections.abc import Sequence

from jalons.analysis.grid import Answer, Answers, Grid
from jalons.analysis.scoring import Method, score


def common_answers(
    grid: Grid, given: Sequence[Answers], method: Method = "median"
) -> dict[str, Answer]:
    """The answers kept, by question.

    >>> from jalons.analysis.grid import Item, ScoreClass, Single
    >>> grid = Grid(
    ...     [Item("P2", "political", 3, Single({"no": 0, "some": 1, "yes": 3}))],
    ...     (ScoreClass("early", 0, 2), ScoreClass("advanced", 2, 3)),
    ...     total=3,
    ... )
    >>> common_answers(grid, [{"P2": "yes"}, {"P2": "no"}, {"P2": "some"}])
    {'P2': 'some'}
    """
    columns = zip(*(score(grid, one).lines for one in given), strict=True)
    kept: dict[str, Answer] = {}
    for item, column in zip(grid.items, columns, strict=False):
        known = [
            (line.low, place)
            for place, line in enumerate(column)
            if line.low == line.high
        ]
        if not known:
            continue
        known.sort()
        middle = known[(len(known) - 1) // 2][0]
        points = known[-1][0] if method == "maximum" else middle
        place = min(place for low, place in known if low == points)
        if item.code in given[place]:
            kept[item.code] = given[place][item.code]
    return kept
