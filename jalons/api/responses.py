from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Router

from jalons.api.answers import Number
from jalons.api.orders import (
    Key,
    LineDone,
    LineRefused,
    Order,
    ResponseLine,
    Written,
)
from jalons.api.writing import ByKey, conflict, in_space, require_whole, write
from jalons.spaces.access import Right
from jalons.surveys import operations
from jalons.surveys.access import get_campaign
from jalons.surveys.models import Response
from jalons.surveys.receiving import Line, read_lines
from jalons.tokens.models import Scope, Token

router = Router()


@router.post(
    "/{number}/responses",
    response=Written,
    url_name="write_responses",
    auth=ByKey(Scope.RESPONSES),
)
def write_responses(
    request: HttpRequest,
    number: Number,
    order: Order[ResponseLine],
    key: Annotated[Key, Header(alias="Idempotency-Key")],
):
    """Answers that people gave to somebody of the team, as if they were keyed."""
    return write(
        request,
        Scope.RESPONSES,
        order,
        key,
        lambda token: _record(token, number, order),
    )


def _record(token: Token, number: int, order: Order[ResponseLine]) -> Written:
    campaign = get_campaign(token.made_by, number, Right.CONTRIBUTE)
    in_space(token, campaign.space)
    # Held before it is read: two writings of the same answers come one by one.
    campaign = operations.hold(campaign)
    lines = [
        Line(one.key, one.answers, Response.Channel(one.channel), one.collected_on)
        for one in order.lines
    ]
    by, now = token.made_by, timezone.now()
    found = read_lines(campaign, lines, by=by, now=now)
    wrong = [
        LineRefused(line=one.line, field=one.field, value=one.value, reason=one.reason)
        for one in found.refused
    ]
    refused = require_whole(wrong, order)
    try:
        operations.record_responses(
            campaign, found.entries.values(), channel=Response.Channel.PAPER, by=by
        )
    except operations.AlreadyClosed as error:
        words = _("This survey is closed: it takes no answer any more.")
        raise conflict(words) from error
    done = [LineDone(line=line, state="created") for line in found.entries]
    done += [LineDone(line=line, state="unchanged") for line in found.known]
    return Written(
        dry_run=order.dry_run,
        lines=sorted(done, key=lambda one: one.line),
        refused=refused,
        remarks=[],
    )
