"""The shapes of what programs send; each text is held to what a database may keep."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Generic, Literal, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, FiniteFloat, RootModel, StrictInt, StrictStr

T = TypeVar("T")
MOST_LINES = 500
Text = Annotated[StrictStr, Field(max_length=2000, pattern=r"^[^\x00]*$")]
Whole = Annotated[StrictInt, Field(ge=-(2**53), le=2**53)]
Key = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[!-~]+$")]
Given = Whole | Annotated[FiniteFloat, Field(strict=True)] | Text | None
State = Literal["created", "updated", "unchanged"]
Said = Given | list[Text] | dict[Text, Text]


class Order(Schema, Generic[T]):
    """Lines to be written, all of them or none.

    `dry_run`: only what would be answered. `skip_refused`: the lines that are right are
    written, the others told.
    """

    model_config = ConfigDict(extra="forbid")

    lines: Annotated[list[T], Field(min_length=1, max_length=MOST_LINES)]
    dry_run: bool = False
    skip_refused: bool = False


class MeasureLine(Schema):
    """A measure of an indicator that is followed, as a line of a file of measures."""

    model_config = ConfigDict(extra="forbid")

    indicator: Text
    measured_on: Text
    value: Given
    unit: Text = ""
    n: Whole | None = None
    part: Text = ""
    source: Text = ""
    note: Text = ""


class ResponseLine(Schema):
    """One person's answers by question code; `key` is made by the program, once."""

    model_config = ConfigDict(extra="forbid")

    key: UUID
    channel: Literal["interview", "phone", "paper"]
    collected_on: date
    answers: Annotated[dict[Text, Said], Field(max_length=500)]


class PlaceLine(RootModel[dict[Text, Given | list[Text]]]):
    """A place by the columns of the national schema."""


class LineRefused(Schema):
    """A line that was not written: its number from 1, the field, why and the mend."""

    line: int
    field: str
    value: str
    reason: str


class LineDone(Schema):
    line: int
    state: State


class Remark(Schema):
    """Something said of several lines that were written all the same."""

    field: str
    reason: str
    lines: list[int]


class Written(Schema):
    """What was written, line by line; of a dry run, what would be."""

    dry_run: bool
    lines: list[LineDone]
    refused: list[LineRefused]
    remarks: list[Remark]


class ProblemOfLines(Schema):
    """Why nothing was written (RFC 9457); `line` is 0 for what is sent as a whole."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[LineRefused]


class Target(Schema):
    """Something that the key may write in, by the number that its address bears."""

    number: int
    title: str
    codes: list[str]


class KeyRead(Schema):
    """What a key may do: its space, what it writes, and where."""

    title: str
    space: str
    scopes: list[str]
    expires_on: date
    evaluations: list[Target]
    surveys: list[Target]
    place_lists: list[Target]
