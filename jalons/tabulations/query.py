"""What a table is made of, as a plain address: the same address, the same table.

`?lignes=…&colonnes=…&par=…&filtre=variable:categorie&caler=variable:epci&ecreter=1`,
and margins typed by hand, a variable a line: `marges=profile: decider 40, adviser 60`.
`ponderer=fichier` weighs by the weights that imported files gave, `ponderer=fichier-12`
by those of one file; margins are then calibrated from these weights.
Limits typed for a number (`limites-people=1; 5`) become its name, `people@1;5`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from jalons.tabulations.classed import OWN, base_of
from jalons.tabulations.own_classes import own_classes
from jalons.tabulations.variables import OF_TERRITORY, Variable

Carried = Literal["epci", "habitants"]
CARRIED: tuple[Carried, ...] = ("epci", "habitants")
AXES = ("lignes", "colonnes", "par")
FILE = "fichier"
WEIGHED = frozenset({"caler", "marges", "ponderer"})
"""What in an address makes weights."""
LONGEST_NUMBER = 18
MOST_FILTERS = 30
MOST_MARGINS = 6
_ENTRY = re.compile(r"^(?P<code>[\w.-]+)\s*[=\s]\s*(?P<share>[\d.,]+)\s*%?$")


@dataclass(frozen=True, slots=True)
class TypedMargin:
    """Shares of a variable typed by hand, in percent."""

    variable: str
    shares: tuple[tuple[str, float], ...]

    @property
    def line(self) -> str:
        """As it is typed."""
        shares = ", ".join(f"{code} {share:g}" for code, share in self.shares)
        return f"{self.variable}: {shares}"


@dataclass(frozen=True, slots=True)
class CarriedMargin:
    """Shares of a context variable over the perimeter: territories or inhabitants."""

    variable: str
    unit: Carried


Margin = TypedMargin | CarriedMargin


@dataclass(frozen=True, slots=True)
class Query:
    """Rows, columns, a third variable, filters, and margins to calibrate on.

    `is_given` weighs by the weights that imported files gave, those of `weight_files`
    when some are chosen; margins are then reached from these weights.
    """

    rows: str
    columns: str
    layers: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    margins: tuple[Margin, ...] = ()
    is_trimmed: bool = False
    is_given: bool = False
    weight_files: tuple[int, ...] = ()

    @property
    def address(self) -> str:
        """The same query as an address, always written alike."""
        pairs = [("lignes", self.rows), ("colonnes", self.columns)]
        if self.layers:
            pairs.append(("par", self.layers))
        pairs += [("filtre", f"{name}:{code}") for name, code in self.filters]
        for margin in self.margins:
            if isinstance(margin, CarriedMargin):
                pairs.append(("caler", f"{margin.variable}:{margin.unit}"))
        if self.typed:
            pairs.append(("marges", self.typed))
        if self.is_given:
            numbers = [f"{FILE}-{one}" for one in self.weight_files]
            pairs += [("ponderer", one) for one in numbers or [FILE]]
        if self.is_trimmed:
            pairs.append(("ecreter", "1"))
        return urlencode(pairs)

    @property
    def typed(self) -> str:
        """The margins typed by hand, as they can be typed again."""
        return "\n".join(
            one.line for one in self.margins if isinstance(one, TypedMargin)
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A query read from an address, and what in it could not be understood.

    `variables` are those of the survey, and those that the address makes.
    """

    query: Query | None
    variables: Mapping[str, Variable]
    problems: tuple[str, ...] = ()


def read(
    data: QueryDict, variables: Mapping[str, Variable], language: str = "fr"
) -> Asked:
    """Read an address; nothing is guessed, each mistake says how to mend it."""
    problems: list[str] = []
    given, variables = own_classes(data, variables, language, problems)
    names = [_named(data.get(key, ""), given) for key in AXES]
    for name in names:
        if name and name not in variables:
            problems.append(_unknown(name))
    rows, columns, layers = names
    filters = _filters(data.getlist("filtre"), variables, problems)
    margins = _carried(data.getlist("caler"), problems)
    margins += _typed(data.get("marges", ""), variables, problems)
    used = [one for one in names if one]
    if len(set(used)) < len(used):
        problems.append(_("Choose different variables for the rows and the columns."))
    if len({one.variable for one in margins}) < len(margins):
        problems.append(_("A variable can be calibrated on one margin only."))
    chosen = [one for one in data.getlist("ponderer") if one]
    files = _files(chosen, problems)
    if problems or not (rows and columns):
        return Asked(None, variables, tuple(problems))
    query = Query(
        rows,
        columns,
        layers,
        tuple(filters),
        tuple(margins),
        is_trimmed=data.get("ecreter") == "1",
        is_given=bool(chosen),
        weight_files=() if FILE in chosen else files,
    )
    return Asked(query, variables)


def _files(chosen: Iterable[str], problems: list[str]) -> tuple[int, ...]:
    """The numbers of the files chosen."""
    found = set()
    for one in chosen:
        number = one.removeprefix(f"{FILE}-")
        if number.isdecimal() and number.isascii() and len(number) <= LONGEST_NUMBER:
            found.add(int(number))
        elif one != FILE:
            message = _("The weight “%(name)s” is unknown: choose it again.")
            problems.append(message % {"name": one[:40]})
    return tuple(sorted(found))


def _named(said: str, given: Mapping[str, str]) -> str:
    """The variable asked for; a number takes the limits given for it."""
    base = base_of(said)
    return given.get(base, said) if said == base or OWN in said else said


def _unknown(name: str) -> str:
    return _(
        "“%(name)s” is not a variable of this survey: choose it again in the list."
    ) % {"name": name[:60]}


def _filters(
    said: Iterable[str], variables: Mapping[str, Variable], problems: list[str]
) -> list[tuple[str, str]]:
    found = []
    for one in list(said)[:MOST_FILTERS]:
        name, _colon, code = one.partition(":")
        if name in variables and code in variables[name].categories:
            found.append((name, code))
        else:
            problems.append(
                _("The filter “%(filter)s” is unknown: choose it again in the list.")
                % {"filter": one[:60]}
            )
    return sorted(set(found))


def _carried(said: Iterable[str], problems: list[str]) -> list[Margin]:
    found: list[Margin] = []
    for one in list(said)[:MOST_MARGINS]:
        name, _colon, unit = one.partition(":")
        known = next((each for each in CARRIED if each == unit), None)
        if name in OF_TERRITORY and known:
            found.append(CarriedMargin(name, known))
        elif one:
            problems.append(_unknown(one))
    return found


def _typed(
    text: str, variables: Mapping[str, Variable], problems: list[str]
) -> list[Margin]:
    """Margins written one variable a line."""
    found: list[Margin] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, _colon, rest = line.partition(":")
        variable = variables.get(name.strip())
        if variable is None or variable.is_multiple:
            problems.append(
                _(
                    "Margins, line %(line)s: begin with the name of a variable with "
                    "one answer, then a colon. “%(name)s” is not one."
                )
                % {"line": number, "name": name.strip()[:40]}
            )
            continue
        shares = _shares(rest, variable, number, problems)
        if shares:
            found.append(TypedMargin(variable.code, shares))
    return found[:MOST_MARGINS]


def _shares(
    text: str, variable: Variable, number: int, problems: list[str]
) -> tuple[tuple[str, float], ...]:
    shares: dict[str, float] = {}
    for entry in filter(None, map(str.strip, re.split(r"[;]|,(?!\d)", text))):
        found = _ENTRY.match(entry)
        code = found["code"] if found else ""
        if found is None or code not in variable.categories or code in shares:
            problems.append(
                _(
                    "Margins, line %(line)s: “%(entry)s” cannot be read. Write a code "
                    "and its share, once each: %(codes)s."
                )
                % {
                    "line": number,
                    "entry": entry[:40],
                    "codes": ", ".join(f"{one} 25" for one in variable.categories),
                }
            )
            return ()
        shares[code] = float(found["share"].replace(",", "."))
    missing = [code for code in variable.categories if code not in shares]
    if missing:
        problems.append(
            _(
                "Margins, line %(line)s: these shares are missing: %(codes)s. Write 0 "
                "for none."
            )
            % {"line": number, "codes": ", ".join(missing)}
        )
        return ()
    return tuple(shares.items())
