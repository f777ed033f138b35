"""What a button of the roadmap does, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.accounts.models import User
from jalons.privacy.traces import certain, possible
from jalons.roadmaps import access, adopting, operations, ordering
from jalons.roadmaps.access import Row
from jalons.roadmaps.figures import Plan, plan_of
from jalons.roadmaps.models import Roadmap, Stake, Workstream


@dataclass(frozen=True, slots=True)
class Told:
    """What happened; `to_word` is a stake that still waits for its question.

    `to_read_over` warns of words taken up that may name somebody.
    """

    words: str
    level: int = messages.SUCCESS
    to_word: int | None = None
    to_read_over: str = ""


def take(roadmap: Roadmap, sent: QueryDict, *, by: User) -> Told:
    """Take up a whole table, an item of a workshop, a finding, or answers ticked."""
    known = set(roadmap.origins.values_list("pk", flat=True))
    told = _take(roadmap, sent, by)
    return replace(told, to_read_over=_warning(roadmap, known))


def _take(roadmap: Roadmap, sent: QueryDict, by: User) -> Told:
    try:
        if "answers" in sent:
            return _take_answers(roadmap, sent, by)
        if "table" in sent:
            return _take_table(roadmap, str(sent["table"]), by)
        if "finding" in sent:
            finding = access.get_finding(roadmap, str(sent["finding"]))
            return _told(adopting.adopt_finding(roadmap, finding, by=by), finding)
        item = access.get_item(roadmap, sent.get("item"))
        return _told(adopting.adopt_item(roadmap, item, by=by), item)
    except adopting.AlreadyAdopted:
        return Told(_("It is in the roadmap already."), messages.WARNING)
    except adopting.NotAdoptable:
        words = _(
            "It cannot be reused: the field has not confirmed it, or it is only an "
            "idea."
        )
        return Told(words, messages.ERROR)


def move(roadmap: Roadmap, row: Row, *, up: bool, by: User) -> str:
    """Move it, and say which numbers changed."""
    unmoved = _("It stays where it is: it cannot go any further.")
    return _moved(roadmap, row, lambda: ordering.move(row, up=up, by=by), unmoved)


def put(
    roadmap: Roadmap, row: Row, under: ordering.Above, rank: int | None, *, by: User
) -> str:
    """Put it under another line, or elsewhere under its own; say what changed."""
    return _moved(
        roadmap,
        row,
        lambda: ordering.put(row, under, rank=rank, by=by),
        _("It stands there already."),
    )


def _moved(roadmap: Roadmap, row: Row, change: Callable[[], bool], unmoved: str) -> str:
    before = codes_of(plan_of(roadmap))
    try:
        if not change():
            return unmoved
    except (operations.RemovedMeanwhile, ordering.NotUnderIt):
        raise Http404 from None
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


def _warning(roadmap: Roadmap, known: set[int]) -> str:
    """A workshop is written by anybody: what may name somebody there is told."""
    plan, bodies = plan_of(roadmap), roadmap.space.actors.values_list("name", flat=True)
    places = [roadmap.territory_name, *bodies]
    named = [
        words
        for text in _texts_since(plan, known)
        for words in (*(one for _kind, one in certain(text)), *possible(text, places))
    ]
    if not named:
        return ""
    told = _(
        "Read over what was taken up: “%(words)s” may name a person. A roadmap is read "
        "by everybody: write the function instead."
    )
    return told % {"words": ", ".join(dict.fromkeys(named))}


def _texts_since(plan: Plan, known: set[int]) -> Iterator[str]:
    """Everything written in the lines whose origin is new."""
    for stake in plan.stakes:
        if stake.origin and stake.origin.pk not in known:
            yield stake.row.text
    for stream in plan.workstreams:
        if stream.origin and stream.origin.pk not in known:
            row = stream.row
            yield from (row.title, row.success, row.feasibility)
            yield from (one.text for lines in stream.lines.values() for one in lines)
            yield from (one.row.description for one in stream.actions)


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


def _take_answers(roadmap: Roadmap, sent: QueryDict, by: User) -> Told:
    """What was ticked of one survey: stakes, themes, points for the document."""
    offered = access.get_answers(roadmap, str(sent["answers"]))
    said, themes = sent.getlist("said"), sent.getlist("theme")
    count = adopting.adopt_answers(roadmap, offered, said, by=by)
    count += adopting.adopt_themes(roadmap, offered, themes, by=by)
    if "points" in sent:
        count += adopting.show_points(roadmap, offered, by=by)
    if not count:
        words = _("Nothing is taken up: tick a line at least.")
        return Told(words, messages.WARNING)
    told = ngettext(
        "%(n)s line of the survey is taken up.",
        "%(n)s lines of the survey are taken up.",
        count,
    )
    return Told(told % {"n": count})


def _told(row: Stake | Workstream, source: object) -> Told:
    if isinstance(row, Stake) and row.text != str(source):
        return Told(_("Added: now word it as a question."), to_word=row.pk)
    return Told(_("Added: “%(row)s”.") % {"row": row})
