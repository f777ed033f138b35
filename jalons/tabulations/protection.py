"""Statistical secrecy on the tables of the desk that leave the team (rule 7).

All the tables of one publication are protected together, beside those of the
restitution, which stay as they were decided, and knowing what the reader knows: the
map, the limits of the questionnaire (`background`). A table that hiding cells does not
make safe is withheld as a whole, and so is one whose search is not over within its
allowance: what is not proved safe does not leave.

Never published: the level of a territory crossed with persons (rule 6 says which levels
may be shown); a question classed otherwise than in the restitution; two questions with
several answers, and a filter on several boxes of one question (too many tables to be
checked); a table whose weights no longer reach the shares asked for; a weighted table
some counts of which are hidden, since weighted totals would give them, or some counts
of which would be once told by the categories that weights depend on: a count and its
weighted share give them back. Those are therefore checked as if they were shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.core.cache import cache

from jalons.analysis.disclosure import (
    NOTHING,
    Allowance,
    Background,
    Contradiction,
    Equation,
    Key,
    Layout,
    equations,
)
from jalons.analysis.hiding import Unprotectable, Unsettled, exposed, hide, is_small
from jalons.analysis.secrecy import PROFESSIONALS, Published
from jalons.observatory.revisions import revision
from jalons.surveys.matrix import KEPT_SECONDS
from jalons.surveys.models import Campaign
from jalons.tabulations.axes import Answers, answers_of
from jalons.tabulations.background import background, opened, unions
from jalons.tabulations.beside import CountedOtherwise, decided
from jalons.tabulations.figures import Tabulated, tabulated_from
from jalons.tabulations.naming import Names, by_weight, numbers
from jalons.tabulations.query import Query
from jalons.tabulations.redaction import is_blank, redacted
from jalons.tabulations.variables import LEVEL

FORMAT = 11
"""To be raised when what is kept changes its shape, or the rules of secrecy change."""

MOST_PROGRAMS = 1_000
"""Programs solved for one table more: those that end well take some hundreds, and a
thousand take ten seconds of a processor."""

RESUMED_SECONDS = 24 * 3600
"""For how long a check begun is gone on with, rather than begun again."""

Reason = Literal[
    "level",
    "several",
    "boxes",
    "classes",
    "margins",
    "few",
    "weighted",
    "exposed",
    "unsettled",
    "contrary",
]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A table that may not be published, and why."""

    query: Query
    reason: Reason


@dataclass(frozen=True, slots=True)
class Checked:
    """Cells as they leave, None when hidden, and what ties them."""

    cells: Mapping[Key, int | None]
    sums: Sequence[Equation] = ()
    background: Background = NOTHING

    @property
    def exposed_cells(self) -> int:
        found = exposed(self.cells, self.sums, PROFESSIONALS, self.background)
        return len(found)

    @property
    def hidden(self) -> frozenset[Key]:
        return frozenset(key for key, n in self.cells.items() if n is None)


@dataclass(frozen=True, slots=True)
class Released:
    """The tables of a publication, in the order asked, and what was checked."""

    tables: tuple[Tabulated | Withheld, ...]
    checked: Checked = Checked({})
    exposed_cells: int = 0
    """Cells that a reader of all the tables could find: must be zero."""

    @property
    def table_count(self) -> int:
        return sum(not isinstance(one, Withheld) for one in self.tables)


@dataclass(frozen=True, slots=True)
class Order:
    """The tables asked for together, in order, beside those already decided."""

    campaign: Campaign
    queries: tuple[Query, ...]
    beside: tuple[Published, ...]
    revision: str

    def key(self, count: int | None = None) -> str:
        """The name in the cache of all these tables, or of the first ones."""
        asked = self.queries if count is None else self.queries[:count]
        beside = [_in_order(one) for one in self.beside]
        parts = (self.revision, self.campaign.pk, asked, beside, count is None)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _in_order(one: Published) -> tuple[object, ...]:
    """A table written alike by every process: a set has no order of its own."""
    cells = sorted((at, repr(cell.count)) for at, cell in one.cells.items())
    return one.variables, cells, sorted(one.within)


def order(
    campaign: Campaign, queries: Sequence[Query], beside: Sequence[Published] = ()
) -> Order:
    """An order on the answers as they are now."""
    return Order(campaign, tuple(queries), tuple(beside), revision(campaign))


def released(order: Order) -> Released | None:
    """The tables as they may leave, if they were checked since an answer changed."""
    found: Released | None = cache.get(_name(order.key()))
    return found


def release(order: Order, on_progress: Callable[[int], None] | None = None) -> Released:
    """The tables as they may leave: checked now, unless they already are.

    Kept until an answer changes. `on_progress` is told how many tables are settled; a
    check that was cut short goes on from there, and so does one of some tables more.
    """
    found = released(order)
    if found is None:
        found = _Release(order).all(on_progress)
        cache.set(_name(order.key()), found, KEPT_SECONDS)
    return found


def _name(key: str) -> str:
    return f"tabulations:released:{FORMAT}:{key}"


@dataclass(slots=True)
class _Settled:
    """What is known of the first tables: exact, as they leave, or why they do not."""

    exact: dict[int, Tabulated] = field(default_factory=dict)
    made: dict[int, Tabulated] = field(default_factory=dict)
    withheld: dict[int, Reason] = field(default_factory=dict)
    checked: Checked = Checked({})

    @property
    def count(self) -> int:
        return len(self.made) + len(self.withheld)


class _Release:
    """Tables added one by one, in the order asked: an unsafe one is withheld.

    Adding a table may hide more cells of the former ones; it never withholds them.
    """

    def __init__(self, order: Order) -> None:
        self.order = order
        self.answers = answers_of(order.campaign)
        self.settled = self._begun()

    def _begun(self) -> _Settled:
        """What an earlier check settled of the same tables, or of the first ones."""
        for count in range(len(self.order.queries), 0, -1):
            found: _Settled | None = cache.get(_name(self.order.key(count)))
            if found is not None:
                return found
        return _Settled()

    def all(self, on_progress: Callable[[int], None] | None = None) -> Released:
        queries = self.order.queries
        for at in range(self.settled.count, len(queries)):
            if on_progress:
                on_progress(at)
            found = _allowed(self.answers, queries[at])
            reason = self._add(at, found) if isinstance(found, Tabulated) else found
            if reason:
                self.settled.withheld[at] = reason
            cache.set(_name(self.order.key(at + 1)), self.settled, RESUMED_SECONDS)
        settled = self.settled
        tables = (
            settled.made[at]
            if at in settled.made
            else Withheld(q, settled.withheld[at])
            for at, q in enumerate(queries)
        )
        return Released(tuple(tables), settled.checked, settled.checked.exposed_cells)

    def _add(self, at: int, table: Tabulated) -> Reason | None:
        """Protect one more table with the former ones, or say why it cannot be."""
        settled = self.settled
        exact = {**settled.exact, at: table}
        try:
            tried = _Tried(self.order, self.answers, exact)
            if tried.weights_tell(at):
                return "weighted"
            checked = tried.checked(settled.checked.hidden)
        except CountedOtherwise:
            return "classes"
        except Contradiction:
            return "contrary"
        except Unsettled:
            return "unsettled"
        except Unprotectable:
            return "exposed"
        made = {
            place: redacted(one, tried.numbers[place], checked.hidden)
            for place, one in exact.items()
        }
        if reason := _refusal(made[at]):
            return reason
        if any(_refusal(one) for one in made.values()):
            return "exposed"
        if tried.weighed[at] & checked.hidden:
            return "weighted"
        if any(checked.hidden & one for one in tried.weighed.values()):
            return "exposed"
        settled.exact, settled.made, settled.checked = exact, made, checked
        return None


def _allowed(answers: Answers, query: Query) -> Tabulated | Reason:
    used = (query.rows, query.columns, query.layers, *(n for n, _c in query.filters))
    if LEVEL in used:
        return "level"
    if any(answers.is_classed_otherwise(one) for one in used if one):
        return "classes"
    if all(answers.axis(one).is_multiple for one in (query.rows, query.columns)):
        return "several"
    filtered = [code for code, _c in query.filters if answers.axis(code).is_multiple]
    if len(set(filtered)) < len(filtered):
        return "boxes"
    found = tabulated_from(answers, query)
    return found if found.reaches_margins else "margins"


def _refusal(table: Tabulated) -> Reason | None:
    """Why a table is not worth showing, or not safe, once its cells are hidden."""
    if is_blank(table):
        return "few"
    has_secrets = any(layer.has_secrets for layer in table.layers)
    return "weighted" if table.is_weighted and has_secrets else None


class _Tried:
    """A set of tables under common names, with all that ties their cells."""

    def __init__(
        self,
        order: Order,
        answers: Answers,
        tables: Mapping[int, Tabulated],
    ) -> None:
        self.definition = order.campaign.version.read()
        profile = self.definition.with_role("profile")
        self.names = Names(answers, profile.code if profile else "profile")
        self.numbers = {
            at: numbers(self.names, one.query, is_weighted=one.is_weighted)
            for at, one in tables.items()
        }
        self.decided = decided(self.names, self.definition, order.beside)
        every = [*self.numbers.values()]
        self.weighed = {
            at: by_weight(self.names, one.query, self.numbers[at])
            if one.is_weighted
            else set[Key]()
            for at, one in tables.items()
        }
        self.shown = {key for one in every for key in one.shown()}
        self.shown = self.shown.union(*self.weighed.values())
        self.margins = {key for one in every for key in one.margins()}

    def weights_tell(self, at: int) -> bool:
        """Whether a small count would be found from weights at once."""
        names = self.names
        return any(
            is_small(key, names.count(key), PROFESSIONALS) for key in self.weighed[at]
        )

    def checked(self, first: Collection[Key]) -> Checked:
        names = self.names
        cells = {*self.shown, *self.margins, *self.decided}
        openings = [*opened(names, cells)]
        cells |= {key for one in openings for key in (one.total, one.parts[0])}
        boxes = [*unions(names, cells)]
        cells |= {key for one in boxes for key in one.cells if names.has(key)}
        layout = Layout(
            frozenset(cells), names.categories, names.categories, names.groups
        )
        sums = equations(layout)
        tied = cells.union(*(one.cells for one in sums))
        known = background(names, self.definition, tied, openings, boxes)
        sums = (*sums, *known.sums)
        counts = {key: names.count(key) for key in self.shown}
        first = counts.keys() & first
        allowance = Allowance(MOST_PROGRAMS)
        hidden = hide(
            counts, sums, PROFESSIONALS, known, self.decided, first, allowance
        )
        leaving = {**counts, **self.decided}
        given = {key: None if key in hidden else n for key, n in leaving.items()}
        return Checked(given, sums, known)
