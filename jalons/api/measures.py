from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, Router

from jalons.api.answers import Number
from jalons.api.orders import (
    Key,
    LineDone,
    LineRefused,
    MeasureLine,
    Order,
    Written,
)
from jalons.api.writing import ByKey, in_space, require_whole, write
from jalons.evaluation import loading, measuring
from jalons.evaluation.access import get_evaluation
from jalons.roadmaps.access import get_roadmap
from jalons.spaces.access import Right
from jalons.tokens.models import Scope, Token

router = Router()


@router.post(
    "/{number}/measures",
    response=Written,
    url_name="write_measures",
    auth=ByKey(Scope.MEASURES),
)
def write_measures(
    request: HttpRequest,
    number: Number,
    order: Order[MeasureLine],
    key: Annotated[Key, Header(alias="Idempotency-Key")],
):
    """Measures of the evaluation of a roadmap, as its page reads them from a file."""
    return write(
        request, Scope.MEASURES, order, key, lambda token: _load(token, number, order)
    )


def _load(token: Token, number: int, order: Order[MeasureLine]) -> Written:
    roadmap = get_roadmap(token.made_by, number, Right.EDIT)
    in_space(token, roadmap.space)
    evaluation = get_evaluation(roadmap)
    lines = [_cells(one) for one in order.lines]
    found = loading.read_lines(evaluation, lines, today=timezone.localdate())
    wrong = [
        LineRefused(line=one.line, field=one.field, value=one.value, reason=one.reason)
        for one in found.refused
    ]
    refused = require_whole(wrong, order)
    measuring.load_measures(evaluation, found.measures, by=token.made_by)
    left_out = {one.line for one in refused}
    right = [n for n in range(1, len(lines) + 1) if n not in left_out]
    return Written(
        dry_run=order.dry_run,
        lines=[
            LineDone(line=line, state="created" if one.pk else "unchanged")
            for line, one in zip(right, found.measures, strict=True)
        ],
        refused=refused,
        remarks=[],
    )


def _cells(line: MeasureLine) -> dict[str, str]:
    """The cells that a file would hold."""
    return {name: _cell(value) for name, value in line.dict().items()}


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return "" if value is None else str(value)
