"""Statistical secrecy on what leaves towards the public (rule 7).

Three sets of tables, each protected as one because a reader can subtract one table
from another: who answered, and who answered each question; what they chose; territories
by what was answered about them, and by class when no class is published. A territory
stands for at least one professional: tables of territories obey the same threshold.

The sets meet in numbers that one of them shows, so that no equation spans two of them:
the base of a question belongs to the first and is known in the second; the links of a
strategy leave only with the counts of those who answered about it. A question put to
some only leaves when the number of those asked gives no answer back.

`protected` hides what must be hidden; `Protected.exposed_cells` attacks what is left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain

from jalons.analysis.secrecy import PROFESSIONALS, TOTAL, Published
from jalons.observatory.counted import Checked, Tables
from jalons.observatory.counted_conditions import secret_bases
from jalons.observatory.counted_persons import answers, persons
from jalons.observatory.counted_territories import territories
from jalons.observatory.degree_redaction import redacted_degrees
from jalons.observatory.material import Material
from jalons.observatory.redaction import redacted
from jalons.observatory.results import Figures


@dataclass(frozen=True, slots=True)
class Protected:
    """The figures that may leave, and the sets of tables they were taken from."""

    figures: Figures
    sets: tuple[Checked, ...]
    exposed_cells: int
    """Cells that a reader of all the tables could find: must be zero."""
    beside: tuple[Published, ...] = ()
    """Tables of respondents, for whoever publishes others beside these."""

    @property
    def table_count(self) -> int:
        return sum(len(one.tables) for one in self.sets)

    @property
    def secret_cells(self) -> int:
        tables = chain.from_iterable(one.tables for one in self.sets)
        cells = (cell for table in tables for cell in table.cells.values())
        return sum(cell.status == "secret" for cell in cells)

    @property
    def is_too_few(self) -> bool:
        """Whether the number of respondents is itself secret: nothing can leave."""
        return self.figures.base.responses < PROFESSIONALS

    @property
    def can_leave(self) -> bool:
        return not (self.is_too_few or self.exposed_cells)


def protected(material: Material, figures: Figures) -> Protected:
    """The same figures without any small count of persons.

    `material` is what the public figures were computed from.
    """
    bases, first = persons(material, figures)
    chosen, second = answers(material, figures, bases)
    while secret := secret_bases(chosen, bases, material.definition):
        bases = {name: one for name, one in bases.items() if name not in secret}
        chosen, second = answers(material, figures, bases)
    hides_strategy = not _is_strategy_shown(material, chosen)
    by_territory, third = territories(material, hides_strategy=hides_strategy)
    tables: Tables = bases | chosen | by_territory
    sets = (first, second, third)
    exposed = sum(one.exposed_cells for one in sets)
    beside = (*bases.values(), *chosen.values())
    shown = replace(
        redacted(figures, tables), degrees=redacted_degrees(figures.degrees, tables)
    )
    return Protected(shown, sets, exposed, beside)


def _is_strategy_shown(material: Material, tables: Tables) -> bool:
    """Whether what all respondents said of their strategy is shown whole."""
    question = material.definition.with_role("strategy")
    if question is None:
        return True
    table = tables.get(question.code)
    if table is None:
        return False
    of_all = (at for at in table.cells if set(at[1:]) <= {TOTAL})
    return all(table.cells[at].status == "shown" for at in of_all)
