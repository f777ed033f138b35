"""Questions ready to be taken up: those of published versions, and a shipped set.

A question keeps its meaning wherever it is taken up, so that answers compare from one
questionnaire to another and from one wave to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.text import slugify

from jalons.questionnaires import drafting
from jalons.questionnaires.definitions import read_file
from jalons.questionnaires.models import Version
from jalons.questionnaires.schema import Definition, Question, Section, Text
from jalons.spaces.models import Space


@dataclass(frozen=True, slots=True)
class LibraryQuestion:
    """A question with its meaning, and where it comes from."""

    meaning: str
    question: Question
    origin: Text
    theme: Text

    def holds(self, words: str) -> bool:
        """Whether every word is found in what the question says, accents aside."""
        said = [self.question.text, self.origin, self.theme]
        said += [option.text for option in self.question.options]
        texts = slugify(" ".join(f"{one.fr} {one.en}" for one in said))
        return all(slugify(word) in texts for word in words.split())


def library_of(space: Space) -> tuple[LibraryQuestion, ...]:
    """What a centre may take up: what is shipped, and what it published itself."""
    versions = Version.objects.latest_each().offered_to(space).order_by("pk")
    definitions = [version.read() for version in versions]
    return tuple(_without_repeats([*definitions, *shipped()]))


@lru_cache(maxsize=1)
def shipped() -> tuple[Definition, ...]:
    """The questionnaires that come with Jalons, loaded or not."""
    folder: Path = settings.REFERENCE_DIR / "questionnaires"
    return tuple(read_file(path) for path in sorted(folder.glob("*.toml")))


def _without_repeats(definitions: Iterable[Definition]) -> Iterator[LibraryQuestion]:
    seen: set[str] = set()
    for definition, section, question in _each(definitions):
        meaning = definition.meaning_of(question)
        if meaning not in seen and question.type != "territory":
            seen.add(meaning)
            yield LibraryQuestion(meaning, question, definition.title, section.title)


def _each(
    definitions: Iterable[Definition],
) -> Iterator[tuple[Definition, Section, Question]]:
    for definition in definitions:
        for section in definition.sections:
            for question in section.questions:
                yield definition, section, question


def taken_up(found: LibraryQuestion, definition: Definition) -> Question:
    """The question as it enters a draft: its meaning kept, its ties undone.

    Its code changes only when it is taken; conditions, points of another grid and
    profiles that the draft does not ask stay behind.
    """
    question = found.question
    codes = [one.code for one in definition.questions]
    code = question.code
    if code in codes:
        code = drafting.free_code(f"{code[:36]}_", codes, first=2)
    profile = definition.with_role("profile")
    known = profile.option_codes if profile else ()
    options = tuple(
        option
        if set(option.profiles) <= set(known)
        else option.model_copy(update={"profiles": ()})
        for option in question.options
    )
    is_held = question.role is not None and definition.with_role(question.role)
    changes: dict[str, object] = {
        "code": code,
        "meaning": found.meaning,
        "options": tuple(o.model_copy(update={"points": None}) for o in options),
        "show_if": None,
        "scoring": None,
        "role": None if is_held else question.role,
    }
    return question.model_copy(update=changes)


def is_otherwise(before: Question, after: Question) -> bool:
    """Whether words, answers or points changed: the meaning must be asked about.

    Words are those in French, the language in which a questionnaire is written.
    """

    def said(text: Text) -> tuple[str, ...]:
        return tuple(text.fr.split())

    def substance(question: Question) -> object:
        options = [(o.code, o.points or 0, said(o.text)) for o in question.options]
        rule = question.scoring
        scoring = (rule.rule, rule.steps) if rule else None
        return (
            question.type,
            said(question.text),
            sorted(options),
            [(row.code, said(row.text)) for row in question.rows],
            question.degrees,
            scoring,
        )

    return substance(before) != substance(after)


def renewed(question: Question, definition: Definition) -> Question:
    """The question with a meaning of its own, that no other question has."""
    taken = {definition.meaning_of(one) for one in definition.questions}
    stem = f"{definition.code}.{question.code}."
    meaning = drafting.free_code(stem, taken, first=2)
    return question.model_copy(update={"meaning": meaning})
