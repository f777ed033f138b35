"""Open a mini-survey, hand codes out, keep what their holders say."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from jalons.accounts.models import User
from jalons.analysis import checked_code
from jalons.audit import operations as audit
from jalons.panels.definition import read_definition
from jalons.panels.models import Code, Panel, Reply
from jalons.panels.moments import Moment, moment_on
from jalons.roadmaps.models import Roadmap

MOST_CODES = 200
"""Printed at once: five dozen pages are a ream soon."""
Answers = Mapping[str, str | int | bool]


class Refused(Exception):
    """A mini-survey or an answer that cannot be taken."""


class TitleTaken(Refused):
    """The roadmap has a mini-survey of this title."""


class NotOpen(Refused):
    """It is closed, or its answers were erased."""


class AlreadyAnswered(Refused):
    """This code answered for this moment."""


class NothingSaid(Refused):
    """Not one question is answered."""


def print_of(code: str) -> str:
    """What is kept of a code: without the key of the installation it says nothing."""
    return salted_hmac("jalons.panels.code", code, algorithm="sha256").hexdigest()


@transaction.atomic
def open_panel(
    roadmap: Roadmap, title: str, kept_until: date, *, by: User, today: date
) -> Panel:
    """A mini-survey on the present version of its questions. Raises TitleTaken."""
    if roadmap.panels.filter(title__iexact=title).exists():
        raise TitleTaken(title)
    panel = Panel.objects.create(
        roadmap=roadmap,
        title=title,
        definition_version=read_definition().version,
        opened_on=today,
        opened_by=by,
        kept_until=kept_until,
    )
    _note("panel.opened", panel, by)
    return panel


@transaction.atomic
def make_codes(panel: Panel, count: int, *, by: User, today: date) -> list[str]:
    """New codes, given once: what is kept of them does not give them back.

    Raises NotOpen.
    """
    if not panel.is_open(on=today):
        raise NotOpen(panel)
    codes = {_drawn() for _one in range(min(count, MOST_CODES))}
    Code.objects.bulk_create(
        Code(panel=panel, digest=print_of(one)) for one in sorted(codes)
    )
    _note("panel.codes_printed", panel, by, {"codes": len(codes)})
    return sorted(codes)


def _drawn() -> str:
    alphabet = checked_code.ALPHABET
    body = "".join(
        secrets.choice(alphabet) for _place in range(checked_code.LENGTH - 1)
    )
    return body + checked_code.check_of(body)


@transaction.atomic
def take_reply(
    code: Code, answers: Answers, *, channel: Reply.Channel, on: date
) -> Reply:
    """What the holder of a code says on a day, under the moment it belongs to.

    Raises NotOpen, AlreadyAnswered, NothingSaid, moments.TooEarly.
    """
    locked = Code.objects.select_for_update(of=("self",)).select_related("panel")
    kept = locked.get(pk=code.pk)
    if not all(kept.panel.is_open(on=day) for day in (on, timezone.localdate())):
        raise NotOpen(kept.panel)
    if not answers:
        raise NothingSaid(kept)
    moment, is_late = moment_on(kept.started_on, on)
    if kept.replies.filter(moment=moment).exists():
        raise AlreadyAnswered(moment)
    if moment == Moment.START:
        kept.started_on = on
        kept.save(update_fields=["started_on"])
    reply = Reply(code=kept, moment=moment, answered_on=on, is_late=is_late)
    reply.channel, reply.answers = channel, dict(answers)
    try:
        with transaction.atomic():
            reply.save(force_insert=True)
    except IntegrityError as twice:
        raise AlreadyAnswered(moment) from twice
    return reply


@transaction.atomic
def close_panel(panel: Panel, *, by: User, today: date) -> None:
    """No more answers; those given stay until the day they are erased."""
    if panel.closed_on is None:
        panel.closed_on = today
        panel.save(update_fields=["closed_on"])
        _note("panel.closed", panel, by)


def note_loaded(panel: Panel, count: int, *, by: User) -> None:
    _note("panel.answers_loaded", panel, by, {"answers": count})


def _note(
    verb: str, panel: Panel, by: User, details: dict[str, object] | None = None
) -> None:
    audit.record(
        verb, panel, by=by, space_id=panel.roadmap.space_id, details=details or {}
    )
