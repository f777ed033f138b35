"""A list of places in the national schema: what was imported comes out as it was.

By default no professional's own contact is given, nor what a text holds of one;
`with_persons` is for whoever answers for the list.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping

from jalons.directory.cells import PHONE, without_contacts
from jalons.directory.models import Place, PlaceList
from jalons.directory.reading import LISTS
from jalons.directory.records import BAR, NOTICE
from jalons.directory.vocabulary import Vocabulary, read_vocabulary
from jalons.files.exports import SIMULATED, cell_text

BATCH = 500
Value = str | float


def rows_of(
    place_list: PlaceList, *, with_persons: bool = False
) -> Iterator[dict[str, Value]]:
    """Each place by columns of the schema; a simulated list says so in one more."""
    vocabulary = read_vocabulary()
    places = (
        place_list.places.in_their_list()
        .select_related("organisation")
        .prefetch_related("services", "contacts")
        .order_by("pk")
    )
    for place in places.iterator(chunk_size=BATCH):
        row = _ordered(place, vocabulary, with_persons)
        yield {NOTICE: SIMULATED, **row} if place_list.is_simulated else row


def columns_of(place_list: PlaceList | None) -> list[str]:
    """Those of the schema, in its order, after what a simulated list says of itself."""
    columns = read_vocabulary().schema.columns
    return [NOTICE, *columns] if place_list and place_list.is_simulated else [*columns]


def row_of(place: Place) -> dict[str, Value]:
    """One place by columns of the schema, without anybody's own contact."""
    return _ordered(place, read_vocabulary(), with_persons=False)


def csv_blocks(rows: Iterator[dict[str, Value]]) -> Iterator[str]:
    """Commas and decimal points, as the schema has them; never a formula."""
    for number, row in enumerate(rows):
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        if not number:
            writer.writerow(row)
        writer.writerow(_csv_cell(value) for value in row.values())
        yield text.getvalue()


def json_blocks(rows: Iterable[dict[str, Value]]) -> Iterator[str]:
    """Objects without the cells that the row leaves empty."""
    return json_array(
        {column: value for column, value in row.items() if value != ""} for row in rows
    )


def json_array(rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """One object a line, as it is."""
    start = "["
    for row in rows:
        yield f"{start}\n{json.dumps(row, ensure_ascii=False)}"
        start = ","
    yield "[]\n" if start == "[" else "\n]\n"


def _csv_cell(value: Value) -> str:
    """A number or a telephone can be no formula; any other text is guarded."""
    if isinstance(value, float) or PHONE.fullmatch(value):
        return str(value)
    return cell_text(value)


def _ordered(
    place: Place, vocabulary: Vocabulary, with_persons: bool
) -> dict[str, Value]:
    row = _row(place, vocabulary, with_persons)
    return {column: row[column] for column in vocabulary.schema.columns}


def _row(place: Place, vocabulary: Vocabulary, with_persons: bool) -> dict[str, Value]:
    is_given = place.position == Place.Position.GIVEN
    owner = place.organisation
    services = {one.kind for one in place.services.all()}
    known = [code for code in vocabulary.terms["services"] if code in services]
    row: dict[str, Value] = {
        "id": place.ref,
        "pivot": _joined(place, "pivot", [owner.pivot if owner else ""]),
        "nom": place.name,
        "commune": place.locality,
        "code_postal": _joined(place, "code_postal", [place.postcode]),
        "code_insee": place.commune_code,
        "adresse": place.address,
        "complement_adresse": place.address_more,
        "latitude": place.latitude if is_given else "",
        "longitude": place.longitude if is_given else "",
        "horaires": place.opening,
        "source": place.collected_by,
        "structure_parente": owner.name if owner else "",
        "date_maj": _joined(
            place,
            "date_maj",
            [place.checked_on.isoformat() if place.checked_on else ""],
        ),
        "services": _terms(place, "services", known, vocabulary),
    }
    for column, field in LISTS.items():
        row[column] = _terms(place, column, getattr(place, field), vocabulary)
    return (
        row
        | contacts_said(place, with_persons)
        | texts_said(place, vocabulary, with_persons)
    )


def contacts_said(place: Place, with_persons: bool) -> dict[str, Value]:
    """What could not be read may be a person's: it leaves with persons only."""
    phones, mails = [place.phone], list(place.mailboxes)
    for one in place.contacts.all():
        if with_persons or one.agreed_at:
            (phones if one.kind == one.Kind.PHONE else mails).append(one.value)
    if with_persons:
        phones += place.unread.get("telephone", [])
        mails += place.unread.get("courriels", [])
    return {
        "telephone": BAR.join(filter(None, phones)),
        "courriels": BAR.join(mails),
        "site_web": _joined(place, "site_web", place.websites),
        "fiche_acces_libre": _joined(place, "fiche_acces_libre", [place.access_page]),
        "prise_rdv": _joined(place, "prise_rdv", [place.booking_page]),
    }


def texts_said(
    place: Place, vocabulary: Vocabulary, with_persons: bool
) -> dict[str, Value]:
    texts = {
        "presentation_resume": place.summary,
        "presentation_detail": place.description,
        "autres_formations_labels": place.other_labels,
    }
    if with_persons:
        return dict(texts)
    return {name: without_contacts(text, vocabulary) for name, text in texts.items()}


def _terms(place: Place, column: str, codes: list[str], vocabulary: Vocabulary) -> str:
    terms = vocabulary.terms[column]
    labels = [terms[code].label if code in terms else code for code in codes]
    return _joined(place, column, labels)


def _joined(place: Place, column: str, values: list[str]) -> str:
    """The values, then those that the vocabulary lacks, as they came."""
    return BAR.join(filter(None, [*values, *place.unread.get(column, [])]))
