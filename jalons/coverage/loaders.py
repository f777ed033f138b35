"""A table of travel times, read row by row; every row refused is told why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from jalons.directory.communes import Communes, UnknownCommune
from jalons.files.tables import Table, UnreadableFile
from jalons.search.words import words_of

COLUMNS = {
    "origin": ("commune depart", "origine", "depart", "from", "origin"),
    "destination": ("commune arrivee", "destination", "arrivee", "to"),
    "minutes": ("minutes", "duree min", "temps min", "temps", "duree"),
}
# Whatever takes longer is out of reach, and would fill the table for nothing.
LONGEST_KEPT = 120.0
# A journey of more than ten hours between two communes is most often in seconds.
LONGEST_CREDIBLE = 600.0
MOST_REFUSED = 1_000


@dataclass(frozen=True, slots=True)
class Refused:
    """A row left aside: its line, the column at fault, the mend."""

    line: int
    column: str
    reason: str


@dataclass(slots=True)
class Report:
    """What was read: times by pair of communes of today, and what was left aside."""

    rows: int = 0
    times: dict[tuple[str, str], float] = field(default_factory=dict)
    too_long: int = 0
    doubled: int = 0
    refused: list[Refused] = field(default_factory=list)

    @property
    def origins(self) -> int:
        return len({origin for origin, _end in self.times})

    def as_json(self) -> dict[str, object]:
        return {
            "rows": self.rows,
            "kept": len(self.times),
            "origins": self.origins,
            "longer_than_two_hours": self.too_long,
            "given_twice": self.doubled,
            "refused": [
                {"line": one.line, "column": one.column, "reason": one.reason}
                for one in self.refused
            ],
        }


class _Wrong(Exception):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


def read_times(table: Table, *, name: str) -> Report:
    """Every row of the file. Raises UnreadableFile when a column lacks, or when so many
    rows are refused that it is another file."""
    columns = _columns(table, name)
    communes, report = Communes(), Report()
    for line, row in table.rows:
        report.rows += 1
        try:
            _note(report, row, columns, communes)
        except _Wrong as error:
            report.refused.append(Refused(line, error.column, error.reason))
            if len(report.refused) > MOST_REFUSED:
                message = _(
                    "More than %(n)d rows are refused, the first one at line %(line)d: "
                    "%(reason)s"
                )
                first = report.refused[0]
                said = {"n": MOST_REFUSED, "line": first.line, "reason": first.reason}
                raise UnreadableFile(message % said, name=name) from error
    return report


def _columns(table: Table, name: str) -> dict[str, str]:
    heads = {" ".join(words_of(column)): column for column in table.columns}
    found = {
        role: heads[head]
        for role, names in COLUMNS.items()
        for head in reversed(names)
        if head in heads
    }
    if missing := COLUMNS.keys() - found.keys():
        message = _(
            "Three columns are needed: commune_depart and commune_arrivee (INSEE "
            "codes), minutes. Missing: %(missing)s. Found: %(columns)s."
        )
        wanted = ", ".join(
            sorted(COLUMNS[role][0].replace(" ", "_") for role in missing)
        )
        said = {"missing": wanted, "columns": ", ".join(table.columns)}
        raise UnreadableFile(message % said, name=name)
    return found


def _note(
    report: Report,
    row: Mapping[str, str],
    columns: Mapping[str, str],
    communes: Communes,
) -> None:
    origin, end = (
        _commune(row, columns[role], communes) for role in ("origin", "destination")
    )
    minutes = _minutes(row, columns["minutes"])
    if minutes > LONGEST_KEPT:
        report.too_long += 1
        return
    known = report.times.get((origin, end))
    report.doubled += known is not None
    # Two former communes may be one today: the shortest way is that of the place.
    report.times[origin, end] = minutes if known is None else min(known, minutes)


def _commune(row: Mapping[str, str], column: str, communes: Communes) -> str:
    code = row.get(column, "").strip().upper()
    # A spreadsheet takes away the zero of the Ain.
    code = code.zfill(5) if code.isdecimal() else code
    try:
        return communes.find(code, "", "").code
    except UnknownCommune as error:
        raise _Wrong(column, f"{code or '–'}: {error}") from error


def _minutes(row: Mapping[str, str], column: str) -> float:
    text = row.get(column, "").strip().replace(",", ".").replace("\u202f", "")
    try:
        minutes = float(text)
    except ValueError as error:
        message = _("“%(text)s” is no number of minutes: write 12 or 12.5.")
        raise _Wrong(column, message % {"text": text}) from error
    if not 0 <= minutes <= LONGEST_CREDIBLE:
        message = _(
            "%(text)s is not between 0 and %(most)d minutes: are these seconds, or "
            "metres?"
        )
        raise _Wrong(column, message % {"text": text, "most": int(LONGEST_CREDIBLE)})
    return minutes
