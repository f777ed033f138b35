"""Write into the figures what `protection` decided to hide, and all that leans on it.

A share, an interval, a test or a sentence that uses a hidden count is hidden too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jalons.analysis.crosstab import Finding, adjusted
from jalons.analysis.facilitators import NO, YES
from jalons.analysis.secrecy import MISSING, Published
from jalons.analysis.secrecy import TOTAL as ALL
from jalons.observatory.results import (
    TOTAL,
    Base,
    Choice,
    Count,
    Crossing,
    Departement,
    Figures,
    Group,
    Line,
    Link,
    Question,
    Reading,
)

Tables = Mapping[str, Published]


def box(question: str, option: str) -> str:
    """The name of the table of one box to tick."""
    return f"{question}:{option}"


def redacted(figures: Figures, tables: Tables) -> Figures:
    """The figures with secret counts, and nothing that leans on them."""
    crossings = _crossings(figures, tables)
    return replace(
        figures,
        base=_base(figures.base, tables),
        distribution=_distribution(figures, tables),
        departements=tuple(
            _departement(d, figures, tables) for d in figures.departements
        ),
        crossings=crossings,
        comparisons=examined(crossings),
        links=_links(figures, tables),
        questions=tuple(_question(one, tables) for one in figures.questions),
    )


def examined(crossings: Sequence[Crossing]) -> int:
    """Crossings that could be tested, for whose number p is adjusted."""
    findings = [one.reading.finding for one in crossings if one.reading]
    return sum(finding.p_value is not None for finding in findings)


def _shown(table: Published, *coordinates: str) -> int | None:
    return table.cells[coordinates].count


def _counted(count: int | None, n: int | None, old: Count) -> Count:
    """The old count when nothing of it is hidden."""
    if count is None or n is None:
        return Count(count, n)
    return old


def _base(base: Base, tables: Tables) -> Base:
    table = tables["profile"]
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
        _counted(_shown(table, code) if table else None, figures.base.used, old)
        for code, old in zip(figures.classes, figures.distribution, strict=True)
    )


def _departement(one: Departement, figures: Figures, tables: Tables) -> Departement:
    one = replace(one, responses=_shown(tables["departement"], one.code))
    if figures.shows_classes or one.advanced is None:
        return one
    table = tables.get("departement_by_class")
    upper = [
        _shown(table, c, one.code) if table else None for c in figures.classes[-2:]
    ]
    count = None if None in upper else one.advanced.count
    return replace(one, advanced=_counted(count, one.advanced.n, one.advanced))


def _crossings(figures: Figures, tables: Tables) -> tuple[Crossing, ...]:
    shown = [_public(_hidden(one, figures, tables)) for one in figures.crossings]
    found = iter(adjusted([one.reading.finding for one in shown if one.reading]))
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
    if table and None not in [_shown(table, *place) for place in places]:
        return link
    hidden = Count(None, None)
    return replace(link, yes=hidden, no=hidden, left_out=None, finding=None)


def _question(question: Question, tables: Tables) -> Question:
    groups = [group.code for group in question.groups]
    choices = tuple(_choice(one, question, tables) for one in question.choices)
    whole = [one for one in choices if not one.offered_to] or list(choices)
    sizes = [_common([one.counts[at].n for one in whole]) for at in range(len(groups))]
    return replace(
        question,
        groups=tuple(
            Group(group.code, n, group.missing if n is not None else None)
            for group, n in zip(question.groups, sizes, strict=True)
        ),
        choices=choices,
    )


def _common(sizes: Sequence[int | None]) -> int | None:
    """The one size shown by all, or None when one of them hides it."""
    return sizes[0] if sizes and None not in sizes else None


def _choice(choice: Choice, question: Question, tables: Tables) -> Choice:
    name = box(question.code, choice.option)
    table = tables[name] if question.is_multiple else tables[question.code]
    said = YES if question.is_multiple else choice.option
    labels = [ALL if g.code == TOTAL else g.code for g in question.groups]
    counts = tuple(
        _counted(_shown(table, said, label), _shown(table, ALL, label), old)
        for label, old in zip(labels, choice.counts, strict=True)
    )
    return replace(choice, counts=counts)
