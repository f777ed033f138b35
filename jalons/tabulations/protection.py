"""Statistical secrecy on the tables of the desk that leave the team (rule 7).

All the tables of one publication are protected together, beside those of the
restitution, which stay as they were decided, and knowing what the reader knows: the
map, the limits of the questionnaire (`background`). A table that hiding cells does not
make safe is withheld as a whole.

Never published: the level of a territory crossed with persons (rule 6 says which levels
may be shown); a question classed otherwise than in the restitution; two questions with
several answers, and a filter on several boxes of one question (too many tables to be
checked); a table whose weights no longer reach the shares asked for; a weighted table
some counts of which are hidden, since weighted totals would give them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.core.cache import cache

from jalons.analysis.disclosure import (
    NOTHING,
    Background,
    Equation,
    Key,
    Layout,
    equations,
)
from jalons.analysis.hiding import Unprotectable, exposed, hide
from jalons.analysis.secrecy import PROFESSIONALS, Published
from jalons.observatory.figures import revision
from jalons.surveys.matrix import KEPT_SECONDS
from jalons.surveys.models import Campaign
from jalons.tabulations.axes import Answers, answers_of
from jalons.tabulations.background import background
from jalons.tabulations.beside import CountedOtherwise, decided
from jalons.tabulations.figures import Tabulated, tabulated_from
from jalons.tabulations.naming import Names, numbers
from jalons.tabulations.query import Query
from jalons.tabulations.redaction import is_blank, redacted
from jalons.tabulations.variables import LEVEL

FORMAT = 4
"""To be raised when what is kept changes its shape, or the rules of secrecy change."""

MOST_TURNS = 6
"""Searches before a table is withheld: those that end well take one or two."""

Reason = Literal[
    "level",
    "several",
    "boxes",
    "classes",
    "margins",
    "few",
    "weighted",
    "exposed",
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

    @property
    def exposed_cells(self) -> int:
        """Cells that a reader of all the tables could find: must be zero."""
        return self.checked.exposed_cells

    @property
    def table_count(self) -> int:
        return sum(not isinstance(one, Withheld) for one in self.tables)


def release(
    campaign: Campaign, queries: Sequence[Query], beside: Sequence[Published] = ()
) -> Released:
    """The tables as they may leave, beside tables already decided (the restitution).

    Kept until an answer changes: checking a dozen tables takes seconds.
    """
    parts = (revision(campaign), campaign.pk, tuple(queries), tuple(beside))
    digest = hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
    key = f"tabulations:released:{FORMAT}:{digest}"
    found: Released | None = cache.get(key)
    if found is None:
        found = _Release(campaign, queries, beside).all()
        cache.set(key, found, KEPT_SECONDS)
    return found


class _Release:
    """Tables added one by one, in the order asked: an unsafe one is withheld.

    Adding a table may hide more cells of the former ones; it never withholds them.
    """

    def __init__(
        self, campaign: Campaign, queries: Sequence[Query], beside: Sequence[Published]
    ) -> None:
        self.campaign, self.queries, self.beside = campaign, queries, beside
        self.answers = answers_of(campaign)
        self.exact: dict[int, Tabulated] = {}
        self.made: dict[int, Tabulated] = {}
        self.withheld: dict[int, Reason] = {}
        self.checked = Checked({})

    def all(self) -> Released:
        for at, query in enumerate(self.queries):
            found = _allowed(self.answers, query)
            reason = self._add(at, found) if isinstance(found, Tabulated) else found
            if reason:
                self.withheld[at] = reason
        tables = (
            self.made[at] if at in self.made else Withheld(query, self.withheld[at])
            for at, query in enumerate(self.queries)
        )
        return Released(tuple(tables), self.checked)

    def _add(self, at: int, table: Tabulated) -> Reason | None:
        """Protect one more table with the former ones, or say why it cannot be."""
        exact = {**self.exact, at: table}
        try:
            tried = _Tried(self.campaign, self.answers, exact, self.beside)
            checked = tried.checked(self.checked.hidden)
        except CountedOtherwise:
            return "classes"
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
        self.exact, self.made, self.checked = exact, made, checked
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
        campaign: Campaign,
        answers: Answers,
        tables: Mapping[int, Tabulated],
        beside: Sequence[Published],
    ) -> None:
        self.definition = campaign.version.read()
        profile = self.definition.with_role("profile")
        self.names = Names(answers, profile.code if profile else "profile")
        self.numbers = {
            at: numbers(self.names, one.query, is_weighted=one.is_weighted)
            for at, one in tables.items()
        }
        self.decided = decided(self.names, self.definition, beside)
        every = [*self.numbers.values()]
        self.shown = {key for one in every for key in one.shown()}
        self.margins = {key for one in every for key in one.margins()}

    def checked(self, first: Collection[Key]) -> Checked:
        cells = {*self.shown, *self.margins, *self.decided}
        names = self.names
        layout = Layout(
            frozenset(cells), names.categories, names.categories, names.groups
        )
        sums = equations(layout)
        tied = cells.union(*(one.cells for one in sums))
        known = background(names, self.definition, tied)
        sums = (*sums, *known.sums)
        counts = {key: names.count(key) for key in self.shown}
        first = counts.keys() & first
        hidden = hide(
            counts, sums, PROFESSIONALS, known, self.decided, first, MOST_TURNS
        )
        leaving = {**counts, **self.decided}
        given = {key: None if key in hidden else n for key, n in leaving.items()}
        return Checked(given, sums, known)
