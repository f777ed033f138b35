"""How an answer lies in the columns of a table: one a question, as a rule.

A matrix has one column a line, a ranking one column an option, which holds its rank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jalons.questionnaires.schema import Question
from jalons.questionnaires.values import Answer, in_words, option_texts

BETWEEN_CODES = "|"
Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """One column; `part` is the line of a matrix or the option of a ranking."""

    question: Question
    part: str = ""

    @property
    def code(self) -> str:
        return self.question.part_code(self.part)

    def title(self, language: str) -> str:
        """The text of the question, then that of its part."""
        text = self.question.text.in_language(language)
        parts = {one.code: one.text for one in self.question.rows}
        if self.question.type == "ranking":
            parts = {one.code: one.text for one in self.question.options}
        if not self.part:
            return text
        return f"{text} – {parts[self.part].in_language(language)}"

    def coded(self, answers: Mapping[str, Answer]) -> Cell:
        """What the column holds, in codes: `agree`, `a|b`, `2`, `2026-03-31`."""
        answer = self._own(answers)
        return BETWEEN_CODES.join(answer) if isinstance(answer, list) else answer

    def worded(self, answers: Mapping[str, Answer], language: str) -> Cell:
        """The same in words; numbers and days stay what they are."""
        answer = self._own(answers)
        if answer is None or isinstance(answer, int | float):
            return answer
        if self.question.type == "matrix":
            return option_texts(self.question, language).get(str(answer), str(answer))
        if self.question.type == "date":
            return date.fromisoformat(str(answer))
        return in_words(self.question, answer, language=language)

    def _own(
        self, answers: Mapping[str, Answer]
    ) -> str | list[str] | int | float | None:
        answer = answers.get(self.question.code)
        if isinstance(answer, dict):
            return answer.get(self.part)
        if self.question.type == "ranking" and isinstance(answer, list):
            return answer.index(self.part) + 1 if self.part in answer else None
        return answer


def columns_of(question: Question) -> tuple[AnswerColumn, ...]:
    """The columns of one question, in the order of its lines or options."""
    if question.type == "matrix":
        return tuple(AnswerColumn(question, row.code) for row in question.rows)
    if question.type == "ranking":
        return tuple(AnswerColumn(question, one.code) for one in question.options)
    return (AnswerColumn(question),)
