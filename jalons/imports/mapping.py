"""A reviewed mapping: which column of a file answers which question.

A survey already collected elsewhere (LimeSurvey, a spreadsheet…) names its columns
and its answers in its own way. A mapping, a short TOML file read by people before it
is used, ties them to the questions of Jalons. `data/mappings/` holds examples.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path as FilePath
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field, ValidationError

from jalons.questionnaires.definitions import Definition, Question
from jalons.questionnaires.locator import Path, line_of, locate
from jalons.questionnaires.problems import Problem, key_of, sentence_of
from jalons.questionnaires.schema import Code, Shape, Slug, Words

MAX_BYTES = 500_000
POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")
Channel = Literal["web", "interview", "phone", "paper", "import"]
Column = Annotated[str, Field(min_length=1, max_length=500)]


class InvalidMapping(ValueError):
    """A mapping that cannot be used, with all that must be mended."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Rows(Shape):
    """How a row is known and dated, and what counts as an empty cell.

    A row without a date in the column `submitted_at` was not finished, and is left
    aside. Where no column holds it, `submitted_on` gives one day for all rows. Where
    no column identifies a row, `by_content` makes its own cells identify it: the same
    row is known again wherever it stands, but once corrected it is another answer.
    """

    key: Column | None = None
    by_content: bool = False
    submitted_at: Column | None = None
    submitted_on: date | None = None
    date_formats: tuple[Words, ...] = ("%Y-%m-%d %H:%M:%S",)
    ignored: tuple[Column, ...] = ()
    missing: tuple[str, ...] = ()
    # The line that names the columns, when others stand above it.
    header_line: Annotated[int, Field(ge=1, le=1000)] | None = None
    # The sheet of a workbook that holds several; the first visible one otherwise.
    sheet: str = ""


class Place(Shape):
    """The column that says which territory a row is about, by code, name or either."""

    column: Column
    by: Literal["code", "name", "any"]
    values: dict[str, Words] = {}


class Channels(Shape):
    """The column that says how each person answered, when they did not all alike.

    `values` turns what the file says into a channel; an empty cell is an answer by
    file, as all are without this table.
    """

    column: Column
    values: dict[str, Channel] = {}


class Weight(Shape):
    """The column of a weight computed elsewhere; `source` says by whom and how.

    It is kept beside each answer, and used where somebody chooses it.
    """

    column: Column
    source: Words


class Answer(Shape):
    """How one question is answered: by one column, or by one column an option.

    `values` turns what the file says into the code of an option; `separator` cuts a
    cell that holds several. For boxes to tick, `columns` names the option of each
    column, `ticked` and `unticked` what a box may say, `filled` the columns of free
    text that tick an option by being filled in, and `none` the option meant by a row
    where every box says it is not ticked. For a matrix, `columns` names the line of
    each column; for a ranking, the option whose rank the column holds, or `ranks`
    lists the columns that name the first option, the second, and so on. What is in
    `missing` is no answer; a row that says what is in `refused` is left aside.
    """

    question: Code
    column: Column | None = None
    values: dict[str, Code] = {}
    separator: Annotated[str, Field(min_length=1)] | None = None
    columns: dict[str, Code] = {}
    ticked: tuple[Words, ...] = ("Y", "Yes", "Oui", "O", "1", "X", "true")
    unticked: tuple[Words, ...] = ("N", "No", "Non", "0", "false")
    filled: dict[str, Code] = {}
    ranks: tuple[Column, ...] = ()
    missing: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    none: Code | None = None
    consent_column: Column | None = None

    def all_columns(self) -> Iterator[str]:
        yield from (c for c in (self.column, self.consent_column) if c)
        yield from self.columns
        yield from self.ranks
        yield from self.filled


class Mapping(Shape):
    """A whole mapping, as its file states it."""

    title: Words
    questionnaire: Slug
    # Part of each row's key: two exports numbered from 1 do not collide.
    source: Slug
    author: Words
    reviewer: str = ""
    reviewed_on: date | None = None
    rows: Rows
    territory: Place
    channel: Channels | None = None
    weight: Weight | None = None
    answers: tuple[Answer, ...]

    def needed_columns(self) -> list[str]:
        """The columns the file must have, each once, in the mapping's order."""
        known = [self.rows.key, self.rows.submitted_at, self.territory.column]
        known += [one.column for one in (self.channel, self.weight) if one]
        known += [c for answer in self.answers for c in answer.all_columns()]
        return list(dict.fromkeys(column for column in known if column))


def read_mapping(path: FilePath, definition: Definition) -> Mapping:
    """Read a mapping file; `InvalidMapping` tells what to mend."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _refused(
            path.name, 1, _("The file cannot be opened: check its name and its rights.")
        ) from error
    return parse_mapping(content, path.name, definition)


def parse_mapping(content: bytes, filename: str, definition: Definition) -> Mapping:
    """Read the text of a mapping meant for a questionnaire.

    Every problem of one kind is told at once: first what prevents reading, then keys
    and types, then the questions and options that the questionnaire lacks.
    """
    data, lines = _toml(_decoded(content, filename), filename)

    def problem(path: Path, message: str) -> Problem:
        return Problem(filename, line_of(lines, path), key_of(path), message)

    try:
        mapping = Mapping.model_validate_json(json.dumps(data, default=str))
    except ValidationError as error:
        raise InvalidMapping(
            tuple(
                problem(one["loc"], sentence_of(one, Mapping))
                for one in error.errors(include_url=False)
            )
        ) from error
    if found := tuple(problem(*one) for one in _mismatches(mapping, definition)):
        raise InvalidMapping(found)
    return mapping


def written(mapping: Mapping) -> str:
    """The TOML file that says this mapping; reading it gives the same one."""
    whole = mapping.model_dump(mode="json", exclude_defaults=True)
    answers = whole.pop("answers")
    names = ("rows", "territory", "channel", "weight")
    tables = {key: whole.pop(key) for key in names if whole.get(key)}
    lines = _pairs(whole)
    for key, table in tables.items():
        lines += ["", f"[{key}]", *_pairs(table)]
    for answer in answers:
        lines += ["", "[[answers]]", *_pairs(answer)]
    return "\n".join(lines) + "\n"


def _pairs(table: dict[str, object]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in table.items()]


def _value(value: object) -> str:
    if isinstance(value, dict):
        pairs = (f"{_text(key)} = {_value(one)}" for key, one in value.items())
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(text: str) -> str:
    """A basic string: JSON and TOML escape alike, but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _mismatches(mapping: Mapping, definition: Definition) -> Iterator[tuple[Path, str]]:
    if mapping.questionnaire != definition.code:
        message = _("This mapping is for “%(mapping)s”, the survey asks “%(survey)s”.")
        yield (
            ("questionnaire",),
            message % {"mapping": mapping.questionnaire, "survey": definition.code},
        )
    if bool(mapping.rows.key) == mapping.rows.by_content:
        message = _("Give either key (a column) or by_content = true (no column).")
        yield ("rows",), message
    if bool(mapping.rows.submitted_at) == bool(mapping.rows.submitted_on):
        message = _("Give either submitted_at (a column) or submitted_on (a day).")
        yield ("rows",), message
    seen: set[str] = set()
    for number, answer in enumerate(mapping.answers):
        question = definition.question(answer.question)
        path = ("answers", number, "question")
        if question is None:
            message = _("The questionnaire has no question “%(code)s”.")
            yield path, message % {"code": answer.question}
        elif answer.question in seen:
            yield path, _("This question is already answered above: keep one of them.")
        elif question.type == "territory":
            yield path, _("The territory is given by [territory]: remove this answer.")
        else:
            yield from _answer_mismatches(number, answer, question)
        seen.add(answer.question)


def _answer_mismatches(
    number: int, answer: Answer, question: Question
) -> Iterator[tuple[Path, str]]:
    if [bool(answer.column), bool(answer.columns), bool(answer.ranks)].count(True) != 1:
        yield (
            ("answers", number),
            _("Give either column (one cell) or columns (one column per option)."),
        )
    if answer.columns and question.type not in ("multiple", "matrix", "ranking"):
        yield (
            ("answers", number, "columns"),
            _("Only a question with several answers has one column per option."),
        )
    if answer.column and question.type == "matrix":
        message = _("A matrix needs columns, one a line: name the line of each.")
        yield ("answers", number, "column"), message
    if answer.ranks and question.type != "ranking":
        message = _("Only a ranking has one column a rank: remove this key.")
        yield ("answers", number, "ranks"), message
    if answer.consent_column and question.consent is None:
        message = _("The question “%(question)s” asks for no consent.")
        details = {"question": question.code}
        yield ("answers", number, "consent_column"), message % details
    message = _(
        "The question “%(question)s” has no option “%(option)s”: it may have been "
        "removed. Choose among %(options)s, or take this line away."
    )
    for path, option in _options_named(answer):
        if question.type == "matrix" and path[0] == "columns":
            if option not in question.row_codes:
                details = {"question": question.code, "line": option}
                told = _("The question “%(question)s” has no line “%(line)s”.")
                yield ("answers", number, *path), told % details
        elif option not in question.option_codes:
            details = {
                "question": question.code,
                "option": option,
                "options": ", ".join(question.option_codes),
            }
            yield ("answers", number, *path), message % details


def _options_named(answer: Answer) -> Iterator[tuple[Path, str]]:
    for key in ("values", "columns", "filled"):
        for written, option in getattr(answer, key).items():
            yield (key, written), option
    if answer.none:
        yield ("none",), answer.none


def _refused(filename: str, line: int, message: str) -> InvalidMapping:
    return InvalidMapping((Problem(filename, line, _("whole file"), message),))


def _decoded(content: bytes, filename: str) -> str:
    if len(content) > MAX_BYTES:
        raise _refused(filename, 1, _("The file is too large to be a mapping."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = _("The file is not encoded in UTF-8: save it again, choosing UTF-8.")
        raise _refused(filename, line, message) from error


def _toml(text: str, filename: str) -> tuple[dict[str, object], dict[Path, int]]:
    try:
        return tomllib.loads(text), locate(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        position = POSITION.search(str(error))
        line = int(position[1]) if position else text.count("\n") + 1
        message = _(
            "The line cannot be read. Look here and just before for a quote or a "
            "bracket left open, a missing = or a key written twice."
        )
        raise _refused(filename, line, message) from error
