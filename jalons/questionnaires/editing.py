"""What the pages of the editor show: a draft laid out, and the centre's list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jalons.questionnaires.models import Draft, Version
from jalons.questionnaires.reading import Reading
from jalons.questionnaires.schema import (
    Definition,
    Question,
    Section,
    ShowIf,
    Wording,
)
from jalons.questionnaires.troubles import Trouble, troubles_of
from jalons.questionnaires.values import option_texts
from jalons.spaces.models import Space


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a draft, with what is left to mend in it."""

    question: Question
    troubles: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a draft with its number and its questions, in order."""

    number: int
    section: Section
    asked: tuple[Asked, ...]
    troubles: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a draft that a page shows, and what is left to mend in all."""

    parts: tuple[Part, ...]
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """One questionnaire of a centre: its versions, and the draft under way."""

    versions: tuple[Version, ...]
    draft: Draft | None

    @property
    def last(self) -> Version:
        return self.versions[0]


def outline(definition: Definition, reading: Reading) -> Outline:
    troubles = troubles_of(definition)
    of: dict[str, int] = {}
    for one in troubles:
        kind = "part" if one.page in ("part", "part_condition") else "question"
        of[f"{kind}:{one.code}"] = of.get(f"{kind}:{one.code}", 0) + 1
    count = len(definition.sections)
    parts = tuple(
        Part(
            number=read.number,
            section=read.section,
            asked=_asked(read.section, read.number == 1, read.number == count, of),
            troubles=of.get(f"part:{read.section.code}", 0),
            is_first=read.number == 1,
            is_last=read.number == count,
        )
        for read in reading.shown
    )
    return Outline(parts, troubles)


def _asked(
    section: Section, is_first: bool, is_last: bool, of: dict[str, int]
) -> tuple[Asked, ...]:
    last = len(section.questions) - 1
    return tuple(
        Asked(
            question,
            of.get(f"question:{question.code}", 0),
            is_first=is_first and at == 0,
            is_last=is_last and at == last,
        )
        for at, question in enumerate(section.questions)
    )


def families_of(space: Space) -> tuple[Family, ...]:
    """The centre's own questionnaires with all their versions, last one first."""
    versions = (
        Version.objects.filter(questionnaire__space=space)
        .with_uses()
        .select_related("questionnaire")
        .order_by("questionnaire__code", "-number")
    )
    drafts = {d.questionnaire_id: d for d in space.drafts.all()}
    found: dict[int, list[Version]] = {}
    for version in versions:
        found.setdefault(version.questionnaire_id, []).append(version)
    return tuple(Family(tuple(own), drafts.get(pk)) for pk, own in found.items())


def shipped_versions() -> Iterable[Version]:
    """The last version of each questionnaire that comes with Jalons."""
    shipped = Version.objects.latest_each().filter(questionnaire__space=None)
    return shipped.with_uses().select_related("questionnaire").order_by("pk")


@dataclass(frozen=True, slots=True)
class Steps:
    """The change that can be undone, and the one that can be made again."""

    to_undo: str
    to_redo: str


def steps_of(draft: Draft) -> Steps:
    said = dict(draft.steps.values_list("number", "said"))
    return Steps(said.get(draft.done, ""), said.get(draft.done + 1, ""))


@dataclass(frozen=True, slots=True)
class ConditionSaid:
    """A condition in plain words: a question, "is" or "is not", and answers."""

    question: Question
    is_not: bool
    answers: tuple[str, ...]


def condition_said(
    definition: Definition, condition: ShowIf | None, wording: Wording
) -> ConditionSaid | None:
    """The shorter of "is one of" and "is none of"; None without a sound condition."""
    asked = definition.question(condition.question) if condition else None
    if condition is None or asked is None:
        return None
    texts = option_texts(asked, wording[:2], easy=wording == "fr_easy")
    real = [option.code for option in asked.options]
    others = [code for code in real if code not in condition.any_of]
    is_not = set(condition.any_of) <= set(real) and 0 < len(others) < len(
        condition.any_of
    )
    named = others if is_not else list(condition.any_of)
    return ConditionSaid(asked, is_not, tuple(texts.get(c, c) for c in named))
