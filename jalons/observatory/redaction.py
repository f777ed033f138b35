"""Write into the figures what `protection` decided to hide, and all that leans on it.

A share, an interval, a test or a sentence that uses a hidden count is hidden too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jalons.analysis.crosstab import Finding, adjusted
from jalons.analysis.facilitators import NO, YES
from jalons.analysis.hiding import MISSING
from jalons.analysis.secrecy import TOTAL as ALL
from jalons.analysis.secrecy import Published
from jalons.observatory.answer_results import TOTAL, Choice, Count, Group, Question
from jalons.observatory.results import (
    Base,
    Crossing,
    Departement,
    Figures,
    Line,
    Link,
    Reading,
    Withheld,
)
from jalons.observatory.variables import TOGETHER

Tables = Mapping[str, Published]


def box(question: str, option: str) -> str:
    """The name of the table of one box to tick."""
    return f"{question}:{option}"


def base_of(question: str) -> str:
    """The name of the table of those who answered a question."""
    return f"base:{question}"


def redacted(figures: Figures, tables: Tables) -> Figures:
    """The figures with secret counts, and nothing that leans on them."""
    every = _crossings(figures, tables)
    crossings = tuple(one for one in every if not _is_all_secret(one))
    return replace(
        figures,
        base=_base(figures.base, tables),
        distribution=_distribution(figures, tables),
        departements=tuple(
            _departement(d, figures, tables) for d in figures.departements
        ),
        crossings=crossings,
        comparisons=examined(crossings),
        withheld=tuple(
            Withheld(one.row_variable, one.column_variable)
            for one in every
            if _is_all_secret(one)
        ),
        links=_links(figures, tables),
        questions=tuple(_question(one, tables) for one in figures.questions),
    )


def examined(crossings: Sequence[Crossing]) -> int:
    """Crossings that could be tested, for whose number p is adjusted."""
    findings = [one.reading.finding for one in crossings if one.reading]
    return sum(finding.p_value is not None for finding in findings)


def _shown(table: Published | None, *coordinates: str) -> int | None:
    """A count when its table leaves, and shows it."""
    cell = table.cells.get(coordinates) if table else None
    return cell.count if cell else None


def _counted(count: int | None, n: int | None, old: Count) -> Count:
    """The old count when nothing of it is hidden."""
    if count is None or n is None:
        return Count(count, n)
    return old


def _base(base: Base, tables: Tables) -> Base:
    table = tables.get("profile")
    return replace(
        base,
        profiles=tuple((code, _shown(table, code)) for code, _ in base.profiles),
        without_profile=_shown(table, MISSING),
    )


def _distribution(figures: Figures, tables: Tables) -> tuple[Count, ...]:
    if figures.shows_classes:
        return figures.distribution
    table = tables.get("classes")
    return tuple(
        _counted(_shown(table, code), figures.base.used, old)
        for code, old in zip(figures.classes, figures.distribution, strict=True)
    )


def _departement(one: Departement, figures: Figures, tables: Tables) -> Departement:
    one = replace(one, responses=_shown(tables.get("departement"), one.code))
    if figures.shows_classes or one.advanced is None:
        return one
    table = tables.get("departement_by_class")
    upper = [_shown(table, c, one.code) for c in figures.classes[-2:]]
    count = None if None in upper else one.advanced.count
    return replace(one, advanced=_counted(count, one.advanced.n, one.advanced))


def _is_all_secret(one: Crossing) -> bool:
    return all(cell.is_secret for line in one.lines for cell in line.cells)


def _crossings(figures: Figures, tables: Tables) -> tuple[Crossing, ...]:
    return judged([_public(_hidden(one, figures, tables)) for one in figures.crossings])


def judged(
    shown: Sequence[Crossing], beside: Sequence[float | None] = ()
) -> tuple[Crossing, ...]:
    """The crossings shown, p being adjusted for the number of these alone.

    `beside` are the p of other tests published with them.
    """
    findings = [one.reading.finding for one in shown if one.reading]
    found = iter(adjusted(findings, beside=beside))
    return tuple(_judged(one, next(found)) if one.reading else one for one in shown)


def _judged(one: Crossing, finding: Finding) -> Crossing:
    """The crossing among those shown: a p of the hidden ones would tell of them.

    The variants were compared with the former conclusion: they go when it changes.
    """
    if one.reading is None:
        return one
    is_same = finding.kind == one.reading.finding.kind
    judged = replace(one, reading=replace(one.reading, finding=finding))
    return judged if is_same else replace(judged, checked=(), variants=())


def _links(figures: Figures, tables: Tables) -> tuple[Link, ...]:
    shown = [_link(link, tables) for link in figures.links]
    found = iter(adjusted([link.finding for link in shown if link.finding]))
    return tuple(
        replace(link, finding=next(found)) if link.finding else link for link in shown
    )


def _hidden(one: Crossing, figures: Figures, tables: Tables) -> Crossing:
    if one.column_variable == "density":
        return one
    if one.column_variable == "maturity" and figures.shows_classes:
        return one
    table = tables.get(one.code)
    return _crossing(one, table) if table else _withheld(one)


def _withheld(one: Crossing) -> Crossing:
    """A table that no hiding makes safe: the number of territories by row is left."""
    lines = (*one.lines, one.total)
    *rows, total = (replace(x, cells=(Count(None, x.n),) * len(x.cells)) for x in lines)
    return replace(
        one,
        lines=tuple(rows),
        total=total,
        without=(None,) * len(one.without),
        test=None,
        reading=None,
        has_secrets=True,
    )


def _public(one: Crossing) -> Crossing:
    """Counts under the variants come from points: only what they say may leave."""
    variants = tuple(replace(variant, finding=None) for variant in one.variants)
    if one.reading is None:
        return replace(one, checked=(), variants=())
    return replace(one, variants=variants)


def _crossing(one: Crossing, table: Published) -> Crossing:
    lines = tuple(_line(line, line.label, one, table) for line in one.lines)
    total = _line(one.total, ALL, one, table)
    without = tuple(_shown(table, column, MISSING) for column in one.columns)
    secrets = any(c.is_secret for line in (*lines, total) for c in line.cells)
    return replace(
        one,
        lines=lines,
        total=total,
        without=without,
        test=None if secrets else one.test,
        reading=_reading(one, lines),
        has_secrets=secrets or None in without,
    )


def _line(line: Line, label: str, one: Crossing, table: Published) -> Line:
    n = _shown(table, ALL, label)
    cells = tuple(
        _counted(_shown(table, column, label), n, old)
        for column, old in zip(one.columns, line.cells, strict=True)
    )
    return replace(line, n=n, cells=cells)


def _reading(one: Crossing, lines: Sequence[Line]) -> Reading | None:
    """The reading when every count behind its sentence is shown."""
    if one.reading is None:
        return None
    columns = [one.columns.index(column) for column in one.reading.columns]
    hidden = {
        line.label
        for line in lines
        if line.n is None or any(line.cells[at].is_secret for at in columns)
    }
    if hidden & {*one.reading.first_rows, *one.reading.last_rows}:
        return None
    shown = tuple(
        replace(line, cells=(Count(None, line.n),)) if line.label in hidden else line
        for line in one.reading.lines
    )
    return replace(one.reading, lines=shown)


def _link(link: Link, tables: Tables) -> Link:
    table = tables.get(f"{link.facilitator}/{link.outcome}")
    places = [(row, column) for row in (YES, NO) for column in (YES, NO)]
    if None not in [_shown(table, *place) for place in places]:
        return link
    hidden = Count(None, None)
    return replace(link, yes=hidden, no=hidden, left_out=None, finding=None)


def _question(question: Question, tables: Tables) -> Question:
    bases = tables.get(base_of(question.code))
    return replace(
        question,
        groups=tuple(
            Group(
                group.code,
                _shown(bases, group.code, YES),
                _shown(bases, group.code, MISSING),
            )
            for group in question.groups
        ),
        choices=tuple(_choice(one, question, tables) for one in question.choices),
    )


def _choice(choice: Choice, question: Question, tables: Tables) -> Choice:
    """The counts of one option; a group it was not offered to counts nobody."""
    name = box(question.code, choice.option) if question.is_multiple else question.code
    said = YES if question.is_multiple else choice.option
    table = tables.get(name)
    counts = []
    for group, old in zip(question.groups, choice.counts, strict=True):
        place = () if group.code == TOTAL else (group.code,)
        if place and not _is_offered(choice, group.code):
            counts.append(old)
        elif table and len(table.variables) == 1:
            counts.append(_counted(*_alone(table, said, place), old))
        else:
            at = place or (ALL,)
            counts.append(
                _counted(_shown(table, said, *at), _shown(table, ALL, *at), old)
            )
    return replace(choice, counts=tuple(counts))


def _is_offered(choice: Choice, group: str) -> bool:
    """Whether an option was offered to some profile of a group."""
    offered = choice.offered_to
    return not offered or not set(offered).isdisjoint(group.split(TOGETHER))


def _alone(
    table: Published, said: str, place: tuple[str, ...]
) -> tuple[int | None, int | None]:
    """Count and n in a table of everybody: it says nothing of one group."""
    if place:
        return None, None
    return _shown(table, said), _shown(table, ALL)
