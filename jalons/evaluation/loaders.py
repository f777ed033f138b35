"""Measures read from a table: one a line; a wrong line is set aside with its mend.

Activity reports of La Coop de la médiation numérique are read too: their accompaniments
are added up by quarter, and the names they hold are never read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.actors.lines import (
    Refused,
    Wrong,
    lines_of,
    needed_columns,
    refused,
    unread,
)
from jalons.directory.cells import TAG
from jalons.evaluation import measuring
from jalons.evaluation.catalogue import read_catalogue
from jalons.evaluation.models import Evaluation, Followed, Measure
from jalons.evaluation.values import NotAValue, read_value
from jalons.files.tables import Table
from jalons.search.words import words_of

FIELDS: dict[str, str | Promise] = {
    "indicator": gettext_lazy("indicator"),
    "measured_on": gettext_lazy("measured on"),
    "value": gettext_lazy("value"),
    "unit": gettext_lazy("unit"),
    "n": gettext_lazy("on how many"),
    "part": gettext_lazy("of which part"),
    "source": gettext_lazy("source"),
    "note": gettext_lazy("note"),
}
REQUIRED = ("indicator", "measured_on", "value")
# How files head their columns, without accents nor capitals.
HEADINGS = {
    "indicator": ("indicateur", "code", "indicator"),
    "measured_on": ("date", "jour", "mesure le", "measured on", "day"),
    "value": ("valeur", "mesure", "value"),
    "unit": ("unite", "unit"),
    "n": ("n", "effectif", "sur combien", "on how many"),
    "part": ("partie", "de quelle partie", "commune", "part", "of which part"),
    "source": ("source",),
    "note": ("note", "remarque", "commentaire"),
}
LONGEST = {"part": 120, "source": 250, "note": 1000}
DAYS = ("%Y-%m-%d", "%d/%m/%Y")


@dataclass(slots=True)
class Sorted:
    """What was read: measures, lines set aside, columns that nothing reads."""

    measures: list[Measure] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unread_columns: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def line_count(self) -> int:
        return len(self.measures) + len(self.refused)


def read_measures(
    evaluation: Evaluation, table: Table, *, name: str, today: date
) -> Sorted:
    """Every line of the table. Raises UnreadableFile when a column is missing."""
    columns = needed_columns(table, HEADINGS, REQUIRED, name=name)
    found = Sorted(unread_columns=unread(table, columns))
    known, seen = _followed(evaluation), set[tuple[int, date, str]]()
    for line, cells in lines_of(table, columns, name=name):
        try:
            measure = _read(cells, known, today)
            key = (measure.followed_id, measure.measured_on, measure.part)
            if key in seen:
                reason = _("This measure is on another line: keep one of the two.")
                raise Wrong("measured_on", cells["measured_on"], reason)
            seen.add(key)
            found.measures.append(measure)
        except Wrong as wrong:
            found.refused.append(refused(line, wrong, FIELDS))
    return found


def _followed(evaluation: Evaluation) -> dict[str, Followed]:
    """Indicators by code and by name in each language, as files may write them."""
    known: dict[str, Followed] = {}
    for one in evaluation.indicators.select_related("evaluation__roadmap"):
        names = [one.name]
        if entry := read_catalogue().by_code.get(one.code):
            names += [entry.name.fr, entry.name.en]
            known[one.code.casefold()] = one
        for name in names:
            known[" ".join(words_of(name))] = one
    return known


def _read(cells: Mapping[str, str], known: Mapping[str, Followed], today: date):
    followed = known.get(cells["indicator"].casefold()) or known.get(
        " ".join(words_of(cells["indicator"]))
    )
    if followed is None:
        reason = _("No indicator that is followed has this code or name.")
        raise Wrong("indicator", cells["indicator"], reason)
    for name, most in LONGEST.items():
        _check_text(name, cells.get(name, ""), most)
    _check_unit(cells.get("unit", ""), followed)
    measure = Measure(
        followed=followed,
        measured_on=_day(cells["measured_on"]),
        part=cells.get("part", ""),
        value=_value(cells["value"], followed),
        n=_number(cells.get("n", "")),
        source=cells.get("source", "") or followed.source,
        note=cells.get("note", ""),
        origin=Measure.Origin.IMPORTED,
    )
    _check(measure, cells, today)
    return measure


def _check(measure: Measure, cells: Mapping[str, str], today: date) -> None:
    """What no measure can be, in the words of whoever made the file."""
    try:
        measuring.check_measure(measure, today=today)
    except measuring.InTheFuture:
        reason = _("This day is not over yet: nothing is measured.")
        raise Wrong("measured_on", cells["measured_on"], reason) from None
    except measuring.AfterRetirement:
        reason = _("This indicator is not followed any more on that day.")
        raise Wrong("measured_on", cells["measured_on"], reason) from None
    except measuring.WithoutAReason:
        reason = _("Write the value, or say in the note why there is none.")
        raise Wrong("value", cells["value"], reason) from None


def _check_text(name: str, text: str, most: int) -> None:
    if TAG.search(text):
        reason = _("This text holds HTML: remove what is between < and >.")
        raise Wrong(name, text, reason)
    if len(text) > most:
        reason = _("This text is longer than %(n)d characters: shorten it.")
        raise Wrong(name, text, reason % {"n": most})


def _check_unit(text: str, followed: Followed) -> None:
    unit = Followed.Unit(followed.unit)
    names = {unit.value, str(unit.label).casefold()}
    if text and text.casefold() not in names and text.strip() != "%":
        reason = _("This indicator is in %(unit)s.") % {"unit": unit.label}
        raise Wrong("unit", text, reason)
    if text.strip() == "%" and unit != Followed.Unit.PERCENT:
        reason = _("This indicator is in %(unit)s.") % {"unit": unit.label}
        raise Wrong("unit", text, reason)


def _value(text: str, followed: Followed) -> Decimal | None:
    try:
        return read_value(text, followed.unit) if text else None
    except NotAValue as wrong:
        raise Wrong("value", text, str(wrong)) from wrong


def _number(text: str) -> int | None:
    if not text:
        return None
    digits = "".join(text.split())
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise Wrong("n", text, _("This is not a whole number."))
    return int(digits)


def _day(text: str) -> date:
    for form in DAYS:
        try:
            # A workbook gives a day with its hour.
            return datetime.strptime(text.split(" 00:")[0], form).date()
        except ValueError:
            continue
    raise Wrong("measured_on", text, _("This is not a day: write it as 31/12/2025."))
