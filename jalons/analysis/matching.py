"""Do two lines of two lists describe the same place? A score, and candidates.

**Score**, from 0 to 1, a weighted mean of what both descriptions say: likeness of names
(0.45), of addresses (0.30), and nearness (0.25; 1 up to 50 m, 0 from 1 km on, straight
in between); what one of the two does not say leaves its weight to the others. Likeness
of texts is that of RapidFuzz (the better of the sorted words and, for nine tenths, of
the words in common), accents, capitals, the name of the commune and the words that
every place bears put aside; two different street numbers halve the likeness of
addresses. The same SIRET adds 0.10: a town hall lends its own to all its places, so
that it proves nothing alone. Two names that share nothing (under 0.45) keep the score
under the threshold, unless one of the two is only the commune's: then it is the
addresses that must look alike. A bus is not the house it starts from.

**Candidates** are looked for in the same square of about a kilometre and its
neighbours, or in the same commune when names share a telling word: never all against
all.

The weights and the threshold are choices, measured on 200 pairs labelled by hand
(tests/directory/test_matching_on_real_pairs.py). Not a decision: somebody looks at
both.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import cos, radians, sqrt

from rapidfuzz import fuzz

NAME, ADDRESS, NEARNESS = 0.45, 0.30, 0.25
SAME_SIRET = 0.10
LIKELY = 0.72
"""From this score on, a pair is worth being looked at."""
STRANGERS = 0.45
OTHER_STREET = 0.42
ON_WHEELS = frozenset(["bus", "camion", "van", "caravane"])
SAME_KM, FAR_KM = 0.05, 1.0
KM_PER_DEGREE = 111.195
CELL_DEGREES = 0.01
MOST_SHARING_A_WORD = 40
_COMMON = """
    a au aux d de des du en et l la le les un une sur sous pour par
    france services service espace point maison antenne lieu numerique public
    publique accueil bp cs cedex
"""
COMMON = frozenset(_COMMON.split())
ABBREVIATIONS = {
    "st": "saint",
    "ste": "sainte",
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "pl": "place",
    "rte": "route",
    "che": "chemin",
    "imp": "impasse",
    "all": "allee",
    "dr": "docteur",
    "gal": "general",
    "mediatheque": "bibliotheque",
    "caf": "caisse allocations familiales",
    "ccas": "centre communal action sociale",
    "cpam": "caisse primaire assurance maladie",
    "evs": "espace vie sociale",
    "msa": "mutualite sociale agricole",
    "mjc": "maison jeunes culture",
    "pij": "point information jeunesse",
    "bij": "bureau information jeunesse",
}
NUMBER = re.compile(r"^\D{0,12}?(\d{1,4})\b")


@dataclass(frozen=True, slots=True)
class Described:
    """What a list says of a place; an empty text or no point is not said."""

    key: str
    name: str
    address: str = ""
    commune: str = ""
    """Name of the commune."""
    commune_code: str = ""
    point: tuple[float, float] | None = None
    """Longitude and latitude, unless it is only the centre of the commune."""
    siret: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The score of a pair and its parts; None is what one of the two does not say."""

    score: float
    name: float
    address: float | None
    km: float | None
    same_siret: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two descriptions, by their place in the sequence, the first one first."""

    first: int
    second: int
    likeness: Likeness


def compare(one: Described, other: Described) -> Likeness:
    """How much two descriptions look like one place.

    >>> here = (0.0, 45.0)
    >>> a = Described("1", "Médiathèque J. Moulin", "12 rue de l'Est", point=here)
    >>> b = Described("2", "MEDIATHEQUE J MOULIN", "12, Rue de l’Est", point=here)
    >>> compare(a, b).score
    1.0
    >>> c = Described("3", "Mission locale", "40 rue de l'Est", point=(0.0, 45.02))
    >>> compare(a, c).score < LIKELY
    True
    """
    name = _name_likeness(one, other)
    address = _address_likeness(one, other)
    km = _km(one, other)
    said = [(NAME, name)]
    if address is not None:
        said.append((ADDRESS, address))
    if km is not None:
        said.append((NEARNESS, _nearness(km)))
    total = sum(weight for weight, _value in said)
    score = sum(weight * value for weight, value in said) / total
    same_siret = bool(one.siret) and one.siret == other.siret
    if same_siret:
        score = min(1.0, score + SAME_SIRET)
    if _are_strangers(one, other, name, address):
        score = min(score, LIKELY - 0.01)
    return Likeness(round(score, 3), name, address, km, same_siret)


def likely_pairs(places: Sequence[Described], least: float = LIKELY) -> Iterator[Pair]:
    """The pairs of candidates whose score is high enough.

    >>> twice = [Described(str(n), "Atelier", point=(0.0, 45.0)) for n in (1, 2)]
    >>> [(pair.first, pair.second) for pair in likely_pairs(twice)]
    [(0, 1)]
    """
    for first, second in sorted(_candidates(places)):
        likeness = compare(places[first], places[second])
        if likeness.score >= least:
            yield Pair(first, second, likeness)


def _candidates(places: Sequence[Described]) -> set[tuple[int, int]]:
    cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    words: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        if place.point:
            cells[_cell(place.point)].append(number)
        for word in _name_words(place.name, place.commune):
            words[place.commune_code, word].append(number)
    found: set[tuple[int, int]] = set()
    for (x, y), here in cells.items():
        found.update(combinations(here, 2))
        for near in ((x + 1, y - 1), (x + 1, y), (x + 1, y + 1), (x, y + 1)):
            for other in cells.get(near, ()):
                found.update((min(one, other), max(one, other)) for one in here)
    for (code, _word), here in words.items():
        if code and len(here) <= MOST_SHARING_A_WORD:
            found.update(combinations(here, 2))
    return found


def _cell(point: tuple[float, float]) -> tuple[int, int]:
    return int(point[0] // CELL_DEGREES), int(point[1] // CELL_DEGREES)


def _name_likeness(one: Described, other: Described) -> float:
    here = " ".join(_name_words(one.name, one.commune))
    there = " ".join(_name_words(other.name, other.commune))
    if not here or not there:
        here, there = " ".join(words(one.name)), " ".join(words(other.name))
    return _likeness(here, there)


def _address_likeness(one: Described, other: Described) -> float | None:
    here, there = (_street(place.address, place.commune) for place in (one, other))
    if not here or not there:
        return None
    likeness = _likeness(here, there)
    numbers = [NUMBER.match(text) for text in (here, there)]
    if all(numbers) and len({found[1] for found in numbers if found}) > 1:
        likeness /= 2
    return likeness


def _likeness(here: str, there: str) -> float:
    whole = fuzz.token_sort_ratio(here, there)
    shared = 0.9 * fuzz.token_set_ratio(here, there)
    return round(max(whole, shared) / 100, 3)


def _are_strangers(
    one: Described, other: Described, name: float, address: float | None
) -> bool:
    """Whether something says plainly that these are two places."""
    if _is_bare(one) or _is_bare(other):
        return address is None or address < OTHER_STREET
    moves = [bool(ON_WHEELS & set(words(place.name))) for place in (one, other)]
    return name < STRANGERS or moves[0] != moves[1]


def _nearness(km: float) -> float:
    return min(1.0, max(0.0, (FAR_KM - km) / (FAR_KM - SAME_KM)))


def _km(one: Described, other: Described) -> float | None:
    if one.point is None or other.point is None:
        return None
    across = (one.point[0] - other.point[0]) * cos(radians(one.point[1]))
    up = one.point[1] - other.point[1]
    return round(KM_PER_DEGREE * sqrt(across * across + up * up), 3)


def _is_bare(place: Described) -> bool:
    """Whether its name is only that of its commune, or words that every place bears."""
    return not _name_words(place.name, place.commune)


@lru_cache(maxsize=200_000)
def _name_words(name: str, commune: str) -> tuple[str, ...]:
    aside = COMMON | set(words(commune))
    return tuple(word for word in words(name) if word not in aside)


@lru_cache(maxsize=200_000)
def _street(address: str, commune: str) -> str:
    """The street alone: without the postal code and the commune written after it."""
    said = re.sub(r"\b\d{5}\b.*$", "", address)
    aside = {"a", "de", "du", "des", "la", "le", "les", "l", "d", "bp", "cedex"}
    town = set(words(commune))
    kept = [word for word in words(said) if word not in aside]
    street = [word for word in kept if word not in town]
    return " ".join(street if len(street) > 1 else kept)


@lru_cache(maxsize=200_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, without accents nor abbreviations.

    >>> words("Médiathèque St-Éloi")
    ('bibliotheque', 'saint', 'eloi')
    """
    folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    plain = "".join(
        letter if letter.isalnum() else " "
        for letter in folded
        if not unicodedata.combining(letter)
    )
    full = (ABBREVIATIONS.get(word, word) for word in plain.split())
    return tuple(" ".join(full).split())
