from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Header, Router

from jalons.api.answers import Number
from jalons.api.orders import (
    Key,
    LineDone,
    LineRefused,
    Order,
    PlaceLine,
    Remark,
    State,
    Written,
)
from jalons.api.problems import Refused
from jalons.api.writing import ByKey, in_space, require_whole, write
from jalons.curation.models import PlaceImport
from jalons.curation.operations import import_at_once
from jalons.directory.access import get_list
from jalons.directory.cells import line_of_text
from jalons.directory.operations import MixedList, hold_list
from jalons.directory.operations import Order as Asked
from jalons.directory.records import records_of
from jalons.directory.report import Report
from jalons.files.tables import UnreadableFile
from jalons.spaces.access import Right, get_space
from jalons.tokens.models import Scope, Token

router = Router()


@router.post(
    "/{number}/places",
    response=Written,
    url_name="write_places",
    auth=ByKey(Scope.PLACES),
)
def write_places(
    request: HttpRequest,
    number: Number,
    order: Order[PlaceLine],
    key: Annotated[Key, Header(alias="Idempotency-Key")],
):
    """Places of a list of the team, in the national schema: new ones, or changed.

    Those of the list that are not sent stay as they are; what is written is undone on
    the page of the lists, as a file is.
    """
    return write(
        request, Scope.PLACES, order, key, lambda token: _load(token, number, order)
    )


def _load(token: Token, number: int, order: Order[PlaceLine]) -> Written:
    get_space(token.made_by, token.space_id, Right.EDIT)
    place_list = get_list(token.made_by, number)
    in_space(token, place_list.space)
    place_list = hold_list(place_list)
    records = records_of([one.root for one in order.lines], place_list.name)
    asked = Asked(
        place_list.name, space=token.space, is_simulated=place_list.is_simulated
    )
    try:
        report, batch = import_at_once(records, asked, by=token.made_by)
    except (UnreadableFile, MixedList) as error:
        raise Refused(str(error)) from error
    refused = require_whole(_refused(report), order)
    return Written(
        dry_run=order.dry_run,
        lines=_done(place_list.pk, order.lines, batch, {one.line for one in refused}),
        refused=refused,
        remarks=[
            Remark(field=column, reason=reason, lines=told.lines)
            for (column, reason), told in report.told.items()
        ],
    )


def _refused(report: Report) -> list[LineRefused]:
    return [
        LineRefused(
            line=one.line,
            field=one.column,
            value=str(one.cells.get(one.column, ""))[:200],
            reason=one.reason,
        )
        for one in report.refused
    ]


def _done(
    list_pk: int,
    lines: list[PlaceLine],
    batch: PlaceImport | None,
    refused: set[int],
) -> list[LineDone]:
    """What became of each line, by the identifier of its place."""
    rows = batch.rows.select_related("place") if batch else ()
    states = {one.place.ref: bool(one.before) for one in rows}
    words: dict[bool | None, State] = {
        None: "unchanged",
        False: "created",
        True: "updated",
    }
    return [
        LineDone(line=number, state=words[states.get(_ref(line))])
        for number, line in enumerate(lines, start=1)
        if number not in refused
    ]


def _ref(line: PlaceLine) -> str:
    return line_of_text({"id": str(line.root.get("id", ""))}, "id")
