"""Activity reports of La Coop de la médiation numérique, added up by quarter.

Its workbook has lines about the export, then a table headed as below, an activity a
line with its day and how many came (public code of
inclusion-numerique/coop-mediation-numerique, read in November 2026). Names, notes and
what tells of a person are in other columns, which are not read. A person who comes
twice counts twice: the file does not tell people apart, so that it gives sessions of
support (O2), never people (O1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from jalons.actors.lines import Wrong, lines_of, refused, unread
from jalons.documents.languages import in_each_language
from jalons.evaluation.loaders import DAYS, FIELDS, Sorted
from jalons.evaluation.models import Evaluation, Measure
from jalons.files.tables import Table, UnreadableFile
from jalons.search.words import words_of

HEADS = {"measured_on": "date", "part": "type", "value": "nombre de participants"}
SOURCE = "La Coop de la médiation numérique"
SESSIONS = "O2"
DAY_COLUMN = "measured_on"


def header_line(lines: Sequence[tuple[int, list[str]]]) -> int | None:
    """The line that names the columns of an activity report; none for another table."""
    for number, cells in lines:
        if set(HEADS.values()) <= {" ".join(words_of(one)) for one in cells}:
            return number
    return None


def read_activities(
    evaluation: Evaluation, table: Table, *, name: str, today: date
) -> Sorted:
    """Sessions of each quarter that is over, in all and by type of session.

    Raises UnreadableFile when O2 is not followed.
    """
    followed = evaluation.indicators.filter(code=SESSIONS).first()
    if followed is None:
        message = _("Follow “Sessions of support” first: this file counts them.")
        raise UnreadableFile(message, name=name, line=1)
    named = {" ".join(words_of(one)): one for one in table.columns}
    columns = {field: named[head] for field, head in HEADS.items()}
    found = Sorted(unread_columns=unread(table, columns))
    counts: defaultdict[tuple[date, str], int] = defaultdict(int)
    for line, cells in lines_of(table, columns, name=name):
        try:
            last, people = _quarter(_day(cells[DAY_COLUMN])), _people(cells["value"])
        except Wrong as wrong:
            found.refused.append(refused(line, wrong, FIELDS))
            continue
        counts[last, ""] += people
        counts[last, cells["part"]] += people
    over = {key: count for key, count in counts.items() if key[0] <= today}
    note, others = in_each_language(
        lambda: _("Sessions: somebody who came twice counts twice.")
    )
    found.measures = [
        Measure(
            followed=followed,
            measured_on=last,
            part=part[:120],
            value=Decimal(count),
            source=SOURCE,
            note=note,
            otherwise={one: [words, []] for one, words in others.items()},
            origin=Measure.Origin.IMPORTED,
        )
        for (last, part), count in sorted(over.items())
    ]
    if len(over) < len(counts):
        found.told.append(_("The quarter that is not over is left out."))
    return found


def _quarter(day: date) -> date:
    """The last day of its quarter.

    >>> _quarter(date(2026, 2, 3))
    datetime.date(2026, 3, 31)
    """
    month = (day.month - 1) // 3 * 3 + 4
    first = date(day.year + month // 13, (month - 1) % 12 + 1, 1)
    return first - timedelta(days=1)


def _day(text: str) -> date:
    for form in DAYS:
        try:
            return datetime.strptime(text[:10], form).date()
        except ValueError:
            continue
    raise Wrong(DAY_COLUMN, text, _("This is not a day: write it as 31/12/2025."))


def _people(text: str) -> int:
    digits = text.removesuffix(".0").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > 6:
        raise Wrong("value", text, _("This is not a whole number."))
    return int(digits)
