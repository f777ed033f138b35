"""An address looked up by the State's public service, when this site allows it.

`JALONS_GEOCODER` gives its address (docs/operate.md); without it nothing leaves the
machine. The contract is that of the service *Géocodage* of the Géoplateforme: a
question `q`, an answer in GeoJSON, the likeliest first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings

SECONDS = 3
LONGEST_ANSWER = 100_000
# A longer file is located by its producer: the service is shared by everybody.
MOST_LOOKED_UP = 2_000
# Twenty silences of the service are a minute: whoever watches over a file waits two.
LOOKED_UP_AT_ONCE = 20
# Under this the service itself says that it is not sure.
LEAST_SCORE = 0.5
# A street: a number then a word, or a word that begins an address.
STREET = re.compile(
    r"\d+\s*(bis|ter|quater)?[,\s]+[^\W\d]{2,}|"
    r"\b(rue|avenue|av|boulevard|bd|place|chemin|route|impasse|allée|quai|cours)\b",
    re.IGNORECASE,
)
POSTCODE = re.compile(r"\b(\d{5})\b\s*(.*)")


class Unavailable(Exception):
    """The service did not answer, or not as its contract says."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address found: how the service writes it, where it lies, in which commune."""

    label: str
    longitude: float
    latitude: float
    commune_code: str
    score: float


class Lookups:
    """Addresses of a file, looked up one by one as long as the service answers."""

    def __init__(self, on_progress: Callable[[], None]) -> None:
        self._on_progress = on_progress
        self._left = MOST_LOOKED_UP if is_on() else 0

    def find(self, text: str, commune_code: str) -> Address | None:
        """The address, when it is found in the commune that the file says."""
        if not self._left:
            return None
        self._left -= 1
        if self._left % LOOKED_UP_AT_ONCE == 0:
            self._on_progress()
        try:
            found = find_address(text)
        except Unavailable:
            self._left = 0
            return None
        return found if found and found.commune_code == commune_code else None


def is_on() -> bool:
    return bool(settings.GEOCODER_URL)


def looks_like_street(text: str) -> bool:
    """Whether a text says more than a commune.

    >>> looks_like_street("12 rue des Tilleuls, Guéret"), looks_like_street("23000")
    (True, False)
    """
    return bool(STREET.search(text))


def commune_in(text: str) -> str:
    """What names the commune in an address: after the postal code, or the last comma.

    >>> commune_in("3 place de la Mairie 23000 Guéret"), commune_in("La Brède")
    ('Guéret', 'La Brède')
    """
    if found := POSTCODE.search(text):
        return found[2].strip(" ,") or found[1]
    return text.rsplit(",", 1)[-1].strip()


def find_address(text: str) -> Address | None:
    """The likeliest address, or none when the service is not sure. Raises
    Unavailable."""
    question = urlencode({"q": text, "limit": 1})
    request = Request(
        f"{settings.GEOCODER_URL}?{question}", headers={"Accept": "application/json"}
    )
    try:
        with urlopen(request, timeout=SECONDS) as answer:
            read = json.loads(answer.read(LONGEST_ANSWER))
        features = read["features"]
        found = [_address(one) for one in features]
    except (URLError, HTTPException, OSError, ValueError, LookupError, TypeError) as e:
        raise Unavailable(str(e)) from e
    sure = (one for one in found if one.score >= LEAST_SCORE)
    return next(sure, None)


def _address(feature: dict) -> Address:
    said, point = feature["properties"], feature["geometry"]["coordinates"]
    return Address(
        label=str(said["label"]),
        longitude=float(point[0]),
        latitude=float(point[1]),
        commune_code=str(said["citycode"]),
        score=float(said["score"]),
    )
