"""The territories of a survey, as a file may call them: by code, SIREN or name."""

from __future__ import annotations

from dataclasses import dataclass

from jalons.imports.words import simple
from jalons.search.figures import find
from jalons.surveys.models import Campaign

MOST_OFFERED = 6


@dataclass(frozen=True, slots=True)
class Places:
    """Names by code, and codes by simple name."""

    kind: str
    names: dict[str, str]
    codes: dict[str, list[str]]

    def named(self, text: str) -> tuple[str, ...]:
        """The territories that bear exactly this name, accents and capitals apart."""
        return tuple(self.codes.get(simple(text), ()))

    def found(self, text: str) -> tuple[str, ...]:
        """The territory of this code or SIREN, else those of exactly this name."""
        code = "".join(text.split()).upper()
        return (code,) if code in self.names else self.named(text)

    def resembling(self, text: str) -> list[tuple[str, str]]:
        """Code and name of what resembles the text most, to be chosen by a person."""
        hits = find(text, kinds=(self.kind,), limit=40)
        known = [hit.ref for hit in hits if hit.ref in self.names][:MOST_OFFERED]
        return [(code, self.names[code]) for code in known]


def known_places(campaign: Campaign) -> Places:
    names = dict(campaign.territories.values_list("pk", "name"))
    codes: dict[str, list[str]] = {}
    for code, name in names.items():
        codes.setdefault(simple(name), []).append(code)
    return Places(str(campaign.unit), names, codes)
