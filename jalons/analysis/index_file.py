"""From the file that experts review (`data/indices/*.toml`, once parsed) to an `Index`.

Only what computes is read here; titles and explanations are for the pages. Whoever
writes the file is told which key is wrong, and how.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from jalons.analysis.index import (
    GREATEST_WEIGHT,
    Aggregation,
    Coverage,
    Group,
    Index,
    Indicator,
    reweighted,
)
from jalons.analysis.normalisation import Direction, Formula, Scale, Weighting

Found = TypeVar("Found")
Table = Mapping[str, object]


class InvalidDefinition(ValueError):
    """A key of the file is missing or holds what it must not."""


def index_of(definition: Table, option: str = "") -> Index:
    """Read a parsed file; `option` names one of its alternative sets of weights.

    >>> axis = {"id": "skills", "weight": 1, "indicator": [
    ...     {"id": "below_bac", "weight": 1, "raised_by": "higher"}]}
    >>> scale = {"formula": "min_max", "low": 0, "high": 100, "trim": [],
    ...          "weighted_by": "territories"}
    >>> rule = {"least_weight_share": 0.75, "least_per_axis": 1}
    >>> found = index_of({"id": "one", "aggregation": "arithmetic", "axis": [axis],
    ...                   "scale": scale, "coverage": rule})
    >>> found.axes[0].parts[0].code
    'below_bac'
    """
    index = Index(
        code=_get(definition, "id", str),
        axes=tuple(_axis(table) for table in _tables(definition, "axis")),
        scale=_scale(_get(definition, "scale", dict)),
        aggregation=_one_of(definition, "aggregation", Aggregation),
        coverage=_coverage(_get(definition, "coverage", dict)),
    )
    if not option:
        return index
    options = _get(definition, "options", dict)
    weights = _get(_get(options, option, dict), "weights", dict)
    return reweighted(index, {code: _weight(weights, code) for code in weights})


def _axis(table: Table) -> Group:
    parts = tuple(
        Indicator(
            _get(each, "id", str),
            _weight(each, "weight"),
            _one_of(each, "raised_by", Direction),
        )
        for each in _tables(table, "indicator")
    )
    return Group(_get(table, "id", str), parts, _weight(table, "weight"))


def _scale(table: Table) -> Scale:
    trim = _get(table, "trim", list)
    if len(trim) not in (0, 2) or not all(isinstance(x, int | float) for x in trim):
        raise InvalidDefinition("trim: two percentiles, or none")
    return Scale(
        _one_of(table, "formula", Formula),
        _number(table, "low"),
        _number(table, "high"),
        (trim[0] / 100, trim[1] / 100) if trim else None,
        _one_of(table, "weighted_by", Weighting),
    )


def _coverage(table: Table) -> Coverage:
    least = _number(table, "least_weight_share")
    if not 0 <= least <= 1:
        raise InvalidDefinition("least_weight_share: a share between 0 and 1")
    return Coverage(least, _get(table, "least_per_axis", int))


def _get(table: Table, key: str, kind: type[Found]) -> Found:
    if key not in table:
        raise InvalidDefinition(f"{key}: this key is missing")
    value = table[key]
    if not isinstance(value, kind) or isinstance(value, bool):
        raise InvalidDefinition(f"{key}: {value!r} is not a {kind.__name__}")
    return value


def _number(table: Table, key: str) -> float:
    whole = isinstance(table.get(key), int)
    return float(_get(table, key, int) if whole else _get(table, key, float))


def _weight(table: Table, key: str) -> int:
    weight = _get(table, key, int)
    if not 0 <= weight <= GREATEST_WEIGHT:
        raise InvalidDefinition(f"{key}: a weight is an integer from 0 to 10")
    return weight


def _tables(table: Table, key: str) -> list[Table]:
    tables = _get(table, key, list)
    if not tables or not all(isinstance(each, dict) for each in tables):
        raise InvalidDefinition(f"{key}: at least one [[{key}]] is needed")
    return tables


def _one_of(table: Table, key: str, choices: object) -> Any:
    """The value, when it is one of the words of a `Literal` type."""
    value = _get(table, key, str)
    if value not in get_args(choices):
        known = ", ".join(get_args(choices))
        raise InvalidDefinition(f"{key}: {value} is none of {known}")
    return value
