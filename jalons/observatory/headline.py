"""The headline questions of a campaign with their answers and the groups shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jalons.analysis.secrecy import TOTAL
from jalons.observatory.answers import (
    Mask,
    Ticked,
    asked,
    everybody,
    of_profiles,
    profile_codes,
    ticked,
)
from jalons.observatory.material import Material
from jalons.observatory.results import Figures
from jalons.observatory.variables import TOGETHER
from jalons.questionnaires.definitions import Option, Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answers, and the groups of profiles shown beside each other."""

    question: Question
    ticks: Ticked
    groups: tuple[str, ...]


def headline_questions(material: Material, figures: Figures) -> Iterable[Asked]:
    shown = {question.role: question for question in figures.questions}
    for question in asked(material.definition, material.answers):
        groups = shown[question.role or ""].groups[1:]
        codes = tuple(group.code for group in groups)
        yield Asked(question, ticked(question, material.answers), codes)


def of_group(group: str, material: Material) -> Mask:
    if group == TOTAL:
        return everybody(material.answers)
    return of_profiles(group.split(TOGETHER), material.answers)


def offered_in(option: Option, group: str, material: Material) -> str:
    """The profiles of a group to which an option was offered; empty for none."""
    every = profile_codes(material.definition)
    members = every if group == TOTAL else group.split(TOGETHER)
    return TOGETHER.join(
        code for code in every if code in members and code in option.profiles
    )


def offered_labels(option: Option, one: Asked, material: Material) -> Iterator[str]:
    """The profiles to whom an option was offered: all of them, then in each group."""
    for group in (TOTAL, *one.groups):
        yield offered_in(option, group, material)
