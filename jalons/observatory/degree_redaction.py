"""Write into degrees, ranks, numbers and days what secrecy decided to hide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jalons.analysis.facilitators import YES
from jalons.analysis.hiding import MISSING
from jalons.analysis.secrecy import TOTAL, Published
from jalons.observatory.answer_results import (
    Count,
    Degrees,
    Question,
    RankedOption,
    Ranking,
    Scale,
    ScaleLine,
    Spread,
)
from jalons.observatory.counted_degrees import among_code
from jalons.observatory.degrees import first_code
from jalons.observatory.redaction import base_of, box
from jalons.questionnaires.definitions import NOT_CONCERNED

Tables = Mapping[str, Published]


def redacted_degrees(degrees: Degrees, tables: Tables) -> Degrees:
    """The same figures with secret counts, and nothing that leans on them."""
    return Degrees(
        tuple(_scale(one, tables) for one in degrees.scales),
        tuple(_ranking(one, tables) for one in degrees.rankings),
        tuple(_spread(one, tables) for one in degrees.spreads),
        tuple(_choice(one, tables) for one in degrees.choices),
    )


def _base(tables: Tables, code: str, category: str) -> int | None:
    """How many answered, or did not; None when it is secret, or told elsewhere."""
    table = tables.get(base_of(code))
    cell = table.cells.get((TOTAL, category)) if table else None
    return cell.count if cell else None


def _count(
    tables: Tables, name: str, category: str, n: int | None, old: Count
) -> Count:
    """The old count when nothing of it is hidden; of nobody there is none to hide."""
    if n == 0:
        return old
    table = tables.get(name)
    cell = table.cells.get((category,)) if table else None
    if n is None or cell is None or cell.count is None:
        return Count(None, n)
    return old


def _scale(scale: Scale, tables: Tables) -> Scale:
    lines = tuple(_line(one, scale, tables) for one in scale.lines)
    return replace(scale, lines=lines)


def _line(line: ScaleLine, scale: Scale, tables: Tables) -> ScaleLine:
    code = f"{scale.code}.{line.part}" if line.part else scale.code
    n = _base(tables, code, YES)
    counts = _counts(tables, code, scale.degrees, n, line.counts)
    is_whole = not any(one.is_secret for one in counts)
    return replace(
        line,
        n=n,
        not_concerned=_base(tables, code, NOT_CONCERNED),
        missing=_base(tables, code, MISSING),
        counts=counts,
        median=line.median if is_whole else None,
    )


def _ranking(ranking: Ranking, tables: Tables) -> Ranking:
    code = first_code(ranking.code)
    n = _base(tables, code, YES)
    return replace(
        ranking,
        n=n,
        missing=_base(tables, code, MISSING),
        options=tuple(_ranked(one, ranking, n, tables) for one in ranking.options),
    )


def _ranked(
    one: RankedOption, ranking: Ranking, n: int | None, tables: Tables
) -> RankedOption:
    first = _count(tables, first_code(ranking.code), one.option, n, one.first)
    among = among_code(ranking.code, one.option)
    top = first if ranking.top == 1 else _count(tables, among, YES, n, one.top)
    return replace(one, first=first, top=top, ranked=None, mean_rank=None)


def _spread(spread: Spread, tables: Tables) -> Spread:
    n = _base(tables, spread.code, YES)
    return replace(
        spread,
        n=n,
        missing=_base(tables, spread.code, MISSING),
        counts=_counts(tables, spread.code, spread.classes, n, spread.counts),
        quartiles=None,
    )


def _counts(
    tables: Tables,
    name: str,
    categories: Sequence[str],
    n: int | None,
    old: Sequence[Count],
) -> tuple[Count, ...]:
    pairs = zip(categories, old, strict=True)
    return tuple(_count(tables, name, category, n, one) for category, one in pairs)


def _choice(question: Question, tables: Tables) -> Question:
    n = _base(tables, question.code, YES)
    choices = []
    for one in question.choices:
        place = (question.code, one.option)
        if question.is_multiple:
            place = (box(*place), YES)
        counts = (_count(tables, *place, n, one.counts[0]),)
        choices.append(replace(one, counts=counts))
    group = replace(
        question.groups[0], n=n, missing=_base(tables, question.code, MISSING)
    )
    return replace(question, groups=(group,), choices=tuple(choices))
