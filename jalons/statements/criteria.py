"""The criteria of accessibility and of sobriety: files of data/statements, read once.

One file serves the page and the document; `tests/house/test_criteria.py` checks that
each criterion stands there once and that what supports it exists.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

STATUSES = {
    "met": _("met, shown by tests"),
    "person": _("to be checked by a person"),
    "none": _("does not apply here"),
    "unmet": _("not met"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages of the site."""

    fr: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.fr


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion in our words: what we hold, and what shows it."""

    number: str
    words: Words
    status: str
    tests: tuple[str, ...]
    look: Words | None

    @property
    def status_words(self) -> str:
        return str(STATUSES[self.status])


@dataclass(frozen=True, slots=True)
class Theme:
    title: Words
    criteria: tuple[Criterion, ...]
    is_beyond: bool


@dataclass(frozen=True, slots=True)
class Referential:
    """A whole list, as its publisher numbers it."""

    title: str
    page: str
    count: int
    themes: tuple[Theme, ...]

    @property
    def criteria(self) -> list[Criterion]:
        """Those of the publisher, without our additions."""
        themes = (theme for theme in self.themes if not theme.is_beyond)
        return [one for theme in themes for one in theme.criteria]

    def counted(self) -> dict[str, int]:
        """How many have each status; never a share: an audit alone gives one."""
        statuses = [one.status for one in self.criteria]
        return {status: statuses.count(status) for status in STATUSES}


@cache
def rgaa() -> Referential:
    return _read("rgaa")


@cache
def rgesn() -> Referential:
    return _read("rgesn")


def _read(name: str) -> Referential:
    path = settings.REFERENCE_DIR / f"statements/{name}.toml"
    with path.open("rb") as file:
        given = tomllib.load(file)
    themes = tuple(_theme(one, given["proof"]) for one in given["theme"])
    return Referential(given["title"], given["page"], given["count"], themes)


def _theme(given: dict, proofs: dict[str, str]) -> Theme:
    criteria = tuple(_criterion(one, proofs) for one in given["criterion"])
    return Theme(Words(**given["title"]), criteria, given.get("beyond", False))


def _criterion(given: dict, proofs: dict[str, str]) -> Criterion:
    look = given.get("look")
    return Criterion(
        number=given["number"],
        words=Words(given["fr"], given["en"]),
        status=given["status"],
        tests=tuple(proofs[name] for name in given["by"]),
        look=Words(**look) if look else None,
    )
