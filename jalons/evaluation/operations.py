"""The plan of an evaluation: its theory, its questions, the indicators it follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.evaluation.catalogue import Entry, read_catalogue
from jalons.evaluation.models import Box, Evaluation, Followed, Question
from jalons.evaluation.models.followed import OUTCOMES
from jalons.evaluation.models.plans import BOX_LENGTH
from jalons.roadmaps.models import Roadmap, Stake, Versioned
from jalons.roadmaps.operations import claim, hold


class AlreadyStarted(Exception):
    """A roadmap has one evaluation."""


class StillMeasured(Exception):
    """It was retired on a day that is before its last measure."""


@transaction.atomic
def start_evaluation(
    roadmap: Roadmap, purpose: str, codes: Iterable[str], *, by: User
) -> Evaluation:
    """The evaluation of a roadmap, begun with what the roadmap says already.

    Its stakes are needs, its workstreams activities, and what would make each one a
    success an outcome of it: the ties are those of the roadmap. Raises AlreadyStarted.
    """
    held = hold(roadmap)
    if Evaluation.objects.filter(roadmap=held).exists():
        raise AlreadyStarted(held)
    evaluation = Evaluation.objects.create(roadmap=held, purpose=purpose, started_by=by)
    _draw_from_roadmap(evaluation)
    _choose(evaluation, codes, by)
    note("evaluation.started", evaluation, evaluation, by)
    return evaluation


@transaction.atomic
def save_purpose(evaluation: Evaluation, *, version: int, by: User) -> None:
    """Keep what it is for. Raises ChangedMeanwhile."""
    claim(evaluation, version)
    evaluation.save()
    note("evaluation.changed", evaluation, evaluation, by)


@transaction.atomic
def write_boxes(
    evaluation: Evaluation,
    kind: Box.Kind,
    texts: Sequence[str],
    *,
    version: int,
    by: User,
) -> None:
    """A part of the theory; a statement that did not change keeps its ties.

    Raises ChangedMeanwhile.
    """
    claim(evaluation, version)
    evaluation.save()
    known = {one.text: one for one in evaluation.boxes.filter(kind=kind)}
    kept = []
    for position, text in enumerate(dict.fromkeys(texts), start=1):
        box = known.get(text) or Box(evaluation=evaluation, kind=kind, text=text)
        box.position = position
        box.save()
        kept.append(box.pk)
    evaluation.boxes.filter(kind=kind).exclude(pk__in=kept).delete()
    note("evaluation.theory_written", evaluation, evaluation, by)


@transaction.atomic
def link_boxes(
    evaluation: Evaluation,
    sources: Mapping[Box, Iterable[Box]],
    *,
    version: int,
    by: User,
) -> None:
    """What each statement comes from. Raises ChangedMeanwhile."""
    claim(evaluation, version)
    evaluation.save()
    for box, found in sources.items():
        box.comes_from.set(found)
    note("evaluation.linked", evaluation, evaluation, by)


@transaction.atomic
def add_question(question: Question, *, by: User) -> Question:
    hold(question.evaluation.roadmap)
    question.position = _next(question.evaluation.questions.all())
    question.save()
    note("evaluation.question_written", question, question.evaluation, by)
    return question


@transaction.atomic
def save_question(question: Question, *, version: int, by: User) -> None:
    """Keep a question as it was changed from this version. Raises ChangedMeanwhile."""
    place = question.position
    claim(question, version)
    question.position = place
    question.save()
    note("evaluation.question_changed", question, question.evaluation, by)


@transaction.atomic
def remove_question(question: Question, *, by: User) -> None:
    note("evaluation.question_removed", question, question.evaluation, by)
    question.delete()


@transaction.atomic
def choose_indicators(
    evaluation: Evaluation, codes: Iterable[str], *, by: User
) -> list[Followed]:
    """Follow these indicators of the catalogue; one that is followed stays as it is."""
    hold(evaluation.roadmap)
    return _choose(evaluation, codes, by)


@transaction.atomic
def add_own_indicator(
    followed: Followed, stakes: Iterable[Stake], *, by: User
) -> Followed:
    """An indicator of the team's own."""
    hold(followed.evaluation.roadmap)
    followed.position = _next(followed.evaluation.indicators.all())
    followed.chosen_on = timezone.localdate()
    followed.save()
    followed.stakes.set(stakes)
    note("evaluation.indicator_chosen", followed, followed.evaluation, by)
    return followed


@transaction.atomic
def save_followed(
    followed: Followed, stakes: Iterable[Stake], *, version: int, by: User
) -> None:
    """How it is followed: target, keeper, stakes. Raises ChangedMeanwhile."""
    claim(followed, version)
    followed.save()
    followed.stakes.set(stakes)
    note("evaluation.indicator_changed", followed, followed.evaluation, by)


@transaction.atomic
def match_stakes(
    evaluation: Evaluation, chosen: Mapping[int, Iterable[int]], *, by: User
) -> None:
    """By stake, the indicators of what changes that serve it; others keep theirs."""
    hold(evaluation.roadmap)
    stakes = {one.pk: one for one in evaluation.roadmap.stakes.all()}
    outcomes = evaluation.indicators.filter(level__in=OUTCOMES)
    for followed in outcomes:
        served = [stakes[pk] for pk, found in chosen.items() if followed.pk in found]
        followed.stakes.set(served)
    note("evaluation.changed", evaluation, evaluation, by)


@transaction.atomic
def retire(followed: Followed, on: date, reason: str, *, by: User) -> None:
    """Stop following it after a day; what was measured stays. Raises StillMeasured."""
    hold(followed.evaluation.roadmap)
    if followed.measures.filter(is_current=True, measured_on__gt=on).exists():
        raise StillMeasured(followed)
    followed.retired_on, followed.retired_because = on, reason
    followed.save(update_fields=["retired_on", "retired_because"])
    note("evaluation.indicator_retired", followed, followed.evaluation, by)


@transaction.atomic
def resume(followed: Followed, *, by: User) -> None:
    """Follow again what was retired."""
    hold(followed.evaluation.roadmap)
    followed.retired_on, followed.retired_because = None, ""
    followed.save(update_fields=["retired_on", "retired_because"])
    note("evaluation.indicator_resumed", followed, followed.evaluation, by)


def note(
    verb: str,
    row: Versioned,
    evaluation: Evaluation,
    by: User | None,
    details: Mapping[str, object] | None = None,
) -> None:
    roadmap = evaluation.roadmap
    told = {"roadmap": roadmap.pk, **(details or {})}
    audit.record(verb, row, by=by, space_id=roadmap.space_id, details=told)


def _draw_from_roadmap(evaluation: Evaluation) -> None:
    """Needs, activities and outcomes that the roadmap says, with its own ties."""
    roadmap, rank = evaluation.roadmap, 0
    if course := " ".join(roadmap.course.split()):
        _box(evaluation, Box.Kind.VISION, course, 1)
    stakes = roadmap.stakes.prefetch_related("workstreams")
    for number, stake in enumerate(stakes, start=1):
        need = _box(evaluation, Box.Kind.NEED, stake.text, number)
        for stream in stake.workstreams.all():
            rank += 1
            activity = _box(evaluation, Box.Kind.ACTIVITY, stream.title, rank)
            activity.comes_from.add(need)
            if success := " ".join(stream.success.split()):
                outcome = _box(evaluation, Box.Kind.OUTCOME, success, rank)
                outcome.comes_from.add(activity)


def _box(evaluation: Evaluation, kind: Box.Kind, text: str, position: int) -> Box:
    short = text if len(text) <= BOX_LENGTH else f"{text[: BOX_LENGTH - 1]}…"
    return Box.objects.create(
        evaluation=evaluation, kind=kind, position=position, text=short
    )


def _choose(evaluation: Evaluation, codes: Iterable[str], by: User) -> list[Followed]:
    wanted = set(codes)
    known = set(evaluation.indicators.values_list("code", flat=True))
    position = _next(evaluation.indicators.all())
    chosen: list[Followed] = []
    for entry in read_catalogue().indicator:
        if entry.code in wanted - known:
            row = _from_catalogue(evaluation, entry, position + len(chosen))
            row.save()
            note("evaluation.indicator_chosen", row, evaluation, by)
            chosen.append(row)
    return chosen


def _from_catalogue(evaluation: Evaluation, entry: Entry, position: int) -> Followed:
    """Its words as they are on this day: a later version of the file leaves them."""
    return Followed(
        evaluation=evaluation,
        position=position,
        code=entry.code,
        catalogue_version=entry.version,
        takes_target=entry.takes_target,
        level=entry.level,
        **entry.said._asdict(),
        unit=entry.unit,
        direction=entry.direction,
        frequency=entry.frequency,
        chosen_on=timezone.localdate(),
    )


def _next(rows: QuerySet[Question] | QuerySet[Followed]) -> int:
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
