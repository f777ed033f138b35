"""What a workshop gave: the one count behind every screen, page and file.

`results_of` counts, for the team. `shown_to` is what anybody else receives: nothing as
long as the facilitator has not shown the results.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from django.db import connection, models
from django.db.models import Count, F, Q

from jalons.analysis import voting
from jalons.analysis.prospective import GRADES, Matrix, OnPaper, Order, Rated, rate
from jalons.analysis.voting import Counted, Scale
from jalons.analysis.word_cloud import Said, Word, count_words
from jalons.ecosystems.figures import hands_of
from jalons.search.words import words_of
from jalons.workshops.definitions import written_kinds
from jalons.workshops.learning import Learning, learning_of
from jalons.workshops.marks import Marks
from jalons.workshops.models import (
    Activity,
    Ballot,
    Item,
    PaperCount,
    Participant,
    Workshop,
    Writing,
)


@dataclass(frozen=True, slots=True)
class Idea:
    """A standing idea with those merged in it: each author counts once."""

    item: Item
    merged: Sequence[Item]
    aliases: Sequence[str]

    @property
    def tables(self) -> Sequence[str]:
        """Tables where it was written; none in a workshop without tables."""
        people = [one.author for one in (self.item, *self.merged)]
        found = [str(one.table) for one in people if one and one.table]
        return list(dict.fromkeys(found))

    @property
    def voices(self) -> int:
        """People who wrote it; an idea of the team has none."""
        return len({one.author_id for one in (self.item, *self.merged)} - {None})


@dataclass(frozen=True, slots=True)
class Line:
    """One option of a vote; `share` is of those who voted."""

    item: Item
    counted: Counted
    share: float
    mean_rank: float | None = None


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """One item of the matrix in the order of rule 21."""

    item: Item
    rated: Rated


@dataclass(frozen=True, slots=True)
class Results:
    """The count of one activity; only what its kind fills is not empty."""

    activity: Activity
    voters: int
    on_paper: int = 0
    ideas: Sequence[Idea] = ()
    lines: Sequence[Line] = ()
    scale: Scale | None = None
    matrix: Matrix | None = None
    rated: Sequence[MatrixLine] = ()
    words: Sequence[Word] = ()
    learning: Learning | None = None

    @property
    def foremost(self) -> Sequence[Idea]:
        """The ideas that the room is shown: as many as asked, and those equal."""
        top = self.activity.top
        if not top or len(self.ideas) <= top:
            return self.ideas
        least = self.ideas[top - 1].voices
        return [one for one in self.ideas if one.voices >= least]

    @property
    def most(self) -> float:
        return max((line.counted.total for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class Room:
    """Who is there, and how many answered what is played.

    On a resource map they are names, not people; None once names are erased.
    """

    people: int
    answered: int | None
    are_names: bool = False


def room_of(
    workshop: Workshop, activity: Activity | None, *, at: datetime | None = None
) -> Room:
    """Who is there and who answered, now or at an instant; in two queries."""
    people = workshop.participants.all()
    n = (people.filter(joined_at__lte=at) if at else people).count()
    if activity is not None and activity.map is not None:
        return Room(n, hands_of(activity.map, at=at), are_names=True)
    return Room(n, _people(*_asked(activity)) if activity is not None else 0)


def _asked(activity: Activity) -> tuple[models.QuerySet, str]:
    """What the phase that is played asks for, and who of it counts as its author."""
    if activity.step.takes == "cells":
        cells = Writing.objects.filter(item__activity=activity)
        note = Q(column=Writing.Column.FEASIBILITY)
        # The note is asked for in a phase of its own; the rest was written before.
        is_note = activity.phase == "feasibility"
        return cells.filter(note if is_note else ~note), "author"
    if activity.step.takes == "ideas" or not activity.has_votes:
        return activity.items.until(activity.seen_at), "author"
    return Ballot.objects.counted(activity), "participant"


def has_hidden(workshop: Workshop) -> bool:
    """Whether people gave something that is still hidden from the room; one query."""
    hidden = workshop.activities.filter(results_shown=False).exclude(kind="resources")
    cast, written = Q(ballots__isnull=False), Q(kind__in=written_kinds())
    on_paper = Q(items__paper_counts__isnull=False)
    return hidden.filter(cast | on_paper | written & Q(items__isnull=False)).exists()


def shown_to(activity: Activity, *, is_team: bool) -> Results | None:
    """The results for a reader; None for whoever may not see them yet."""
    if is_team:
        return results_of(activity)
    if not activity.results_shown:
        return None
    first = activity.asks_again
    if first is not None and not first.results_shown:
        # The change would tell what was answered before, which stays hidden.
        return replace(results_of(activity), learning=None)
    return results_of(activity)


def results_of(activity: Activity) -> Results:
    """Everything counted, for those who facilitate."""
    if activity.kind == "wall":
        ideas = ideas_of(activity)
        return Results(activity, len(ideas), ideas=ideas)
    if activity.kind == "cloud":
        return _cloud(activity)
    if activity.kind in ("workstreams", "resources"):
        return Results(activity, _voters(activity))
    items = list(activity.items.standing().until(activity.seen_at).in_order())
    if activity.kind == "matrix":
        given = _graded(Ballot.objects.counted(activity))
        return _matrix(activity, items, given, _voters(activity), paper_of(activity))
    ballots = list(Ballot.objects.counted(activity).values("participant_id", "marks"))
    voters = len({one["participant_id"] for one in ballots})
    marks = [one["marks"] for one in ballots]
    if activity.kind == "questions":
        marks = _followed(activity, marks)
    if activity.kind == "poll" and activity.form == Activity.Form.SCALE:
        scale = voting.count_scale(GRADES, [one["grade"] for one in marks])
        learning = learning_of(activity)
        return Results(activity, voters, scale=scale, learning=learning)
    return Results(activity, voters, lines=_lines(activity, items, marks))


def matrices_of(activities: Sequence[Activity]) -> list[Results]:
    """Several matrices as they stand now, in four queries however many they are."""
    items: defaultdict[int, list[Item]] = defaultdict(list)
    for item in Item.objects.filter(activity__in=activities).standing().in_order():
        items[item.activity_id].append(item)
    counted = Ballot.objects.filter(
        activity__in=activities, round=F("activity__round"), is_current=True
    )
    given: defaultdict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in _graded(counted):
        given[row["activity_id"]].append(row)
    by_people = counted.exclude(participant=None).values_list("activity_id")
    voters = dict(by_people.annotate(n=Count("participant", distinct=True)))
    paper = _on_paper(
        PaperCount.objects.filter(
            item__activity__in=activities, round=F("item__activity__round")
        )
    )
    return [
        _matrix(one, items[one.pk], given[one.pk], voters.get(one.pk, 0), paper)
        for one in activities
    ]


def ideas_of(activity: Activity) -> list[Idea]:
    """The standing ideas of a wall, those that more people wrote first; one query."""
    there = activity.items.until(activity.seen_at)
    found = list(there.select_related("author__table").in_order())
    gathered: dict[int, list[Item]] = {}
    for one in found:
        if one.merged_into_id and not one.withdrawn_at and not one.set_aside_at:
            gathered.setdefault(one.merged_into_id, []).append(one)
    ideas = [_idea(one, gathered.get(one.pk, [])) for one in found if one.stands]
    return sorted(ideas, key=lambda idea: (-idea.voices, idea.item.number))


COUNTED = (
    "SELECT b.activity_id, b.item_id, b.marks FROM workshops_ballot b"
    " JOIN workshops_activity a ON a.id = b.activity_id"
    " WHERE b.participant_id = %s AND b.is_current AND b.round = a.round"
)
"""Written out: composed anew at each vote, it costs ten times what it reads."""


def answers_of(person: Participant) -> dict[int, dict[int | None, Marks]]:
    """What counts of this person's answers, by activity and item; one query.

    The item None is the whole activity.
    """
    found: dict[int, dict[int | None, Marks]] = {}
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [person.pk])
        for activity, item, marks in cursor.fetchall():
            found.setdefault(activity, {})[item] = json.loads(marks)
    return found


def paper_of(activity: Activity) -> dict[int, OnPaper]:
    """What was counted by hand in the round that is played, by item; one query."""
    return _on_paper(
        PaperCount.objects.filter(item__activity=activity, round=activity.round)
    )


def _on_paper(counts: Iterable[PaperCount]) -> dict[int, OnPaper]:
    return {
        one.item_id: OnPaper(one.people, one.impact_points, one.mastery_points)
        for one in counts
    }


def _voters(activity: Activity) -> int:
    return _people(Ballot.objects.counted(activity), "participant")


def _people(found: models.QuerySet, name: str) -> int:
    return found.exclude(**{name: None}).values(name).distinct().count()


def _cloud(activity: Activity) -> Results:
    """The words given, those gathered with another counted as that one; one query.

    A word set aside takes along those gathered with it: it is their text that shows.
    """
    there = activity.items.until(activity.seen_at)
    given = there.filter(withdrawn_at=None, set_aside_at=None)
    given = given.filter(merged_into__set_aside_at=None)
    found = list(given.select_related("merged_into").in_order())
    said = []
    for one in found:
        word = one.merged_into or one
        # A word of signs only, as an emoji, compares as it is written.
        key = " ".join(words_of(word.text)) or word.text
        said.append(Said(one.author_id, key, word.text))
    people = {one.author_id for one in found} - {None}
    unsigned = sum(one.author_id is None for one in found)
    return Results(activity, len(people) + unsigned, words=count_words(said))


def _followed(
    activity: Activity, marks: Sequence[Mapping[str, object]]
) -> list[Mapping[str, object]]:
    """Who supports a question that joined another supports that one, once."""
    joined = activity.items.exclude(merged_into=None)
    into = dict(joined.values_list("pk", "merged_into"))
    return [
        {"choices": {into.get(pk, pk) for pk in one["choices"]}}  # type: ignore[attr-defined]
        for one in marks
    ]


def _idea(item: Item, merged: Sequence[Item]) -> Idea:
    authors = [one.author for one in (item, *merged)]
    aliases = [one.alias for one in authors if one and one.alias]
    return Idea(item, merged, list(dict.fromkeys(aliases)))


def _lines(
    activity: Activity, items: Sequence[Item], marks: Sequence[Mapping[str, object]]
) -> list[Line]:
    by_pk = {one.pk: one for one in items}
    options = list(by_pk)
    ranks: dict[int, float | None] = {}
    if activity.kind == "dots":
        dots = [_int_keys(one["dots"]) for one in marks]
        counted = voting.count_dots(options, dots)
    elif activity.kind == "poll" and activity.form == Activity.Form.RANKING:
        orders = [[pk for pk in one["order"] if pk in by_pk] for one in marks]  # type: ignore[attr-defined]
        counted = voting.count_rankings(options, orders)
        ranks = {pk: voting.mean_rank(pk, orders) for pk in options}
    else:
        counted = voting.count_choices(options, [one["choices"] for one in marks])  # type: ignore[misc]
    n = len(marks)
    return [
        Line(
            by_pk[one.option],
            one,
            one.voters / n if n else 0.0,
            ranks.get(one.option),
        )
        for one in counted
    ]


def _int_keys(dots: object) -> dict[int, int]:
    assert isinstance(dots, dict)
    return {int(option): count for option, count in dots.items()}


def _graded(counted: models.QuerySet) -> Iterable[Mapping[str, Any]]:
    """The same grades of an item are one row, however many people gave them."""
    rows: Iterable[Mapping[str, Any]] = counted.values(
        "activity_id", "item_id", "marks"
    ).annotate(people=Count("pk"))
    return rows


def _matrix(
    activity: Activity,
    items: Sequence[Item],
    given: Iterable[Mapping[str, Any]],
    voters: int,
    paper: Mapping[int, OnPaper],
) -> Results:
    by_pk = {one.pk: one for one in items}
    votes: dict[int, list[tuple[int, int]]] = {pk: [] for pk in by_pk}
    for one in given:
        marks, item = one["marks"], one["item_id"]
        if item in votes:
            votes[item] += [(marks["impact"], marks["mastery"])] * one["people"]
    matrix = rate(
        votes,
        paper={pk: on_paper for pk, on_paper in paper.items() if pk in by_pk},
        at_midpoint=activity.is_cut_at_midpoint,
        order=cast("Order", activity.order),
    )
    on_paper = max((one.on_paper for one in matrix.items), default=0)
    rated = [MatrixLine(by_pk[one.item], one) for one in matrix.items]
    return Results(
        activity, voters + on_paper, matrix=matrix, rated=rated, on_paper=on_paper
    )
