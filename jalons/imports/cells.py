"""From what the cells of a row say to the answers of a question, as a mapping tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from typing import get_args

from django.utils.translation import gettext as _
from django.utils.translation import override

from jalons.imports.mapping import Answer, Channel, Mapping
from jalons.imports.words import simple
from jalons.questionnaires.definitions import DONT_KNOW, NOT_CONCERNED, Question
from jalons.questionnaires.values import shown
from jalons.surveys.models import Response

DONT_KNOW_WORDS = ("Je ne sais pas", "Ne sait pas", "NSP", "I do not know")
NOT_CONCERNED_WORDS = ("Pas concerné", "Pas concerné·e", "Sans objet", "Not concerned")
NUMBER = re.compile(r"[0-9]{1,6}([.,][0-9]{1,12})?")
IMPORTED_CHANNELS: tuple[str, ...] = get_args(Channel)
RANKED = re.compile(r"\d{1,2}\. ")
Row = Dict[str, str]
MOST_PARTS = 60
"""A cell of more parts holds no list of answers."""


class RefusedCell(ValueError):
    """A cell that means nothing known; its text says which, and how to mend it.

    `reasons` holds each reason by itself, when there are several.
    """

    def __init__(
        self, message: str, column: str = "", reasons: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.column = column
        self.reasons = reasons or (message,)


@dataclass(frozen=True, slots=True)
class _Words:
    """What a cell may say to mean an option, in simple letters."""

    options: dict[str, str]
    question: Question

    def option(self, text: str) -> str | None:
        return self.options.get(simple(text)) or self._band(text)

    def is_known(self, text: str) -> bool:
        return simple(text) in self.options

    def _band(self, text: str) -> str | None:
        """The option whose band holds a number: 1,5 falls in [1; 2[, 0 in exactly 0."""
        if not NUMBER.fullmatch(text):
            return None
        number = float(text.replace(",", "."))
        bands = [
            (option.code, option.at_least, option.below)
            for option in self.question.options
            if option.at_least is not None
        ]
        valued = [c for c, value in self.question.degrees.items() if value == number]
        exact = valued + [code for code, low, high in bands if low == high == number]
        holding = [
            code
            for code, low, high in bands
            if low is not None and low <= number and (high is None or number < high)
        ]
        return next(iter(exact + holding), None)


class AnswerReader:
    """Reads the answers to one question, row after row."""

    def __init__(
        self, question: Question, answer: Answer, missing: tuple[str, ...]
    ) -> None:
        self.question = question
        self.answer = answer
        self.missing = {"", *(simple(text) for text in (*missing, *answer.missing))}
        self.ticked = {simple(text) for text in answer.ticked}
        self.unticked = {simple(text) for text in answer.unticked}
        self.refused = {simple(text) for text in answer.refused}
        told = (one for one in answer.all_columns() if one != answer.consent_column)
        self.columns = tuple(told)
        self.words = _words(question, answer)

    def read(self, row: Row) -> dict[str, object]:
        """The raw answer by question code, consent included; empty when missing."""
        for column in self.columns:
            self._let_pass(row[column].strip(), column)
        value = self._value(row)
        if value is None or value == []:
            return {}
        raw: dict[str, object] = {self.question.code: value}
        if self.answer.consent_column:
            consents = simple(row[self.answer.consent_column]) in self.ticked
            raw[self.question.consent_code] = "yes" if consents else "no"
        return raw

    def _value(self, row: Row) -> object:
        if self.answer.ranks:
            cells = [(column, row[column].strip()) for column in self.answer.ranks]
            return [
                self._option(text, column)
                for column, text in cells
                if simple(text) not in self.missing
            ]
        if not self.answer.columns:
            return self._cell(row)
        if self.question.type in ("matrix", "ranking"):
            return self._lines(row)
        return self._boxes(row)

    def _lines(self, row: Row) -> dict[str, str] | None:
        """The degree of each line of a matrix, or the rank of each option."""
        is_matrix = self.question.type == "matrix"
        return {
            part: self._option(row[column].strip(), column)
            if is_matrix
            else row[column].strip()
            for column, part in self.answer.columns.items()
            if simple(row[column]) not in self.missing
        } or None

    def _cell(self, row: Row) -> object:
        text = row[str(self.answer.column)].strip()
        if simple(text) in self.missing:
            return None
        if self.question.type in ("multiple", "ranking"):
            cut = cut_answers(text, self.answer.separator, self.words.is_known)
            if self.question.type == "ranking":
                cut = _in_order(cut)
            return self._filled(row) + [
                self._option(part, str(self.answer.column))
                for part in cut
                if simple(part) not in self.missing
            ]
        if self.question.type in ("single", "scale"):
            return self._option(text, str(self.answer.column))
        return text

    def emptied(self, row: Row) -> Iterator[tuple[str, str]]:
        """What the row says and that is read as no answer: its column, its words."""
        if self.missing == {""}:
            return
        for column in self.columns:
            text = row[column].strip()
            parts = [text]
            if column == self.answer.column and self.answer.separator:
                parts += cut_answers(text, self.answer.separator, self.words.is_known)
            said = (part for part in dict.fromkeys(parts) if part)
            yield from ((column, one) for one in said if simple(one) in self.missing)

    def _option(self, text: str, column: str) -> str:
        self._let_pass(text, column)
        option = self.words.option(text)
        if option is None:
            message = _(
                "column “%(column)s”: “%(value)s” is no answer of the question "
                "%(question)s; write in [answers.values] of the mapping which option "
                "it means, among %(options)s"
            )
            details = {
                "column": column,
                "value": shown(text),
                "question": self.question.code,
                "options": ", ".join(self.question.option_codes),
            }
            raise RefusedCell(message % details, column)
        return option

    def _let_pass(self, text: str, column: str) -> None:
        """Refuse the row when the mapping leaves aside those that say this."""
        if simple(text) in self.refused:
            message = _(
                "column “%(column)s”: the mapping leaves aside the rows that say "
                "“%(value)s”; correct the cell, or match this value again"
            )
            raise RefusedCell(
                message % {"column": column, "value": shown(text)}, column
            )

    def _filled(self, row: Row) -> list[str]:
        return [
            option
            for column, option in self.answer.filled.items()
            if simple(row[column]) not in self.missing
        ]

    def _boxes(self, row: Row) -> list[str]:
        cells = {column: simple(row[column]) for column in self.answer.columns}
        for column, text in cells.items():
            if text not in self.ticked | self.unticked | self.missing:
                message = _(
                    "column “%(column)s”: “%(value)s” says neither that the box is "
                    "ticked nor that it is not; complete “ticked” in the mapping"
                )
                details = {"column": column, "value": shown(row[column])}
                raise RefusedCell(message % details, column)
        chosen = [
            option
            for column, option in self.answer.columns.items()
            if cells[column] in self.ticked
        ] + self._filled(row)
        if not chosen and self.answer.none and set(cells.values()) <= self.unticked:
            return [self.answer.none]
        return chosen


class BesideReader:
    """Reads what stands beside the answers: the channel, and a weight given."""

    def __init__(self, mapping: Mapping) -> None:
        self.channel, self.weight = mapping.channel, mapping.weight
        self.missing = {"", *(simple(text) for text in mapping.rows.missing)}
        values = self.channel.values.items() if self.channel else ()
        said = {simple(text): Response.Channel(code) for text, code in values}
        self.channels = known_channels() | said

    def channel_of(self, row: Row) -> Response.Channel | None:
        """How the person answered; None when the file does not say."""
        if self.channel is None or simple(row[self.channel.column]) in self.missing:
            return None
        text = row[self.channel.column].strip()
        if found := self.channels.get(simple(text)):
            return found
        message = _(
            "column “%(column)s”: “%(value)s” is no known channel; write in "
            "[channel.values] of the mapping which one it means, among %(channels)s"
        )
        details = {
            "column": self.channel.column,
            "value": shown(text),
            "channels": ", ".join(IMPORTED_CHANNELS),
        }
        raise RefusedCell(message % details, self.channel.column)

    def weight_of(self, row: Row) -> float | None:
        """The weight given to the answer; None when the cell is empty."""
        if self.weight is None or simple(row[self.weight.column]) in self.missing:
            return None
        text = row[self.weight.column].strip()
        weight = float(text.replace(",", ".")) if NUMBER.fullmatch(text) else 0.0
        if weight > 0:
            return weight
        message = _(
            "column “%(column)s”: “%(value)s” is not a weight; write a number above "
            "zero, such as 1.25, or empty the cell"
        )
        details = {"column": self.weight.column, "value": shown(text)}
        raise RefusedCell(message % details, self.weight.column)


def known_channels() -> dict[str, Response.Channel]:
    """What a file may say to mean a channel: its code, its name in either language."""
    known = {code: Response.Channel(code) for code in IMPORTED_CHANNELS}
    for language in ("en", "fr"):
        with override(language):
            known |= {simple(str(one.label)): one for one in [*known.values()]}
    return known


def cut_answers(
    text: str, separator: str | None, is_known: Callable[[str], bool]
) -> list[str]:
    """The answers that one cell holds, those whose own words hold the separator kept.

    >>> cut_answers("Oui, un peu, Non", ",", {"Oui, un peu"}.__contains__)
    ['Oui, un peu', 'Non']
    """
    parts = [part.strip() for part in text.split(separator)] if separator else [text]
    if len(parts) > MOST_PARTS:
        return parts
    found: list[str] = []
    start = 0
    while start < len(parts):
        ends = range(len(parts), start + 1, -1)
        joined = ((f"{separator} ".join(parts[start:end]), end) for end in ends)
        whole, end = next(
            (pair for pair in joined if is_known(pair[0])), (parts[start], start + 1)
        )
        found.append(whole)
        start = end
    return [part for part in found if part]


def _in_order(parts: list[str]) -> list[str]:
    """Answers by the rank written before each, when all have one.

    >>> _in_order(["2. Temps", "1. Argent"]), _in_order(["Temps", "1. Argent"])
    (['1. Argent', '2. Temps'], ['Temps', '1. Argent'])
    """
    ranks = [RANKED.match(part) for part in parts]
    if not all(ranks):
        return parts
    return sorted(parts, key=lambda part: int(part.partition(".")[0]))


def _words(question: Question, answer: Answer) -> _Words:
    """What every file may say, then what the mapping says: it wins."""
    values = {simple(text): code for text, code in answer.values.items()}
    return _Words(known_options(question) | values, question)


def known_options(question: Question) -> dict[str, str]:
    """The code meant by each word of a question: labels in every wording, codes.

    A ranking in one cell puts the rank before each answer, as our exports do.
    """
    options: dict[str, str] = {}
    for option in question.options:
        labels = (option.text.fr, option.text.en, option.text.fr_easy)
        options |= {simple(label): option.code for label in labels if label}
    if question.allows_not_concerned:
        options |= {simple(words): NOT_CONCERNED for words in NOT_CONCERNED_WORDS}
    if question.allows_dont_know:
        options |= {simple(words): DONT_KNOW for words in DONT_KNOW_WORDS}
    options |= {simple(code): code for code in question.option_codes}
    if question.type == "ranking":
        ranks = range(1, len(question.options) + 1)
        options |= {
            f"{rank}. {text}": code for text, code in options.items() for rank in ranks
        }
    return options
