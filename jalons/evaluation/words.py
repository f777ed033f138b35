"""What an evaluation says in sentences: how far an indicator went, what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.documents.words import date_format
from jalons.evaluation.figures import EvaluationRead, FollowedRead
from jalons.evaluation.models import Box, Followed
from jalons.evaluation.models.plans import CHAIN
from jalons.evaluation.values import shown


@dataclass(frozen=True, slots=True)
class Next:
    """One thing left to do: a sentence, and the page where it is done."""

    words: str
    url: str


def asked(kind: Box.Kind) -> str:
    """The question that fills this part of the theory of change."""
    return {
        Box.Kind.NEED: _("What is lacking today, and to whom?"),
        Box.Kind.VISION: _("What will the territory look like if all goes well?"),
        Box.Kind.ACTIVITY: _("What will you do?"),
        Box.Kind.OUTPUT: _("What will be delivered, that can be counted?"),
        Box.Kind.OUTCOME: _("What will change for those concerned?"),
        Box.Kind.IMPACT: _("What will have changed in the territory, years later?"),
        Box.Kind.HYPOTHESIS: _("What do you hold to be true, without being sure?"),
        Box.Kind.FACTOR: _("What outside your hands may help or hinder?"),
    }[kind]


def example(kind: Box.Kind) -> str:
    """An answer, to show how short one can be."""
    return {
        Box.Kind.NEED: _("For example: elderly people give up online procedures."),
        Box.Kind.VISION: _("For example: everybody finds help near their home."),
        Box.Kind.ACTIVITY: _("For example: a bus goes round the villages."),
        Box.Kind.OUTPUT: _("For example: 40 stops a year, 300 people met."),
        Box.Kind.OUTCOME: _("For example: people met come back to do it themselves."),
        Box.Kind.IMPACT: _("For example: fewer people give up their rights."),
        Box.Kind.HYPOTHESIS: _("For example: people dare to come if it is nearby."),
        Box.Kind.FACTOR: _("For example: a public office closes in the town."),
    }[kind]


def progress(one: FollowedRead) -> str:
    """How far an indicator went, in one sentence that claims no cause."""
    if one.last is None:
        if one.points:
            return _("It could not be measured so far: see why.")
        return _("Not measured yet.")
    if one.baseline is None:
        return _("Measured, but where it starts from is not noted.")
    if one.change is None:
        return _("The last measure is older than where it starts from.")
    if one.change == 0:
        said = _("It did not move.")
    else:
        told = {"change": _gap(one, abs(one.change))}
        up = (
            _("It rose by %(change)s.")
            if one.change > 0
            else _("It fell by %(change)s.")
        )
        said = up % told
    return f"{said} {_towards(one)}".strip()


def _gap(one: FollowedRead, gap: Decimal) -> str:
    """A difference: between two percentages it is in points, never in percent."""
    if one.row.unit == Followed.Unit.PERCENT:
        return shown(gap, Followed.Unit.POINTS)
    return one.shown(gap)


def _towards(one: FollowedRead) -> str:
    way = one.way_percent
    if way is None:
        return ""
    if way < 0:
        return _("It moved away from the target.")
    if way >= 100:
        return _("The target is reached.")
    return _("%(n)s%% of the way to the target.") % {"n": way}


def direction_of(one: FollowedRead) -> str:
    """Whether it moved as one would wish; a word, never a colour alone."""
    if not one.change or one.row.direction == Followed.Direction.NEITHER:
        return ""
    is_up = one.change > 0
    is_wished = is_up == (one.row.direction == Followed.Direction.HIGHER)
    return _("as wished") if is_wished else _("against what is wished")


def next_steps(read: EvaluationRead) -> list[Next]:
    """What is left of the plan, in the order in which one does it."""
    return list(_left(read))


def _left(read: EvaluationRead) -> Iterator[Next]:
    ours = [read.row.roadmap_id]
    for kind in CHAIN:
        if not read.boxes.get(kind):
            url = reverse("evaluation:boxes", args=[*ours, kind.value])
            yield Next(asked(kind), url)
            break
    if not read.questions:
        url = reverse("evaluation:questions", args=ours)
        yield Next(_("What must the evaluation answer? One question is enough."), url)
    if not read.in_use:
        url = reverse("evaluation:choose", args=ours)
        yield Next(_("Choose what you will follow: a few indicators."), url)
    for one in read.without_baseline[:1]:
        url = reverse("evaluation:baseline", args=[*ours, one.row.pk])
        words = _("Note where “%(name)s” starts from, and on which day.")
        yield Next(words % {"name": one.row.said.name}, url)
    if read.bare_stakes and read.in_use:
        number, _stake = read.bare_stakes[0]
        url = reverse("evaluation:stakes", args=ours)
        words = _("Stake %(number)s has no indicator of what changes: choose one.")
        yield Next(words % {"number": number}, url)
    for one in read.late[:1]:
        url = reverse("evaluation:measure", args=[*ours, one.row.pk])
        words = _("Measure “%(name)s”: it was awaited on %(day)s.")
        day = date_format(one.due_on) if one.due_on else ""
        yield Next(words % {"name": one.row.said.name, "day": day}, url)
    yield from _review_left(read)


def _review_left(read: EvaluationRead) -> Iterator[Next]:
    last = read.last_review
    url = reverse("evaluation:add_review", args=[read.row.roadmap_id])
    if last is None:
        yield Next(
            _("Hold a first review: where you start from, what you expect."), url
        )
    elif last.next_on and last.next_on < read.today:
        words = _("The next review was to be held on %(day)s.")
        yield Next(words % {"day": date_format(last.next_on)}, url)


def lead(read: EvaluationRead) -> str:
    """Where the evaluation is, in two sentences."""
    followed, measured = len(read.in_use), len(read.measured)
    first = ngettext(
        "%(n)s indicator is followed, %(measured)s of them measured.",
        "%(n)s indicators are followed, %(measured)s of them measured.",
        followed,
    )
    said = first % {"n": followed, "measured": measured}
    if late := len(read.late):
        more = ngettext(
            "%(n)s measure is awaited.", "%(n)s measures are awaited.", late
        )
        said += " " + more % {"n": late}
    return said
