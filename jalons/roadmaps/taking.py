"""What a button of the roadmap does, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.accounts.models import User
from jalons.roadmaps import access, adopting, operations
from jalons.roadmaps.access import Row
from jalons.roadmaps.figures import Plan, plan_of
from jalons.roadmaps.models import Roadmap, Stake, Workstream


@dataclass(frozen=True, slots=True)
class Told:
    """What happened; `to_word` is a stake that still waits for its question."""

    words: str
    level: int = messages.SUCCESS
    to_word: int | None = None


def take(roadmap: Roadmap, sent: Mapping[str, str], *, by: User) -> Told:
    """Take up a whole table, one item of a workshop, or one finding."""
    try:
        if "table" in sent:
            return _take_table(roadmap, sent["table"], by)
        if "finding" in sent:
            finding = access.get_finding(roadmap, sent["finding"])
            return _told(adopting.adopt_finding(roadmap, finding, by=by), finding)
        item = access.get_item(roadmap, sent.get("item"))
        return _told(adopting.adopt_item(roadmap, item, by=by), item)
    except adopting.AlreadyAdopted:
        return Told(_("It is in the roadmap already."), messages.WARNING)
    except adopting.NotAdoptable:
        words = _(
            "It cannot be taken up: the field has not upheld it, or it is only an idea."
        )
        return Told(words, messages.ERROR)


def move(roadmap: Roadmap, row: Row, *, up: bool, by: User) -> str:
    """Move it, and say which numbers changed."""
    before = codes_of(plan_of(roadmap))
    if not operations.move(row, up=up, by=by):
        return _("It stays where it is: there is nothing beyond.")
    after = codes_of(plan_of(roadmap))
    changed = [
        f"{code} → {after[key]}"
        for key, code in before.items()
        if code != after[key] and key[0] is type(row)
    ]
    return _("Moved. Numbers that changed: %(changed)s.") % {
        "changed": ", ".join(changed)
    }


def codes_of(plan: Plan) -> dict[tuple[type, int], str]:
    """The number of each line."""
    codes: dict[tuple[type, int], str] = {}
    for stake in plan.stakes:
        codes[Stake, stake.row.pk] = str(stake.number)
    for stream in plan.workstreams:
        codes[Workstream, stream.row.pk] = stream.code
    for action in plan.actions:
        codes[type(action.row), action.row.pk] = action.code
    return codes


def _take_table(roadmap: Roadmap, pk: str, by: User) -> Told:
    activity = access.get_table(roadmap, pk)
    count = adopting.adopt_table(roadmap, activity, by=by)
    if not count:
        return Told(_("It is in the roadmap already."), messages.WARNING)
    said = ngettext(
        "%(n)s line of the table is taken up.",
        "%(n)s lines of the table are taken up.",
        count,
    )
    return Told(said % {"n": count})


def _told(row: Stake | Workstream, source: object) -> Told:
    if isinstance(row, Stake) and row.text != str(source):
        return Told(_("Taken up: word it as a question."), to_word=row.pk)
    return Told(_("Taken up: “%(row)s”.") % {"row": row})
