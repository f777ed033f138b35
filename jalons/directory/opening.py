"""A file of places opened in the columns of the schema, whatever its format.

The national schema needs nothing; the formats of `data/directory/formats` are known by
their columns; any other table needs a mapping, chosen by somebody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from jalons.directory.mapping import Format, in_national_columns, recognise
from jalons.directory.records import BAR, Records, Row, open_records
from jalons.files.tables import UnreadableFile

DATA_INCLUSION = "data-inclusion"
STRUCTURE = "structure_id"
OF_SERVICES = ("thematiques", "frais", "publics", "modes_mobilisation", "modes_accueil")
DIGITAL = "numerique--"
Said = Mapping[str, dict[str, str]]


def open_places(
    path: Path, found: Format | None = None, services: Path | None = None
) -> Records:
    """Open a file in the format given, else the one its columns tell, else as the
    national schema. Raises UnreadableFile or OSError."""
    records = open_records(path)
    found = found or recognise(records.columns)
    if services is not None:
        if found is None or found.id != DATA_INCLUSION:
            message = _("Only structures of data·inclusion have a file of services.")
            raise UnreadableFile(message, name=path.name)
        records = _with_services(records, _services_of(services))
    return in_national_columns(records, found) if found else records


def _services_of(path: Path) -> Said:
    """What the services of each structure say, joined; digital themes only."""
    records = open_records(path)
    said: defaultdict[str, dict[str, dict[str, None]]] = defaultdict(dict)
    with closing(records):
        for column in (STRUCTURE, OF_SERVICES[0]):
            if column not in records.columns:
                message = _(
                    "There is no column “%(column)s”: this is not the file of services "
                    "of data·inclusion."
                )
                details = {"column": column}
                raise UnreadableFile(message % details, name=records.name, line=1)
        for _line, cells in records.rows:
            if DIGITAL not in cells[OF_SERVICES[0]]:
                continue
            kept = said[cells[STRUCTURE]]
            for column in OF_SERVICES:
                values = filter(None, cells.get(column, "").split(BAR))
                kept.setdefault(column, {}).update(dict.fromkeys(values))
    return {
        structure: {column: BAR.join(values) for column, values in kept.items()}
        for structure, kept in said.items()
    }


def _with_services(records: Records, said: Said) -> Records:
    """The structures that have a digital service, with what their services say."""
    message = _(
        "Structures with a digital service: %(n)d. The others of the file are no place "
        "of digital mediation, and are left aside."
    )
    return replace(
        records,
        columns=tuple(dict.fromkeys((*records.columns, *OF_SERVICES))),
        rows=_joined(records.rows, said),
        remarks=(*records.remarks, message % {"n": len(said)}),
    )


def _joined(rows: Iterator[Row], said: Said) -> Iterator[Row]:
    for line, cells in rows:
        if services := said.get(cells.get("id", "")):
            yield line, cells | services
