"""The commune of today in which a place lies, from what its list says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext as _

from jalons.analysis.distances import km_from
from jalons.search.words import words_of
from jalons.territories import passage
from jalons.territories.models import Territory

# A place further from the centre of its commune than this, plus the side of a square
# as large as the commune, is not in it.
TOO_FAR_KM = 20.0
# Municipal arrondissements have a code of their own, and are no communes.
ARRONDISSEMENTS = {"751": "75056", "6938": "69123", "132": "13055"}
CORSICA = ("2A", "2B")
READ = ("code", "name", "longitude", "latitude", "area_km2")


class UnknownCommune(Exception):
    """The commune cannot be told; the message says how to mend it."""


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today, its centre when it is known, and how it was found."""

    code: str
    name: str
    centre: tuple[float, float] | None
    reach_km: float
    """Further from the centre, a point is not in the commune."""

    def distance_km(self, longitude: float, latitude: float) -> float:
        """From a point to the centre; 0 when the centre is not known."""
        if self.centre is None:
            return 0.0
        return km_from(self.centre, (longitude, latitude))

    def holds(self, longitude: float, latitude: float) -> bool:
        return self.distance_km(longitude, latitude) <= self.reach_km


class Communes:
    """Every commune of today by code and by name, read once for a whole file."""

    def __init__(self) -> None:
        self._passage = passage.read()
        self._by_code: dict[str, Commune] = {}
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        # Plain values: 35 000 rows of a model take twice as long to read.
        rows = Territory.objects.communes().current().values_list(*READ)
        for code, name, longitude, latitude, area_km2 in rows.iterator():
            has_centre = longitude is not None and latitude is not None
            centre = (longitude, latitude) if has_centre else None
            reach = TOO_FAR_KM + sqrt(area_km2 or 0.0)
            self._by_code[code] = Commune(code, name, centre, reach)
            self._by_name[" ".join(words_of(name))].append(code)

    def find(self, code: str, name: str, postcode: str) -> Commune:
        """By code of any year, else by name within a département. Raises
        UnknownCommune."""
        if code:
            return self._of_code(code)
        codes = self._by_name[" ".join(words_of(name))]
        if len(codes) > 1:
            codes = [code for code in codes if _same_departement(code, postcode)]
        if len(codes) == 1:
            return self._by_code[codes[0]]
        message = (
            _("Several communes bear this name: give its INSEE code in code_insee.")
            if codes or self._by_name[" ".join(words_of(name))]
            else _("No commune bears this name: give its INSEE code in code_insee.")
        )
        raise UnknownCommune(message)

    def _of_code(self, code: str) -> Commune:
        for start, whole in ARRONDISSEMENTS.items():
            if code.startswith(start) and code not in self._by_code:
                code = whole
        heirs = self._passage.of(code).heirs
        if len(heirs) == 1 and heirs[0].code in self._by_code:
            return self._by_code[heirs[0].code]
        if code in self._by_code:
            return self._by_code[code]
        if heirs:
            codes = ", ".join(heir.code for heir in heirs)
            message = _("This commune was split: write the code of one of %(codes)s.")
            raise UnknownCommune(message % {"codes": codes})
        message = _("No commune has this code since 2021: correct code_insee.")
        raise UnknownCommune(message)


def _same_departement(code: str, postcode: str) -> bool:
    if postcode.startswith("20"):
        return code.startswith(CORSICA)
    length = 3 if postcode.startswith("97") else 2
    return bool(postcode) and code[:length] == postcode[:length]
