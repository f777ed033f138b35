"""The shapes of what is answered; the OpenAPI document is made from them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Generic, Literal, TypeVar

from ninja import Schema
from pydantic import Field, RootModel

T = TypeVar("T")
Kind = Literal["iris", "commune", "epci", "departement", "region"]
Level = Literal["commune", "epci", "departement", "region"]
Code = Annotated[str, Field(pattern=r"^[0-9A-Z]{2,10}$")]
Slug = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,80}$")]
Number = Annotated[int, Field(ge=1, le=2**53)]
Limit = Annotated[int, Field(ge=1, le=1000)]
Words = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00]+$")]
Cell = str | int | float | None


class About(Schema):
    """Whose data these are. A licence that is null was not stated by the producer, or
    is not the same for all: each item says its own. Data that were simulated describe
    nothing real."""

    licence: str | None
    source: str
    simulated: bool


class Listed(Schema, Generic[T]):
    """Some items in the order of their key; `next` is the address of those after."""

    about: About
    items: list[T]
    next: str | None


class Territory(Schema):
    """An IRIS, commune, EPCI, département or région of the geographic code; `until`
    is the last year of one that ceased."""

    code: str
    kind: Kind
    name: str
    population: int | None
    area_km2: float | None
    longitude: float | None
    latitude: float | None
    until: int | None


class TerritoryRead(Schema):
    about: About
    territory: Territory
    belongs_to: list[Territory]


class Hit(Schema):
    code: str
    kind: str
    name: str


class Found(Schema):
    about: About
    items: list[Hit]


class Indicator(Schema):
    """What a figure measures, in words by language; an empty reviewer: not reviewed."""

    code: str
    version: int
    title: dict[str, str]
    question: dict[str, str]
    limits: dict[str, str]
    unit: str
    direction: str
    author: str
    reviewer: str
    source: str
    licence: str | None
    url: str


class Figure(Schema):
    """A value, or the reason why there is none: `secret` is not `missing`.

    `n` is what the value rests on: persons, households or places.
    """

    territory: str
    indicator: str
    value: float | None
    status: Literal["published", "secret", "missing", "inherited", "imputed"]
    unit: str
    vintage: str
    source: str
    licence: str | None
    n: float | None
    known_share: float | None


class Index(Schema):
    code: str
    version: int
    title: str
    indicators: list[str]
    url: str


class Ranks(Schema):
    """Nine computations in ten give a place from `low` to `high`, of `of`; 1 is the
    most fragile. There is no single place."""

    low: int
    high: int
    of: int


class Score(Schema):
    """`reason` says why there is no score; `label` how far the place can be trusted:
    `robust`, `sensitive`, `borrowed` or `single`, empty without place."""

    code: str
    name: str
    departement: str
    score: float | None
    places: Ranks | None
    share_in_most_fragile_third: float | None
    label: str
    reason: str
    indicators_known: int
    indicators: int
    imputed_share: float


class Survey(Schema):
    """Results that a team published, as its public page shows them."""

    slug: str
    title: str
    sponsor: str
    territory: str
    published_on: date
    licence: str | None
    simulated: bool
    url: str


class SurveyRead(Schema):
    about: About
    survey: Survey
    sentence: str
    respondents: int
    territories_answering: int
    territories_asked: int
    tables: list[str]


class Table(Schema):
    """A table as its CSV file: a cell that is secret says so in words."""

    about: About
    code: str
    caption: str
    note: str
    header: list[str]
    rows: list[list[Cell]]


class Row(RootModel[dict[str, Cell]]):
    """A line of a file whose columns are told apart."""


class PlaceList(Schema):
    id: int
    name: str
    licence: str | None
    simulated: bool
    imported_on: date
    csv: str


class Place(Schema):
    """`place` holds the columns of the national schema that the list fills in."""

    id: int
    list: int
    simulated: bool
    url: str
    place: dict[str, str | float]


class PlaceLine(Place):
    """A place in a file, with its list and the licence of the list."""

    source: str
    licence: str | None


class PlaceRead(Schema):
    about: About
    place: Place


class Roadmap(Schema):
    """A roadmap adopted and made public; its words are in the files."""

    slug: str
    title: str
    subtitle: str
    adopted_on: date
    body: str
    deliberation: str
    version: int
    licence: str | None
    simulated: bool
    url: str
    files: dict[str, str]


class RoadmapRead(Schema):
    about: About
    roadmap: Roadmap


class Block(Schema):
    """One block of a document, in reading order: the titles above it, its words, the
    cells of a table. A figure is told by its words."""

    kind: Literal["text", "list", "facts", "table", "figure", "quote", "remark"]
    under: list[str]
    words: list[str]
    header: list[str]
    rows: list[list[str]]


class RoadmapDocument(Schema):
    """What the public page of a roadmap says, and nothing else: a part that its team
    left out is not here."""

    title: str
    subtitle: str
    dated: str
    language: str
    source: str
    blocks: list[Block]


class RoadmapDocumentRead(Schema):
    about: About
    document: RoadmapDocument


class Sheet(Schema):
    """A sheet of the library: `document` says where its words come from."""

    code: str
    kind: str
    title: str
    summary: str
    tags: list[str]
    sections: dict[str, str]
    document: str
    dated: str
    link: str
    licence: str | None
    simulated: bool
    url: str


class SheetRead(Schema):
    about: About
    sheet: Sheet


class Refusal(Schema):
    parameter: str
    reason: str


class Problem(Schema):
    """Why nothing is answered, in a sentence (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Refusal] = []
