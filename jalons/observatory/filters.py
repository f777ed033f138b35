"""The filters of a restitution, as plain addresses: `?profil=…&departement=…`.

A value that the restitution does not hold is ignored, so that an old link still opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.observatory.answer_results import TOTAL
from jalons.observatory.answers import profile_codes
from jalons.observatory.crossing_tables import short_title
from jalons.observatory.restitution import Restitution
from jalons.observatory.results import Departement

DEFAULT_CROSSING = "maturity_by_vulnerability"


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list to choose from."""

    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for, among what the restitution holds."""

    group: str
    departement: str
    crossing: str
    question: str
    shown: Restitution

    @property
    def chosen_departement(self) -> Departement | None:
        every = self.shown.figures.departements
        return next((one for one in every if one.code == self.departement), None)

    @property
    def groups(self) -> list[Choice]:
        codes = _groups(self.shown)
        return _choices(((c, self.shown.words.group(c)) for c in codes), self.group)

    @property
    def departements(self) -> list[Choice]:
        every = ((one.code, one.name) for one in self.shown.figures.departements)
        return _choices((("", _("All")), *every), self.departement)

    @property
    def crossings(self) -> list[Choice]:
        every = ((c.code, short_title(c)) for c in self.shown.figures.crossings)
        return _choices(every, self.crossing)

    @property
    def questions(self) -> list[Choice]:
        words = self.shown.words
        every = ((q.role, words.question(q.code)) for q in self.shown.figures.questions)
        return _choices(every, self.question)


def filters_of(query: Mapping[str, str], shown: Restitution) -> Filters:
    """Read the address; the defaults are everybody, everywhere, and vulnerability."""
    figures = shown.figures
    crossings = [one.code for one in figures.crossings]
    default = DEFAULT_CROSSING if DEFAULT_CROSSING in crossings else ""
    return Filters(
        group=_known(query.get("profil"), _groups(shown)) or TOTAL,
        departement=_known(
            query.get("departement"), (one.code for one in figures.departements)
        ),
        crossing=_known(query.get("croiser"), crossings)
        or default
        or next(iter(crossings), ""),
        question=_known(query.get("question"), (one.role for one in figures.questions))
        or next((one.role for one in figures.questions), ""),
        shown=shown,
    )


def profiles_of(
    query: Mapping[str, str], shown: Restitution
) -> tuple[str, list[Choice]]:
    """The profile asked for, `TOTAL` by default, among all of the questionnaire."""
    codes = (TOTAL, *profile_codes(shown.definition))
    chosen = _known(query.get("profil"), codes) or TOTAL
    return chosen, _choices(((c, shown.words.group(c)) for c in codes), chosen)


def _groups(shown: Restitution) -> list[str]:
    """Everybody, then the profiles that the figures tell apart."""
    first = next(iter(shown.figures.questions), None)
    return [group.code for group in first.groups] if first else [TOTAL]


def _known(value: str | None, codes: Iterable[str]) -> str:
    return value if value is not None and value in set(codes) else ""


def _choices(every: Iterable[tuple[str, str]], chosen: str) -> list[Choice]:
    return [Choice(code, label, code == chosen) for code, label in every]
