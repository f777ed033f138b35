"""Comments beside the lines they are about, in the order of the roadmap."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jalons.margins.models import Comment
from jalons.roadmaps.figures import Plan
from jalons.roadmaps.models import Roadmap


@dataclass(frozen=True, slots=True)
class Margin:
    """A line, how a button names it, and what is said of it."""

    code: str
    words: str
    name: str
    level: int
    comments: Sequence[Comment]

    @property
    def open(self) -> list[Comment]:
        return [one for one in self.comments if one.settled_at is None]

    @property
    def settled(self) -> list[Comment]:
        return [one for one in self.comments if one.settled_at is not None]


@dataclass(frozen=True, slots=True)
class Margins:
    """Every line, and comments whose line was removed since."""

    lines: Sequence[Margin]
    orphans: Sequence[Comment]

    @property
    def open(self) -> int:
        return sum(len(one.open) for one in self.lines) + sum(
            one.settled_at is None for one in self.orphans
        )

    def line(self, name: str) -> Margin:
        return next(one for one in self.lines if one.name == name)


def margins_of(plan: Plan) -> Margins:
    """One query more than the plan."""
    known: defaultdict[str, list[Comment]] = defaultdict(list)
    rows = plan.roadmap.comments.select_related("written_by", "settled_by")
    for one in rows:
        known[_name(one)].append(one)
    lines = [
        Margin(code, words, name, level, known[name])
        for code, words, name, level in _lines(plan)
    ]
    return Margins(lines, known[""])


def open_by_line(roadmap: Roadmap) -> Counter[str]:
    """How many comments wait for an answer, by the name of their line."""
    waiting = roadmap.comments.filter(settled_at=None)
    return Counter(_name(one) for one in waiting.only("stake", "workstream", "action"))


def _name(comment: Comment) -> str:
    if comment.stake_id:
        return f"stake-{comment.stake_id}"
    if comment.workstream_id:
        return f"workstream-{comment.workstream_id}"
    return f"action-{comment.action_id}" if comment.action_id else ""


def _lines(plan: Plan) -> Iterator[tuple[str, str, str, int]]:
    for stake in plan.stakes:
        yield str(stake.number), stake.row.text, f"stake-{stake.row.pk}", 1
        for stream in stake.workstreams:
            row = stream.row
            yield stream.code, row.title, f"workstream-{row.pk}", 2
            for action in stream.actions:
                name = f"action-{action.row.pk}"
                yield action.code, action.row.description, name, 3
