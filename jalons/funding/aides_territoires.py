"""Schemes asked of Aides-territoires, the State's public catalogue, when a key is set.

`JALONS_AIDES_TERRITOIRES_KEY` opens it (docs/operate.md); without it nothing leaves the
machine. The contract is that of its public API: the key is exchanged for a token
(`connexion/`), the territory is found by its name and its code (`perimeters/`: a
région and a département may have the same code), then schemes come by pages (`aids/`).
Only the territory, the words and the kind of applicant leave; what comes back is kept
without the contacts that it holds.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils.translation import gettext as _

from jalons.territories.models import Territory

SOURCE = "Aides-territoires"
SECONDS = 10
# Whoever waits for the page gives up after half a minute.
SECONDS_IN_ALL = 25
A_PAGE, MOST_PAGES = 50, 4
LONGEST_ANSWER = 8_000_000
"""Fifty schemes with their whole descriptions weigh about one million bytes."""
BLOCK = 65_536
SCALES = {
    Territory.Kind.COMMUNE: "commune",
    Territory.Kind.EPCI: "epci",
    Territory.Kind.DEPARTEMENT: "department",
    Territory.Kind.REGION: "region",
}
MARKUP = re.compile(r"<[^>]*>")


class Unavailable(Exception):
    """Nothing was read; the text tells the user why, and what to do."""


@dataclass(frozen=True, slots=True)
class Question:
    """All that leaves the machine."""

    territory: Territory
    words: str = ""
    applicant: str = ""


@dataclass(frozen=True, slots=True)
class Aid:
    """A scheme as Aides-territoires tells it."""

    code: str
    title: str
    funders: str
    themes: str
    applicants: str
    perimeter: str
    rate: int | None
    opens_on: date | None
    closes_on: date | None
    address: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Those read, and how many there are: the first pages only are read."""

    aids: tuple[Aid, ...]
    count: int


def is_on() -> bool:
    return bool(settings.AIDES_TERRITOIRES_KEY)


def search(question: Question) -> Answer:
    """Schemes for a territory. Raises Unavailable, and then nothing was read."""
    if not is_on():
        raise Unavailable(_("This site has no key for Aides-territoires."))
    try:
        return _Session().search(question)
    except HTTPError as error:
        with error:
            raise Unavailable(_refusal(error.code)) from error
    except (URLError, HTTPException, OSError) as error:
        words = _("Aides-territoires did not answer: nothing changed, try again later.")
        raise Unavailable(words) from error
    except (ValueError, LookupError, TypeError) as error:
        words = _("Aides-territoires answered in a form that is not known here.")
        raise Unavailable(words) from error


def _refusal(status: int) -> str:
    if status in (401, 403):
        return _("Aides-territoires refused the key of this site: tell who runs it.")
    if status == 429:
        return _("Aides-territoires was asked too often: try again in an hour.")
    return _("Aides-territoires did not answer: nothing changed, try again later.")


class _Stay(HTTPRedirectHandler):
    """The key goes nowhere else than where it is meant to."""

    def redirect_request(self, *args: object) -> None:
        return None


class _Session:
    """One search: its token, its pages, its time."""

    def __init__(self) -> None:
        self._ends = time.monotonic() + SECONDS_IN_ALL
        self._open = build_opener(_Stay).open
        self._headers = {"Accept": "application/json", "User-Agent": "Jalons"}

    def search(self, question: Question) -> Answer:
        key = {"X-AUTH-TOKEN": settings.AIDES_TERRITOIRES_KEY}
        token = self._ask("connexion/", headers=key, method="POST")["token"]
        self._headers["Authorization"] = f"Bearer {_text(token)}"
        asked = {"perimeter_id": self._perimeter(question.territory)}
        if question.words:
            asked["keyword"] = question.words
        if question.applicant:
            asked["organization_type_slugs[]"] = question.applicant
        return self._pages(asked)

    def _pages(self, asked: Mapping[str, str]) -> Answer:
        found: dict[str, Aid] = {}
        count = 0
        for page in range(1, MOST_PAGES + 1):
            more = {"itemsPerPage": str(A_PAGE), "page": str(page)}
            read = self._ask(f"aids/?{urlencode({**asked, **more})}")
            count = int(read["count"])
            found |= {one.code: one for one in map(_aid, read["results"])}
            if not read["next"]:
                break
        return Answer(tuple(found.values()), max(count, len(found)))

    def _perimeter(self, territory: Territory) -> str:
        """What the service calls it. Raises Unavailable when it is not known there."""
        scale = SCALES[Territory.Kind(territory.kind)]
        asked = urlencode({"q": territory.name, "scale": scale})
        code = territory.code.removeprefix("R")
        for one in self._ask(f"perimeters/?{asked}")["results"]:
            if str(one["code"]) == code:
                return str(one["id"])
        words = _("Aides-territoires does not know this territory: %(name)s.")
        raise Unavailable(words % {"name": territory.name})

    def _ask(
        self,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        method: str = "GET",
    ) -> dict[str, Any]:
        request = Request(
            f"{settings.AIDES_TERRITOIRES_URL}/{path}",
            headers={**self._headers, **(headers or {})},
            method=method,
        )
        left = min(SECONDS, max(self._ends - time.monotonic(), 0.1))
        with self._open(request, timeout=left) as answer:
            read = json.loads(self._read(answer))
        if not isinstance(read, dict):
            raise ValueError(path)
        return read

    def _read(self, answer: HTTPResponse) -> bytes:
        """The whole answer; never longer, in bytes or in time, than is waited for."""
        held = bytearray()
        while block := answer.read(BLOCK):
            held += block
            if len(held) > LONGEST_ANSWER:
                raise ValueError("too long")
            if time.monotonic() > self._ends:
                raise TimeoutError
        return bytes(held)


def _aid(said: Mapping[str, Any]) -> Aid:
    """Raises ValueError, LookupError or TypeError when it is not as agreed."""
    return Aid(
        code=_text(said["id"])[:40],
        title=_text(said["name"])[:200],
        funders=_cut(said["financers"], 200),
        themes=_cut([_text(one).rsplit(" / ")[-1] for one in said["categories"]], 300),
        applicants=_cut(said["targeted_audiences"], 300),
        perimeter=_text(said["perimeter"] or "")[:200],
        rate=_rate(said["subvention_rate_upper_bound"]),
        opens_on=_day(said["start_date"]),
        closes_on=_day(said["submission_deadline"]),
        address=_address(said["url"]),
    )


def _text(value: object) -> str:
    """One line without markup.

    >>> _text("Aide &amp; <b>conseil</b> ")
    'Aide & conseil'
    """
    if not isinstance(value, str | int):
        raise TypeError(value)
    return " ".join(MARKUP.sub(" ", unescape(str(value))).split())


def _cut(values: list[str], most: int) -> str:
    """Names side by side, as many as fit whole: none is cut in the middle."""
    told = ""
    for one in map(_text, values):
        longer = f"{told}, {one}" if told else one
        if len(longer) > most:
            break
        told = longer
    return told


def _rate(value: object) -> int | None:
    return value if isinstance(value, int) and 1 <= value <= 100 else None


def _day(value: object) -> date | None:
    return date.fromisoformat(_text(value)[:10]) if value else None


def _address(path: object) -> str:
    """The page of a scheme, on the site that was asked."""
    base = urlsplit(settings.AIDES_TERRITOIRES_URL)
    found = urljoin(f"{base.scheme}://{base.netloc}/", _text(path or ""))
    kept = urlsplit(found)
    same = (kept.scheme, kept.netloc) == (base.scheme, base.netloc)
    return found if same and path and len(found) <= 500 else ""
