"""A territory written by a person: its code, or its name if only one bears it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from jalons.search.ranking import score
from jalons.search.words import key_of, words_of
from jalons.territories.models import Territory


class UnknownPlace(Exception):
    """No territory has this code nor this name."""


class Ambiguous(Exception):
    """Several territories bear this name; `codes` are theirs."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


WITH_CODE = re.compile(r"(.+) \(([0-9A-Z]+)\)")
MOST_ALIKE = 5
NEAR = 0.75
"""A name this much less like the text than the best one is only noise."""


def named(territory: Territory) -> str:
    """A territory as a field shows it: read by a person, found again by `Places`."""
    return f"{territory.name} ({territory.pk})"


def only_begun(text: str, among: Iterable[Territory]) -> Territory | None:
    """The only one whose name begins with these whole words: Sarlat-la-Canéda for
    Sarlat; None when there are several, or none."""
    given = words_of(text)
    if not given:
        return None
    found = [one for one in among if words_of(one.name)[: len(given)] == given]
    return found[0] if len(found) == 1 else None


def alike(text: str, among: Iterable[Territory]) -> list[Territory]:
    """A few whose names look like this text, best first: slips are forgiven."""
    given = words_of(text)
    if not given:
        return []
    scored = [(score(given, key_of(one.name), 0), one) for one in among]
    known = [(said, one) for said, one in scored if said is not None]
    known.sort(key=lambda pair: (-pair[0], pair[1].name, pair[1].pk))
    return [one for said, one in known if said >= NEAR * known[0][0]][:MOST_ALIKE]


class Places:
    """The names of a territory and of all it holds, read once when first needed."""

    def __init__(self, around: Territory) -> None:
        self.around = around
        self._names: defaultdict[tuple[str, ...], list[str]] | None = None

    def code_of(self, text: str) -> str:
        """Raises UnknownPlace or Ambiguous."""
        code = text.replace(" ", "").upper()
        if Territory.objects.filter(pk=code).exists():
            return code
        if (both := WITH_CODE.fullmatch(text.strip())) and self._is(*both.groups()):
            return both[2]
        found = self._by_name()[tuple(words_of(text))]
        if not found:
            raise UnknownPlace(text)
        if len(found) > 1:
            raise Ambiguous(found)
        return found[0]

    def _is(self, name: str, code: str) -> bool:
        """A number in brackets may say a département: the name must be that of it."""
        known = Territory.objects.filter(pk=code).first()
        return known is not None and words_of(known.name) == words_of(name)

    def _by_name(self) -> defaultdict[tuple[str, ...], list[str]]:
        if self._names is None:
            self._names = defaultdict(list)
            inside = Territory.objects.within(self.around)
            around = Territory.objects.filter(pk=self.around.pk)
            for code, name in (around | inside).values_list("pk", "name"):
                self._names[tuple(words_of(name))].append(code)
        return self._names
