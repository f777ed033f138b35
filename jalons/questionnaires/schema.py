"""The shape of a questionnaire file: what may be written, and of what type.

Rules that tie several keys together (a condition names an earlier question…) are in
`checks`; the file itself is read by `definitions.parse`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

DONT_KNOW = "dont_know"
"""Reserved option: offered by `allows_dont_know`, never written in a file."""

NOT_CONCERNED = "not_concerned"
"""Reserved answer to a scale: offered by `allows_not_concerned`, never a degree."""

CONSENT_SUFFIX = "_consent"
"""Reserved end of codes: the box that goes with a question asking for consent."""

QuestionType = Literal[
    "single",
    "multiple",
    "scale",
    "ranking",
    "matrix",
    "number",
    "date",
    "short_text",
    "long_text",
    "territory",
]
WITH_OPTIONS = ("single", "multiple", "scale", "ranking", "matrix")
DECIDING = ("single", "multiple", "scale")
"""Types on whose answer a condition may rest."""
ON_A_SCALE = ("scale", "matrix")
"""Types whose options are degrees, in order."""
Role = Literal[
    "territory",
    "profile",
    "sex",
    "age",
    "sponsorship",
    "coordination",
    "strategy",
    "deployment_fte",
    "main_stake",
    "themes",
    "sectors",
    "difficulties",
    "needs",
    "elected",
    "department",
    "body",
    "operators",
    "action_title",
    "action_theme",
    "action_audience",
    "action_contact",
    "quote",
    "support",
    "contact",
]


def _printable(text: str) -> str:
    if any(ord(character) < 32 and character not in "\n\t" for character in text):
        raise PydanticCustomError("control_character", "control character")
    return text


Wording = Literal["fr", "fr_easy", "en"]
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=3000),
    AfterValidator(_printable),
]
Said = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=3000),
    AfterValidator(_printable),
]
"""Words that a draft may still lack: `checks` asks for them."""
Meaning = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,159}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
Number = Annotated[float, Field(allow_inf_nan=False)]
WholePoints = Annotated[int, Field(ge=0, le=1000)]


class Shape(BaseModel):
    """Nothing unknown, nothing guessed, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def model_copy(
        self, *, update: Mapping[str, Any] | None = None, deep: bool = False
    ) -> Self:
        """A copy that computes again what the original had computed of itself."""
        copy = super().model_copy(update=update, deep=deep)
        for name in copy.__dict__.keys() - type(copy).model_fields.keys():
            del copy.__dict__[name]
        return copy


def first_words(text: str) -> str:
    """An answer as pages shorten it: “Local operator” of “Local operator: a body…”."""
    return re.split(r"\s*[:,]", text)[0]


class Text(Shape):
    """One text in its wordings; `fr_easy` is left out where `fr` is plain enough."""

    fr: Said
    en: Said
    fr_easy: Words | None = None

    def in_language(self, language: str, easy: bool = False) -> str:
        """The text to show; any language other than English reads the French.

        The other language stands in for words that a draft still lacks.
        """
        if language.startswith("en"):
            return self.en or self.fr
        if not self.fr:
            return self.en
        return self.fr_easy or self.fr if easy else self.fr

    def in_wording(self, wording: Wording) -> str:
        """The text in one of its wordings, named as in the file."""
        return self.in_language(wording[:2], easy=wording == "fr_easy")


class Source(Shape):
    """A document the questionnaire comes from."""

    title: Words
    publisher: Words
    year: Annotated[int, Field(ge=1900, le=2200)]
    url: Words | None = None


class ShowIf(Shape):
    """Ask only when the answer to `question` holds one of the options `any_of`."""

    question: Code
    any_of: tuple[Code, ...]


class Option(Shape):
    """One answer to tick; `profiles` limits it to the respondents of these profiles.

    An option that stands for a band of numbers says it: [at_least; below[, or exactly
    `at_least` when both are equal. A degree of a scale may say its `value`, for means
    and medians; by default degrees are worth 1, 2, 3… in the order they are written.
    """

    code: Code
    text: Text
    points: WholePoints | None = None
    profiles: tuple[Code, ...] = ()
    is_exclusive: bool = False
    at_least: Number | None = None
    below: Number | None = None
    value: Annotated[int, Field(ge=-100, le=100)] | None = None


class Line(Shape):
    """One line of a matrix: what is judged on the scale of its options."""

    code: Code
    text: Text


class Step(Shape):
    """From `at_least` boxes ticked, the question is worth `points`."""

    at_least: Annotated[int, Field(ge=1)]
    points: WholePoints


class Scoring(Shape):
    """How a question earns points.

    `single`: those of the chosen option; `cumulative`: those of the ticked options,
    added; `counted`: by steps of the number ticked. `indicator` groups the questions
    that measure one indicator; `is_published` tells ours from the published ones.
    """

    dimension: Code
    rule: Literal["single", "cumulative", "counted"]
    maximum: WholePoints
    indicator: Code
    is_published: bool
    steps: tuple[Step, ...] = ()


class Question(Shape):
    """One question, with its points and the conditions under which it is asked.

    `meaning` names what the question measures: two questions that share it, in two
    versions or two questionnaires, may be compared. `class_limits` cut the numbers
    given into the classes in which they are counted, each from a limit to the next.
    """

    code: Code
    type: QuestionType
    meaning: Meaning | None = None
    text: Text
    help: Text | None = None
    role: Role | None = None
    required: bool = False
    options: tuple[Option, ...] = ()
    rows: tuple[Line, ...] = ()
    max_choices: Annotated[int, Field(ge=1)] | None = None
    show_if: ShowIf | None = None
    allows_dont_know: bool = False
    allows_not_concerned: bool = False
    is_personal: bool = False
    consent: Text | None = None
    unit: Text | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    class_limits: tuple[Number, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    max_length: Annotated[int, Field(ge=1, le=5000)] | None = None
    format: Literal["email"] | None = None
    scoring: Scoring | None = None

    @property
    def consent_code(self) -> str:
        """Where the consent given with this answer is kept."""
        return self.code + CONSENT_SUFFIX

    @property
    def has_options(self) -> bool:
        return self.type in WITH_OPTIONS

    @property
    def may_decide(self) -> bool:
        """Whether a condition may rest on the answer."""
        return self.type in DECIDING

    @property
    def is_on_a_scale(self) -> bool:
        """Whether the options are degrees, from one end to the other."""
        return self.type in ON_A_SCALE

    @cached_property
    def option_codes(self) -> tuple[str, ...]:
        """Every code that may answer, "ne sait pas" included, in the file's order."""
        codes = tuple(option.code for option in self.options)
        if self.allows_not_concerned:
            codes = (*codes, NOT_CONCERNED)
        return (*codes, DONT_KNOW) if self.allows_dont_know else codes

    @cached_property
    def row_codes(self) -> tuple[str, ...]:
        return tuple(row.code for row in self.rows)

    @cached_property
    def degrees(self) -> dict[str, int]:
        """The value of each degree of a scale, by option; empty for other types."""
        if not self.is_on_a_scale:
            return {}
        return {
            option.code: rank if option.value is None else option.value
            for rank, option in enumerate(self.options, start=1)
        }

    def part_code(self, part: str) -> str:
        """Where one line of a matrix, or one rank, stands: `Q20.morning`."""
        return f"{self.code}.{part}" if part else self.code

    def options_for(self, profile: str | None) -> tuple[Option, ...]:
        """The options offered to a profile; all of them while it is unknown."""
        if profile is None:
            return self.options
        return tuple(o for o in self.options if not o.profiles or profile in o.profiles)


class Section(Shape):
    """One page of the questionnaire."""

    code: Code
    title: Text
    intro: Text | None = None
    show_if: ShowIf | None = None
    questions: tuple[Question, ...]


class Class(Shape):
    """The class of the totals in [low; high[; the last one includes its end."""

    code: Code
    title: Text
    low: Number
    high: Number


class Dimension(Shape):
    """One part of the grid; its levels, if any, cut its own total into classes."""

    code: Code
    title: Text
    maximum: WholePoints
    levels: tuple[Class, ...] = ()
    levels_note: Text | None = None


class Grid(Shape):
    """The points of the questionnaire: their total, its parts, its classes."""

    total: Annotated[int, Field(ge=1, le=1000)]
    note: Text | None = None
    dimensions: tuple[Dimension, ...]
    classes: tuple[Class, ...]


class Definition(Shape):
    """A whole questionnaire, as its file states it."""

    code: Slug
    title: Text
    description: Text
    minutes: Annotated[int, Field(ge=1, le=120)]
    is_reconstruction: bool
    reconstruction_note: Text | None = None
    sources: tuple[Source, ...] = ()
    author: Words
    reviewer: str = ""
    reviewed_on: date | None = None
    review_before: date | None = None
    licence: Words
    grid: Grid | None = None
    sections: tuple[Section, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order of the pages."""
        return tuple(q for section in self.sections for q in section.questions)

    @cached_property
    def _by_code(self) -> dict[str, Question]:
        return {question.code: question for question in self.questions}

    @cached_property
    def _conditions(self) -> dict[str, tuple[ShowIf, ...]]:
        return {
            question.code: tuple(filter(None, (section.show_if, question.show_if)))
            for section in self.sections
            for question in section.questions
        }

    @cached_property
    def _by_role(self) -> dict[str, Question]:
        return {q.role: q for q in self.questions if q.role is not None}

    def question(self, code: str) -> Question | None:
        return self._by_code.get(code)

    @cached_property
    def indicators(self) -> dict[str, bool]:
        """The scored indicators, and whether each is a published one."""
        scored = (q.scoring for q in self.questions if q.scoring)
        return {rule.indicator: rule.is_published for rule in scored}

    def with_role(self, role: Role) -> Question | None:
        """The one question that holds a role known to the rest of the platform."""
        return self._by_role.get(role)

    def meaning_of(self, question: Question) -> str:
        """What a question measures: as its file says, else as this very question."""
        return question.meaning or f"{self.code}.{question.code}"

    def conditions_of(self, question: Question) -> tuple[ShowIf, ...]:
        """The answers given before on which it depends whether a question is put."""
        return self._conditions[question.code]

    def section(self, code: str) -> Section | None:
        return next((s for s in self.sections if s.code == code), None)
