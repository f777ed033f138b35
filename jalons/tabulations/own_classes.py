"""Limits that a reader gives to class a number, typed or kept in an address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.http import QueryDict
from django.utils.translation import gettext as _

from jalons.questionnaires.class_limits import MOST_LIMITS, typed_limits
from jalons.tabulations.classed import (
    OWN,
    base_of,
    own_code,
    own_limits,
)
from jalons.tabulations.variables import Variable, with_own_classes

FIELD = "limites-"
"""Begins the name of the field where the limits of a number are typed."""

Variables = Mapping[str, Variable]


def own_classes(
    data: QueryDict, variables: Variables, language: str, problems: list[str]
) -> tuple[dict[str, str], dict[str, Variable]]:
    """The variable that each number becomes, and all variables with those made.

    A field left empty gives back the classes of the results.
    """
    given: dict[str, str] = {}
    for base, variable in variables.items():
        typed = data.get(f"{FIELD}{base}")
        if not variable.takes_limits or typed is None:
            continue
        limits = typed_limits(typed)
        if limits is None:
            problems.append(_unread(variable, typed))
        given[base] = own_code(base, limits) if limits else base
    made = dict(variables)
    for code in (*given.values(), *_named(data)):
        base = base_of(code)
        if OWN in code and base in variables and variables[base].takes_limits:
            limits = own_limits(code)
            if limits and code == own_code(base, limits):
                made[code] = with_own_classes(variables[base], code, language)
    return given, made


def _named(data: QueryDict) -> Iterator[str]:
    """The names of an address that hold limits."""
    yield from (data.get(key, "") for key in ("lignes", "colonnes", "par"))
    yield from (one.partition(":")[0] for one in data.getlist("filtre"))
    lines = data.get("marges", "").splitlines()
    yield from (line.partition(":")[0].strip() for line in lines)


def _unread(variable: Variable, typed: str) -> str:
    return _(
        "“%(typed)s” does not cut “%(question)s” into classes: write from one to "
        "%(most)s numbers, from the smallest to the largest, such as 1; 5; 10."
    ) % {"typed": typed[:40], "question": variable.title, "most": MOST_LIMITS}
