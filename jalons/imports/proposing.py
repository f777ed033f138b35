"""A whole mapping proposed for a file, to be read and mended before it is used.

What the screens propose column by column, written as one file: a command has no
screens. Each guess stands in a comment with its confidence, and what is not understood
is left aside and named. Nothing is read with it until somebody gives it back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from jalons.imports.composing import content_of
from jalons.imports.drafting import Group, groups_of
from jalons.imports.mapping import Mapping, written
from jalons.imports.matching import (
    DATE,
    KEY,
    KEY_AND_DATE,
    PLACE,
    SET_ASIDE,
    WEIGHT,
    Matched,
    Proposal,
    proposals,
)
from jalons.imports.places import known_places
from jalons.imports.scanning import Scan
from jalons.questionnaires.definitions import Definition
from jalons.surveys.models import Campaign

SEVERAL = ("multiple", "matrix", "ranking")
"""Types of questions that several columns may answer."""


class NotEnough(Exception):
    """No mapping can be proposed: the message says what the file lacks."""


def proposed(campaign: Campaign, scan: Scan, *, name: str, day: date | None) -> str:
    """The text of a mapping for this file. Raises NotEnough."""
    definition = campaign.version.read()
    found = proposals(definition, scan)
    matched = _matched(definition, found)
    groups = groups_of(definition, scan, matched, known_places(campaign), "fr")
    for group in groups:
        _leave_unclear(matched, group, scan)
    _settle(matched, groups, day)
    said = {
        (group.code, ask.kind, ask.about): ask.guess.code or SET_ASIDE
        for group in groups
        for ask in group.asks
    }
    content = content_of(definition, matched, said, None)
    named = {"title": name, "author": campaign.space.name}
    mapping = Mapping.model_validate_json(json.dumps({**named, **content}))
    comments = [*_told(matched, found), *_told_values(groups)]
    # A name of the file on several lines must not leave its comment.
    lines = (" ".join(line.splitlines()) for line in comments)
    return "".join(f"# {line}\n" for line in lines) + "\n" + written(mapping)


def _matched(definition: Definition, found: Sequence[Proposal]) -> Matched:
    """What each column is taken for, one column for what takes only one."""
    columns: dict[str, str] = {one.column.name: SET_ASIDE for one in found}
    taken: set[str] = set()
    for one in sorted(found, key=lambda one: -one.guess.confidence):
        code = one.guess.code
        if one.guess.level == "none" or code == WEIGHT or code in taken:
            continue
        columns[one.column.name] = code
        question = definition.question(code)
        if question is None or question.type not in SEVERAL:
            taken.add(code)
    if PLACE not in columns.values():
        message = _(
            "No column seems to hold the territory: name one of them “%(name)s”, as "
            "the questionnaire does."
        )
        place = definition.with_role("territory")
        raise NotEnough(message % {"name": place.code if place else "EPCI"})
    return Matched(columns=columns, day="", weight_source="", by_content=False)


def _leave_unclear(matched: Matched, group: Group, scan: Scan) -> None:
    """Columns of which a mapping must know more than what is guessed are not read."""
    unsaid = {
        ask.about for ask in group.asks if ask.kind == "part" and not ask.guess.code
    }
    is_lost = group.problem or any(
        ask.kind == "channel" and not ask.guess.code for ask in group.asks
    )
    for name, taken in matched["columns"].items():
        if is_lost and group.code == DATE and taken == KEY_AND_DATE:
            # A moment that cannot be read may still tell the answers apart.
            column = scan.column(name)
            is_alone = column is not None and column.values[0][1] == 1
            matched["columns"][name] = KEY if is_alone else SET_ASIDE
        elif name in unsaid or (is_lost and taken == group.code):
            matched["columns"][name] = SET_ASIDE


def _settle(matched: Matched, groups: Sequence[Group], day: date | None) -> None:
    """What stands for the columns of the date and of the key that are not read."""
    codes = {*matched["columns"].values()}
    matched["by_content"] = not codes & {KEY, KEY_AND_DATE}
    if codes & {DATE, KEY_AND_DATE}:
        return
    if day is None:
        unread = [one.problem for one in groups if one.code == DATE]
        none = _("No column holds the day of sending: give one for all with --day.")
        raise NotEnough(" ".join([*unread, none]))
    matched["day"] = day.isoformat()


def _told(matched: Matched, found: Sequence[Proposal]) -> Iterator[str]:
    """Each column in a comment: what it is taken for, and how surely."""
    yield _(
        "Proposed by Jalons, reviewed by nobody yet: read it, mend it, then use it."
    )
    if matched["by_content"]:
        yield _(
            "No column identifies the answers: a row is known by all its cells. The "
            "same file once more changes nothing, but a row corrected is a new answer."
        )
    for one in found:
        code = matched["columns"][one.column.name]
        words = {
            "column": one.column.name,
            "code": code.lstrip(":"),
            "share": round(one.guess.confidence * 100),
        }
        if code == SET_ASIDE:
            yield _("“%(column)s”: not read.") % words
        else:
            yield _("“%(column)s”: %(code)s (%(share)d%% sure)") % words


def _told_values(groups: Sequence[Group]) -> Iterator[str]:
    for group in groups:
        if group.problem:
            yield f"{group.title}: {group.problem}"
        for ask in group.asks:
            words = {"group": group.title, "value": ask.about, "code": ask.guess.code}
            if ask.guess.code:
                yield _("%(group)s: “%(value)s” is read as “%(code)s”.") % words
            else:
                yield _("%(group)s: “%(value)s” is not understood.") % words
