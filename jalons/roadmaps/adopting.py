"""What a workshop or a diagnosis gave becomes a line of the roadmap, once, as it is.

Nothing is typed again: words, lines and actions come along, and the link stays.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.diagnosis.board import line_of
from jalons.diagnosis.models import Finding, Review
from jalons.roadmaps.answered import AnswerOffered
from jalons.roadmaps.models import (
    Action,
    Line,
    Origin,
    Roadmap,
    Stake,
    Workstream,
)
from jalons.roadmaps.models.approach import THEMES_LENGTH
from jalons.roadmaps.models.stakes import LINE_LENGTH, TITLE_LENGTH
from jalons.roadmaps.operations import Lines, hold, next_position, note, write_lines
from jalons.roadmaps.revising import Fate, keep, written
from jalons.workshops.models import Activity, Item, Writing

Column = Writing.Column


class AlreadyAdopted(Exception):
    """This source is in the roadmap already."""


class NotAdoptable(Exception):
    """Neither a stake, nor a workstream, nor a finding that the field spoke of."""


CONFIRMED = (Review.State.CONFIRMED, Review.State.NUANCED)
"""What the field upheld, whole or with a nuance."""


@transaction.atomic
def adopt_item(roadmap: Roadmap, item: Item, *, by: User) -> Stake | Workstream:
    """A stake or a workstream of a workshop; its stake comes first if needed.

    Raises AlreadyAdopted, NotAdoptable.
    """
    hold(roadmap)
    _refuse_twice(roadmap.origins.filter(item=item).exists(), item)
    if item.stake is not None:
        return _take_workstream(_stake_of(roadmap, item.stake, by), item, by)
    if item.activity.kind not in ("workstreams", "matrix"):
        raise NotAdoptable(item)
    return _take_stake(roadmap, item, by)


@transaction.atomic
def adopt_table(roadmap: Roadmap, activity: Activity, *, by: User) -> int:
    """Everything of a table of key workstreams that is not adopted yet; how much."""
    hold(roadmap)
    items = activity.items.standing().in_order()
    known = set(roadmap.origins.exclude(item=None).values_list("item_id", flat=True))
    new = [one for one in items.select_related("stake") if one.pk not in known]
    for one in new:
        if one.stake is None:
            _take_stake(roadmap, one, by)
    for one in new:
        if one.stake is not None:
            _take_workstream(_stake_of(roadmap, one.stake, by), one, by)
    return len(new)


@transaction.atomic
def adopt_finding(roadmap: Roadmap, finding: Finding, *, by: User) -> Stake:
    """A finding upheld by the field, as a stake to be worded.

    Raises AlreadyAdopted, NotAdoptable.
    """
    hold(roadmap)
    _refuse_twice(roadmap.origins.filter(finding=finding).exists(), finding)
    read = line_of(finding)
    if read.state not in CONFIRMED:
        raise NotAdoptable(finding)
    stake = _new_stake(roadmap, as_question(read.text), by)
    Origin.objects.create(
        roadmap=roadmap,
        stake=stake,
        finding=finding,
        source=str(finding.diagnosis),
        words=read.text[:LINE_LENGTH],
        adopted_by=by,
    )
    return stake


@transaction.atomic
def adopt_answers(
    roadmap: Roadmap, offered: AnswerOffered, codes: Collection[str], *, by: User
) -> int:
    """What was ticked among the answers of a territory, as stakes; how many.

    Their question is written already: the words of the answer stay beside it.
    """
    hold(roadmap)
    chosen = [one for one in offered.stakes if one.code in codes]
    for one in chosen:
        stake = _new_stake(roadmap, as_question(one.question), by)
        Origin.objects.create(
            roadmap=roadmap,
            stake=stake,
            campaign=offered.campaign,
            said=one.code,
            source=offered.campaign.title,
            words=one.words[:LINE_LENGTH],
            adopted_by=by,
        )
    return len(chosen)


@transaction.atomic
def adopt_themes(
    roadmap: Roadmap, offered: AnswerOffered, themes: Collection[str], *, by: User
) -> int:
    """The priority themes ticked, as tags of the roadmap; how many."""
    stored = hold(roadmap)
    chosen = [one.replace(",", " ") for one in offered.themes if one in themes]
    every = list(dict.fromkeys([*stored.theme_names, *chosen]))
    if chosen:
        # Whoever has the sheet open is told that it changed meanwhile.
        stored.themes = ", ".join(every)[:THEMES_LENGTH]
        stored.version += 1
        stored.save(update_fields=["themes", "version"])
        note("roadmap.themes_adopted", roadmap, roadmap, by)
    return len(chosen)


@transaction.atomic
def show_points(roadmap: Roadmap, offered: AnswerOffered, *, by: User) -> bool:
    """The document shows the points by dimension of a level that is public."""
    hold(roadmap)
    if not offered.may_be_shown:
        return False
    roadmap.maturity = offered.campaign
    roadmap.save(update_fields=["maturity"])
    note("roadmap.maturity_shown", roadmap, roadmap, by)
    return True


def as_question(text: str) -> str:
    """A stake is a question (S002-20): what is not one waits to be worded as such."""
    words, asked = text.strip(), "%(words)s"
    if not words.endswith("?"):
        words, asked = words.rstrip(" ."), _("How can we act on this: %(words)s?")
    elif len(words) > TITLE_LENGTH:
        words, asked = words.rstrip(" ?\u00a0\u202f"), "%(words)s?"
    room = TITLE_LENGTH - len(asked % {"words": ""})
    cut = words if len(words) <= room else f"{words[: room - 1]}…"
    return asked % {"words": cut}


def _refuse_twice(is_adopted: bool, source: object) -> None:
    if is_adopted:
        raise AlreadyAdopted(source)


def _stake_of(roadmap: Roadmap, item: Item, by: User) -> Stake:
    """The stake that was this item, adopted now if it was not."""
    known = roadmap.origins.filter(item=item).select_related("stake").first()
    if known is not None and known.stake is not None:
        return known.stake
    return _take_stake(roadmap, item, by)


def _take_stake(roadmap: Roadmap, item: Item, by: User) -> Stake:
    stake = _new_stake(roadmap, as_question(item.text), by)
    _origin(roadmap, item, by, stake=stake)
    return stake


def _new_stake(roadmap: Roadmap, text: str, by: User) -> Stake:
    stake = Stake.objects.create(
        roadmap=roadmap, text=text, position=next_position(roadmap.stakes.all())
    )
    note("roadmap.stake_adopted", stake, roadmap, by)
    return stake


def _take_workstream(stake: Stake, item: Item, by: User) -> Workstream:
    """Its seven columns: the cells cut into lines, its actions made actions."""
    said = item.writings.filter(is_current=True).values_list("column", "text")
    cells = dict(said)
    workstream = Workstream.objects.create(
        stake=stake,
        position=next_position(stake.workstreams.all()),
        title=item.text,
        success=cells.get(Column.SUCCESS, ""),
        feasibility=cells.get(Column.FEASIBILITY, ""),
    )
    write_lines(workstream, _lines_of(cells), stake.roadmap.space)
    actions = Action.objects.bulk_create(
        Action(workstream=workstream, position=rank, description=text)
        for rank, text in enumerate(_cut(cells.get(Column.ACTIONS, "")), start=1)
    )
    _origin(stake.roadmap, item, by, workstream=workstream)
    note("roadmap.workstream_adopted", workstream, stake.roadmap, by)
    for one in actions:
        keep(written(one, stake.roadmap), Fate.WRITTEN, by)
    return workstream


def _lines_of(cells: Mapping[str, str]) -> Lines:
    """A cell does not say who leads and who does: that stays to be sorted."""
    return {
        Line.Kind.GOVERNANCE: _cut(cells.get(Column.GOVERNANCE, "")),
        Line.Kind.RESOURCES: _cut(cells.get(Column.RESOURCES, "")),
        Line.Kind.OBSTACLE: _cut(cells.get(Column.OBSTACLES, "")),
    }


def _cut(text: str) -> list[str]:
    return [one.strip() for one in text.splitlines() if one.strip()]


def _origin(
    roadmap: Roadmap,
    item: Item,
    by: User,
    *,
    stake: Stake | None = None,
    workstream: Workstream | None = None,
) -> None:
    Origin.objects.create(
        roadmap=roadmap,
        stake=stake,
        workstream=workstream,
        item=item,
        source=item.activity.workshop.meeting.title,
        words=item.text,
        adopted_by=by,
    )
