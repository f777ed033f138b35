"""What loading a file needs to know of the territories: read once a load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jalons.indicators.figures import latest, parents_of
from jalons.indicators.inventory import HOUSEHOLDS
from jalons.search.words import words_of
from jalons.territories import passage
from jalons.territories.models import Territory
from jalons.territories.passage import Passage


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of the territories of today."""

    passage: Passage
    population: Mapping[str, int]
    groups: Mapping[str, Sequence[str]]
    """EPCI, département and région of each commune."""
    centres: Mapping[str, tuple[float, float]]
    households: Mapping[str, float]
    iris: Collection[str] = ()
    """Those of INSEE's table, when it is loaded."""
    people: Mapping[str, int] = field(init=False)
    """Inhabitants of each group: those of its communes."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", self.people_of(self.groups))

    def people_of(self, communes: Iterable[str]) -> Mapping[str, int]:
        """Inhabitants of some communes, by group."""
        people: Counter[str] = Counter()
        for code in communes:
            for group in self.groups.get(code, ()):
                people[group] += self.population.get(code, 0)
        return people


def read_ground(*, with_households: bool = False) -> Ground:
    """Population, centres and groups of the territories of today."""
    communes = Territory.objects.communes().current()
    rows = list(communes.values_list("code", "population", "longitude", "latitude"))
    found = latest(HOUSEHOLDS, communes) if with_households else {}
    households = {code: figure.n for code, figure in found.items() if figure.n}
    return Ground(
        passage=passage.read(),
        population={code: people or 0 for code, people, _x, _y in rows},
        groups=parents_of(code for code, *_ in rows),
        centres={code: (x, y) for code, _n, x, y in rows if x is not None},
        households=households,
        iris=frozenset(
            Territory.objects.iris().current().values_list("code", flat=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class CommuneNames:
    """Codes of communes by département and name, accents and hyphens apart."""

    codes: Mapping[tuple[str, str], str]
    alone: Mapping[str, str]

    def code_of(self, departement: str, name: str) -> str:
        """By département; failing that, the only commune of France of that name, or
        the only one of the département whose name goes on from it: Grigny has become
        Grigny-sur-Rhône, Oullins Oullins-Pierre-Bénite."""
        key = _key(name)
        found = self.codes.get((departement, key)) or self._longer(departement, key)
        return found or self.alone.get(key, "")

    def _longer(self, departement: str, key: str) -> str:
        found = {
            code
            for (where, longer), code in self.codes.items()
            if where == departement and longer.startswith(f"{key} ")
        }
        return found.pop() if len(found) == 1 else ""


NO_NAMES = CommuneNames({}, {})
"""For a file whose codes are all written in it."""


def read_names() -> CommuneNames:
    """Names of today, and of the communes that ceased since 2021."""
    rows = Territory.objects.communes().values_list("code", "name")
    codes = {(_departement(code), _key(name)): code for code, name in rows}
    namesakes = Counter(key for _departement, key in codes)
    alone = {key: code for (_d, key), code in codes.items() if namesakes[key] == 1}
    return CommuneNames(codes, alone)


def _departement(code: str) -> str:
    return code[:3] if code.startswith("97") else code[:2]


def _key(name: str) -> str:
    return " ".join(words_of(name.replace("œ", "oe").replace("Œ", "Oe")))
