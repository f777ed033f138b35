"""People who answer, for the tests: each by a code, never by a name."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from jalons.accounts.models import User
from jalons.panels import access, operations
from jalons.panels.models import Code, Panel, Reply
from jalons.roadmaps.models import Roadmap

SKILLS = ("inform", "write", "fill_in", "protect", "unblock")
QUARTER, HALF = timedelta(91), timedelta(182)


def open_panel(roadmap: Roadmap, by: User, on: date, title: str = "Automne") -> Panel:
    last = max(on, timezone.localdate()) + timedelta(548)
    return operations.open_panel(roadmap, title, last, by=by, today=on)


def make_codes(panel: Panel, count: int, by: User) -> list[str]:
    return operations.make_codes(panel, count, by=by, today=panel.opened_on)


def said(mastered: int = 0, confidence: int | None = None, **more: str) -> dict:
    """Five skills, so many of them mastered, and what else is given."""
    answers: dict[str, str | int] = {
        code: "easily" if rank < mastered else "not_done"
        for rank, code in enumerate(SKILLS)
    }
    if confidence is not None:
        answers["confidence"] = confidence
    return answers | more


def answer(code: str | Code, answers: dict, on: date) -> Reply:
    row = access.find_code(code) if isinstance(code, str) else code
    return operations.take_reply(row, answers, channel=Reply.Channel.PERSON, on=on)
