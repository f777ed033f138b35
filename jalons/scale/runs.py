"""From the files of an operator to what `jalons score-at-scale` writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ibis import BaseBackend
from ibis.expr.types import Table

from jalons.analysis.hiding import MISSING
from jalons.analysis.index import Index, indicators_of, ticked
from jalons.scale import checking, engines, index, points, tables, territories
from jalons.scale.checking import Fault
from jalons.scale.points import Form
from jalons.scale.tables import CrossTable

OWN = ("territory", "weight", "low", "high", "class", "class_high", "n", "code")
"""Columns that the expressions name themselves: no question bears such a code."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The files, and the columns to read in them; "" for what is not given."""

    answers: tuple[str, ...]
    territory: str
    weight: str = ""
    contexts: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()


AT_ONCE = 10_000


class Refused(Exception):
    """Files that cannot be counted as they are, and why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} columns at fault")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """Answers scored, and the territories, ready to be counted."""

    form: Form
    scored: Table
    contexts: tuple[str, ...]
    around: Table | None

    def count(self) -> int:
        return int(self.scored.count().to_pyarrow().as_py())

    def tables(self) -> list[CrossTable]:
        return tables.count(self.form, self.scored, self.contexts)

    def territories(self) -> Iterator[dict]:
        """One row a territory that answered."""
        return _rows(territories.combined(self.form, self.scored))

    def index(self, wanted: Index) -> Iterator[dict]:
        """One row a territory of the file of territories."""
        assert self.around is not None
        names = [one.code for one in indicators_of(ticked(wanted))]
        there = [name for name in ("population", *names) if name in self.around.columns]
        numbers = {name: checking.number(self.around[name]) for name in there}
        return _rows(index.scored(wanted, self.around.select("code", **numbers)))


def _rows(table: Table) -> Iterator[dict]:
    # By lots: 35 000 territories need not be objects at once. (Ibis 12 would ask DuckDB
    # for lots by a name that DuckDB 2 no longer has.)
    for batch in table.to_pyarrow().to_batches(AT_ONCE):
        yield from batch.to_pylist()


def read(
    con: BaseBackend, form: Form, sources: Sources, wanted: Index | None = None
) -> Read:
    """The files read and checked. Raises Refused."""
    around = _territories(con, sources, wanted)
    given = engines.read(con, sources.answers)
    from_answers = [c for c in sources.contexts if c in given.columns]
    from_territories = [c for c in sources.contexts if c not in from_answers]
    known = () if around is None else around.columns
    weight = [sources.weight] if sources.weight else []
    columns = [sources.territory, *weight, *form.questions]
    missing = checking.absent(given, columns)
    missing += [Fault("absent", c) for c in from_territories if c not in known]
    if missing:
        raise Refused(missing)
    tests = checking.of_answers(form, sources.territory, sources.weight)
    if found := checking.faults(given, tests, sources.answers):
        raise Refused(found)
    table = given.select(
        *dict.fromkeys([*form.questions, *from_answers]),
        territory=given[sources.territory],
        weight=checking.number(given[sources.weight]) if weight else _one(),
    )
    if around is not None:
        table = _joined(table, around, from_territories)
    labels = {c: (table[c] == "").ifelse(MISSING, table[c]) for c in sources.contexts}
    scored = points.scored(form, table.mutate(**labels))
    return Read(form, scored, sources.contexts, around)


def _one():
    return index.real(1)


def _territories(
    con: BaseBackend, sources: Sources, wanted: Index | None
) -> Table | None:
    if not sources.territories:
        return None
    table = engines.read(con, sources.territories)
    names = [one.code for one in indicators_of(ticked(wanted))] if wanted else []
    needed = ["code", *(["population"] if wanted else [])]
    if missing := checking.absent(table, needed):
        raise Refused(missing)
    there = [name for name in names if name in table.columns]
    tests: list = [("code", "blank", checking.is_blank)]
    tests += [("population", "not_a_number", checking.is_no_weight)] if wanted else []
    tests += [(name, "not_a_number", checking.is_no_number) for name in there]
    if found := checking.faults(table, tests, sources.territories):
        raise Refused(found)
    return table


def _joined(table: Table, around: Table, contexts: Sequence[str]) -> Table:
    """Each answer with what is known of its territory, which must be in the file."""
    strangers = table.anti_join(around, table.territory == around.code)
    sums = {"n": strangers.count(), "e": strangers.territory.min()}
    (found,) = strangers.aggregate(**sums).to_pyarrow().to_pylist()
    if found["n"]:
        fault = Fault("unknown_territory", "territory", found["n"], found["e"])
        raise Refused([fault])
    beside = around.select("code", *contexts)
    return table.inner_join(beside, table.territory == beside.code)
