"""What a sheet holds, and the words by which sheets are sorted: reviewed files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from pydantic import Field, StringConstraints

from jalons.documents.words import date_format
from jalons.files.licences import Said
from jalons.indicators.definitions import Code, Shape, Words, read_shape

SECTIONS = {
    "text": _("In detail"),
    "quote": _("In their words"),
    "value": _("The figure"),
    "definition": _("What it measures"),
    "population": _("Among whom"),
    "caution": _("To read with care"),
    "stake": _("The stake"),
    "problem": _("The problem met"),
    "solution": _("What was done"),
    "results": _("What came of it"),
    "cost": _("What it costs"),
    "duration": _("How long it takes"),
    "conditions": _("To do it elsewhere"),
    "use": _("What to do with it"),
    "today": _("Where it stands today"),
}
"""The parts of a sheet, in the order in which they are read."""
STANDINGS = (
    ("", _("does not apply")),
    ("open", _("Open")),
    ("renamed", _("Renamed")),
    ("ended", _("Ended")),
    ("to_check", _("To be checked")),
)
"""Of a scheme, as its source says."""
WORDS = {
    "words": "mots",
    "kind": "genre",
    "theme": "theme",
    "step": "etape",
    "public": "public",
    "stake": "enjeu",
    "place": "lieu",
}
"""The French word of each filter, as it stands in an address."""
Day = Annotated[str, StringConstraints(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")]
"""A day; a month or a year when the document says no more."""
Standing = Literal["", "open", "renamed", "ended", "to_check"]


def is_english() -> bool:
    return (get_language() or "fr").startswith("en")


class Content(Shape):
    """The words of one version of a sheet, in French; title and summary in English.

    `document` is where they come from, `dated` the day of that document. A scheme says
    where it stands and the day on which that was read; an empty date is not known.
    """

    title: Words
    title_en: str = ""
    summary: Words
    summary_en: str = ""
    sections: dict[str, Words] = Field(default_factory=dict)
    tags: list[Words] = Field(default_factory=list)
    role: str = ""
    document: str = ""
    dated: Day = ""
    link: str = ""
    territory: str = ""
    standing: Standing = ""
    read_on: Day = ""
    starts_on: date | None = None
    ends_on: date | None = None
    # How it may be reused, when its team said so.
    licence: Said = ""

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Each part with its heading, in order."""
        return [
            (str(title), self.sections[code])
            for code, title in SECTIONS.items()
            if code in self.sections
        ]

    @property
    def said_date(self) -> str:
        return said_day(self.dated)

    @property
    def said_reading(self) -> str:
        return said_day(self.read_on)

    def stored(self) -> dict[str, object]:
        return self.model_dump(mode="json")


def said_day(day: str) -> str:
    """A day, a month or a year, in words."""
    if len(day) <= len("2023"):
        return day
    is_month = day.count("-") == 1
    moment = date.fromisoformat(f"{day}-01" if is_month else day)
    return date_format(moment, "F Y" if is_month else "j F Y")


def from_store(kept: dict[str, object]) -> Content:
    return Content.model_validate_json(json.dumps(kept))


class Tag(Shape):
    """One word to sort by: `theme:inclusion`."""

    id: Words
    fr: Words
    en: Words

    def __str__(self) -> str:
        return self.en if is_english() else self.fr

    @property
    def facet(self) -> str:
        return self.id.partition(":")[0]

    @property
    def filter(self) -> str:
        """By which the library lists what bears it."""
        return f"{WORDS[self.facet]}={self.id}"


class Tags(Shape):
    id: Code
    author: Words
    reviewer: str
    tag: list[Tag]

    @property
    def by_id(self) -> dict[str, Tag]:
        return {one.id: one for one in self.tag}

    def choices(self, facet: str) -> list[tuple[str, str]]:
        return [(one.id, str(one)) for one in self.tag if one.facet == facet]

    def said(self, ids: Iterable[str]) -> list[Tag]:
        """Those that are known, in the order of the file."""
        wanted = set(ids)
        return [one for one in self.tag if one.id in wanted]


@lru_cache(maxsize=1)
def read_tags() -> Tags:
    """The tags that come with the project; raises InvalidFile."""
    return read_shape(settings.REFERENCE_DIR / "library" / "tags.toml", Tags)
