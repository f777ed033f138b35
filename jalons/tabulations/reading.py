"""What a table of the desk allows to say, in the words of the restitution.

Never "explains". When the numbers do not allow a conclusion, the sentence says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.imports.figures import GivenWeight
from jalons.observatory.readings import STRENGTHS, conclusion
from jalons.observatory.sentences import interval_label, small_numbers
from jalons.observatory.words import (
    decimal,
    enumeration,
    number,
    p_value,
    percent,
    secret,
)
from jalons.tabulations.figures import Judged, Layer, Line, Tabulated
from jalons.tabulations.variables import Variable

SMALLEST_COMPARED = 5
"""Persons in a row whose share is quoted in a sentence: fewer are an anecdote."""


@dataclass(frozen=True, slots=True)
class Read:
    """A table with the words of its variables."""

    table: Tabulated
    rows: Variable
    columns: Variable
    layers: Variable | None
    variables: Mapping[str, Variable]
    sources: Sequence[GivenWeight] = ()

    @property
    def title(self) -> str:
        """What is crossed: "Columns, by rows"."""
        words = {"columns": self.columns.title, "rows": self.rows.title}
        if self.layers is None:
            return _("%(columns)s – by: %(rows)s") % words
        return _("%(columns)s – by: %(rows)s, then %(layers)s") % {
            **words,
            "layers": self.layers.title,
        }

    @property
    def by(self) -> str:
        """What the columns are crossed with, under their own title."""
        if self.layers is None:
            return _("By: %(rows)s") % {"rows": self.rows.title}
        words = {"rows": self.rows.title, "layers": self.layers.title}
        return _("By: %(rows)s, then: %(layers)s") % words

    def layer_title(self, layer: Layer) -> str:
        if self.layers is None:
            return self.title
        return f"{self.layers.title}\u00a0: {self.layers.label(layer.code)}"

    def row_label(self, line: Line) -> str:
        return self.rows.label(line.code)


def read(
    table: Tabulated,
    variables: Mapping[str, Variable],
    sources: Sequence[GivenWeight] = (),
) -> Read:
    """A table in words; `sources` are the weights that files gave to the survey."""
    query = table.query
    return Read(
        table,
        variables[query.rows],
        variables[query.columns],
        variables[query.layers] if query.layers else None,
        variables,
        sources,
    )


def base(shown: Read, layer: Layer) -> str:
    """The unit, n, and who is left out."""
    n = secret() if layer.n is None else number(layer.n)
    parts = [_("Unit: respondents, n = %(n)s.") % {"n": n}]
    if layer.left_out:
        parts.append(_out(shown, layer) % {"n": number(layer.left_out)})
    if shown.table.has_multiple_columns:
        parts.append(_("Several answers: the shares add up to more than 100%."))
    if shown.table.has_multiple_rows:
        parts.append(_("A respondent may stand in several rows: rows are not tested."))
    if layer.is_clustered:
        parts.append(
            _(
                "Intervals take account of the EPCI that several people answered for; "
                "where one EPCI answered alone, none is given."
            )
        )
    return " ".join(parts)


def _out(shown: Read, layer: Layer) -> str:
    """Why some are left out: an answer is missing, a weight, or either of them."""
    table = shown.table
    made = table.calibration or table.given
    if not table.is_weighted or made is None or not made.left_out:
        if shown.rows.is_put_to_some or shown.columns.is_put_to_some:
            return _(
                "%(n)s left out: one of the two questions not asked, or no answer."
            )
        return _("%(n)s left out: no answer to one of the two questions.")
    is_whole = table.calibration is None and not table.query.layers
    if is_whole and layer.left_out == made.left_out:
        return _("%(n)s left out: without a weight.")
    return _("%(n)s left out: no answer to one of the two questions, or no weight.")


def said(shown: Read, layer: Layer) -> list[str]:
    """The widest gap, what may be concluded, and the tests in figures."""
    if not layer.tests:
        return []
    found = [_widest(shown, layer)]
    if shown.table.has_multiple_columns:
        found += list(_boxes(shown, layer))
    else:
        (judged,) = layer.tests
        kind = "not_computable"
        if judged:
            kind = "difference" if judged.is_difference else "no_conclusion"
        found += [conclusion(kind), _details(judged) if judged else ""]
    return [one for one in found if one]


def warnings(shown: Read) -> list[str]:
    """Where intervals are, how they and the tests are to be read."""
    where = _("The interval of each share is in the CSV file and in the workbook.")
    return [where, interval_label(), *warnings_of_tests(shown, shown.table.layers)]


def warnings_of_tests(shown: Read, layers: Sequence[Layer]) -> list[str]:
    """How the tests of these layers are to be read, if there are any."""
    found: list[str] = []
    tests = [one for layer in layers for one in layer.tests if one]
    if any(one.test.n_small for one in tests):
        found.append(small_numbers())
    names = {one.test.name for one in tests}
    if "design" in names:
        found.append(
            _(
                "The test takes account of weights, and of the EPCI that several "
                "people answered for (Rao and Scott)."
            )
        )
    elif shown.table.is_weighted and tests:  # frozen before this test was made
        found.append(
            _(
                "With weights, the test is an approximation: χ² brought to the "
                "effective number of respondents."
            )
        )
    elif any(layer.is_clustered for layer in layers) and tests:
        found.append(
            _(
                "Tests take respondents as independent: several answers about one "
                "EPCI make p look smaller than it is."
            )
        )
    return found


def _widest(shown: Read, layer: Layer) -> str:
    """The column whose share differs most between two rows that are large enough."""
    lines = [one for one in layer.lines if (one.n or 0) >= SMALLEST_COMPARED]
    gaps = []
    for column in range(len(shown.table.columns)):
        known = [(one.parts[column].share or 0.0, one) for one in lines]
        if len(known) > 1:
            low, high = (f(known, key=lambda one: one[0]) for f in (min, max))
            gaps.append((high[0] - low[0], column, high[1], low[1]))
    if not gaps:
        return ""
    _gap, column, most, least = max(gaps, key=lambda one: one[:2])
    return _(
        "“%(column)s”: %(most_share)s among “%(most)s” (%(most_n)s), %(least_share)s "
        "among “%(least)s” (%(least_n)s)."
    ) % {
        "column": shown.columns.label(shown.table.columns[column]),
        "most": shown.row_label(most),
        "most_share": percent(most.parts[column].share),
        "most_n": _of(most, column),
        "least": shown.row_label(least),
        "least_share": percent(least.parts[column].share),
        "least_n": _of(least, column),
    }


def _of(line: Line, column: int) -> str:
    part = line.parts[column]
    return _("%(count)s of %(n)s") % {
        "count": number(part.count),
        "n": number(part.n),
    }


def _boxes(shown: Read, layer: Layer) -> Iterator[str]:
    """One test a box: those that differ, and the others together."""
    differing = [
        (code, one)
        for code, one in zip(shown.table.columns, layer.tests, strict=True)
        if one and one.is_difference
    ]
    if not differing:
        yield conclusion("no_conclusion" if any(layer.tests) else "not_computable")
        return
    names = [f"“{shown.columns.label(code)}”" for code, _one in differing]
    yield _("The answers differ by row on: %(names)s.") % {"names": enumeration(names)}
    yield conclusion("difference")
    for code, one in differing:
        yield f"{shown.columns.label(code)}\u00a0: {_details(one)}"


def _details(one: Judged) -> str:
    test = one.test
    names = {"exact": _("exact test"), "chi2": _("χ² test"), "design": _("F test")}
    parts = [f"{names[test.name]}, {p_value(test.p_value)}"]
    if one.comparisons > 1:
        parts.append(
            _("%(p)s once adjusted for the %(n)s comparisons examined")
            % {"p": p_value(one.p_adjusted), "n": one.comparisons}
        )
    strength = next(word for least, word in STRENGTHS if test.cramers_v >= least)
    effect = {"v": decimal(test.cramers_v, 2), "strength": strength}
    parts.append(_("size of the link V = %(v)s (%(strength)s)") % effect)
    if test.draws:
        parts.append(_("%(n)s tables drawn") % {"n": number(test.draws)})
    return _("Whole table: %(parts)s.") % {"parts": _("; ").join(parts)}


def filters(shown: Read) -> list[str]:
    """Who is kept: a variable a line."""
    by_name: dict[str, list[str]] = {}
    for name, code in shown.table.query.filters:
        by_name.setdefault(name, []).append(shown.variables[name].label(code))
    return [
        f"{shown.variables[name].title}\u00a0: {', '.join(labels)}"
        for name, labels in by_name.items()
    ]
