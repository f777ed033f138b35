"""The base of each question: those who answered it, and those who left it.

Group by group, and for the options offered to some profiles only. A base leaves whole,
when nothing secret is found with it: hidden cell by cell, bases would drag each other.
That of a question put to some only is told of everybody together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from jalons.analysis.facilitators import YES
from jalons.analysis.hiding import MISSING, UNASKED
from jalons.analysis.secrecy import PROFESSIONALS, TOTAL, Cell, Published
from jalons.observatory.counted import Checked, Tables
from jalons.observatory.counted_conditions import (
    bases_under,
    conditional,
    is_conditional,
    profiles_opening,
)
from jalons.observatory.headline import Asked, of_group, offered_labels
from jalons.observatory.material import Material
from jalons.observatory.redaction import base_of, box
from jalons.observatory.variables import TOGETHER


def leaving(bases: Sequence[Base], shown: Tables, frame: Checked) -> Tables:
    """The bases that tell no secret beside what is shown: all of them, or one by one.

    Each is tried by group, then for everybody alone.
    """
    whole = {base.name: base.published(by_group=True) for base in bases}
    if not _tells(whole, shown, frame):
        return whole
    found: Tables = {}
    for base in bases:
        if base.question not in {base.name, *found}:
            continue
        for by_group in (True, False):
            tried = {base.name: base.published(by_group=by_group)}
            if not _tells(tried, {**shown, **found}, frame):
                found |= tried
                break
    return found


def without_profiles(found: Tables, material: Material, frame: Checked) -> Tables:
    """The tables without the bases that would tell how many a profile counts.

    Those asked a question put to some profiles are all of these profiles: their number
    is a table like others, kept among them when it tells no secret.
    """
    for question in conditional(material.definition):
        label = TOGETHER.join(profiles_opening(question, material.definition))
        names = bases_under(question, found)
        if not (label and names):
            continue
        count = int(of_group(label, material).sum())
        put = Published(("profile",), {(label,): Cell(count, "shown")})
        tried = {f"put:{question.code}": put}
        if _tells(tried, found, frame):
            found = {name: one for name, one in found.items() if name not in names}
        else:
            found = found | tried
    return found


def _tells(tried: Tables, shown: Tables, frame: Checked) -> bool:
    """Whether these tables show a small count or a hidden one, or let one be found."""
    small = any(
        0 < (cell.count or 0) < PROFESSIONALS and at[-1] != MISSING
        for table in tried.values()
        for at, cell in table.cells.items()
    )
    if small or _hidden(shown) & {
        (t.variables, at) for t in tried.values() for at in t.cells
    }:
        return True
    tables = (*shown.values(), *tried.values())
    return replace(frame, tables=tables).exposed_cells > 0


def _hidden(tables: Tables) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The cells that tables hide, by their variables."""
    return {
        (table.variables, at)
        for table in tables.values()
        for at, cell in table.cells.items()
        if cell.status == "secret"
    }


@dataclass(frozen=True, slots=True)
class Base:
    """How many answered, and left, a question or an option; all of them come first.

    The base of an option is a part of the one of its `question`.
    """

    name: str
    question: str
    variable: str
    labels: tuple[str, ...]
    counts: Mapping[tuple[str, ...], int]

    def published(self, *, by_group: bool) -> Published:
        labels = self.labels if by_group else self.labels[:1]
        cells = {
            at: Cell(count, "shown")
            for at, count in self.counts.items()
            if at[0] in labels
        }
        return Published(("profile", self.variable), cells)


def bases_of(one: Asked, material: Material) -> Iterable[Base]:
    """The base of a question, then of each option offered to some profiles only."""
    answered, code = one.ticks.answered, one.question.code
    variable = f"answered {code}"
    is_put_to_some = is_conditional(code, material.definition)
    left = UNASKED if is_put_to_some else MISSING
    groups = (TOTAL, *(() if is_put_to_some else one.groups))
    counts: dict[tuple[str, ...], int] = {}
    for group in groups:
        mask = of_group(group, material)
        counts[group, YES] = int((mask & answered).sum())
        counts[group, left] = int((mask & ~answered).sum())
    whole = base_of(code)
    yield Base(whole, whole, variable, groups, counts)
    for option in one.question.options:
        if option.profiles:
            offered = [*offered_labels(option, one, material)][: len(groups)]
            labels = tuple(filter(None, offered))
            masks = {label: of_group(label, material) for label in labels}
            some: dict[tuple[str, ...], int] = {
                (label, YES): int((mask & answered).sum())
                for label, mask in masks.items()
            }
            name = base_of(box(code, option.code))
            yield Base(name, whole, variable, labels, some)
