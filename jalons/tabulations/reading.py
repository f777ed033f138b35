"""What a table of the desk allows to say, in the words of the restitution.

Never "explains". When the numbers do not allow a conclusion, the sentence says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from numpy.typing import NDArray

from jalons.analysis.weighting import TRIM, Problem, Raking
from jalons.documents.words import date_format
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
from jalons.tabulations.figures import Given, Judged, Layer, Line, Tabulated
from jalons.tabulations.query import CarriedMargin
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
        parts.append(
            _("%(n)s left out: no answer to one of the two questions.")
            % {"n": number(layer.left_out)}
        )
    if shown.table.has_multiple_columns:
        parts.append(_("Several answers: the shares add up to more than 100%."))
    if shown.table.has_multiple_rows:
        parts.append(_("A respondent may stand in several rows: rows are not tested."))
    if layer.is_clustered:
        parts.append(
            _("Intervals take account of the EPCI that several people answered for.")
        )
    return " ".join(parts)


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
    """How intervals and tests are to be read."""
    return [interval_label(), *warnings_of_tests(shown, shown.table.layers)]


def warnings_of_tests(shown: Read, layers: Sequence[Layer]) -> list[str]:
    """How the tests of these layers are to be read, if there are any."""
    found: list[str] = []
    tests = [one for layer in layers for one in layer.tests if one]
    if any(one.test.n_small for one in tests):
        found.append(small_numbers())
    if any(layer.is_clustered for layer in layers) and tests:
        found.append(
            _(
                "Tests take respondents as independent: several answers about one "
                "EPCI make p look smaller than it is."
            )
        )
    if shown.table.is_weighted and tests:
        found.append(
            _(
                "With weights, the test is an approximation: χ² brought to the "
                "effective number of respondents."
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
    name = _("exact test") if test.name == "exact" else _("χ² test")
    parts = [f"{name}, {p_value(test.p_value)}"]
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


def calibration(shown: Read) -> list[str]:
    """How the weights were made, or why they could not be."""
    raking = shown.table.calibration
    if raking is None:
        return _given(shown.table.given, shown.sources)
    if raking.problems:
        told = [_problem(shown, one) for one in raking.problems]
        return [*told, _("The table is therefore shown without weights.")]
    found = [_margins(shown), _weights(raking)]
    if raking.left_out:
        found.append(
            _(
                "%(n)s answers weigh nothing: they are filtered out, or one of these "
                "variables is not known for them."
            )
            % {"n": number(raking.left_out)}
        )
    if not raking.converged:
        found.append(_missed(raking))
    return found


def _missed(raking: Raking) -> str:
    """How far the weights stay from the shares asked for, and why."""
    gap = {"gap": decimal(raking.gap * 100, 1)}
    if raking.is_reachable:
        return (
            _(
                "The shares asked for are reached to within %(gap)s points only, "
                "because weights were kept within bounds."
            )
            % gap
        )
    return (
        _(
            "The shares asked for contradict each other: the best weights miss them "
            "by %(gap)s points."
        )
        % gap
    )


def out_of_reach() -> str:
    """Why a table whose weights miss their margins is not kept."""
    return _(
        "This table cannot be kept: its weights do not reach the shares asked for. "
        "Change these shares or leave them out, then make the table again."
    )


def _margins(shown: Read) -> str:
    names = []
    for one in shown.table.query.margins:
        title = shown.variables[one.variable].title
        if not isinstance(one, CarriedMargin):
            source = _("shares typed by hand")
        elif one.unit == "epci":
            source = _("number of EPCI surveyed")
        else:
            source = _("inhabitants of the EPCI surveyed")
        names.append(f"{title} ({source})")
    return _("Weights calibrated on: %(margins)s.") % {"margins": _("; ").join(names)}


def _given(given: Given | None, sources: Sequence[GivenWeight]) -> list[str]:
    """Where the weights of a file come from, and how much they weigh."""
    if given is None:
        return []
    if not given.is_possible:
        none = _("No answer kept has a weight given by an imported file.")
        return [none, _("The table is therefore shown without weights.")]
    named = _(
        "Weights given by the column “%(column)s” of “%(file)s”, recorded on %(on)s: "
        "%(source)s"
    )
    found = [
        named
        % {
            "column": one.column,
            "file": one.file_name,
            "on": date_format(one.recorded_at, "DATE_FORMAT"),
            "source": one.source,
        }
        for one in sources
    ]
    if len(sources) > 1:
        found.append(
            _("Weights of several files stand together: are they on the same scale?")
        )
    found.append(_spread(given.weights, given.effective_n, given.trimmed))
    if given.left_out:
        message = ngettext(
            "%(n)s answer weighs nothing: no file gave it a weight.",
            "%(n)s answers weigh nothing: no file gave them a weight.",
            given.left_out,
        )
        found.append(message % {"n": number(given.left_out)})
    return found


def _weights(raking: Raking) -> str:
    turns = _("Calibrated in %(turns)s turns.") % {"turns": raking.turns}
    return f"{turns} {_spread(raking.weights, raking.effective_n, raking.trimmed)}"


def _spread(weights: NDArray[np.float64], effective_n: float, trimmed: int) -> str:
    """How unequal weights are, and what that costs."""
    given = weights[weights > 0]
    text = _(
        "Weights from %(least)s to %(greatest)s; %(n)s respondents weigh as "
        "%(effective)s of equal weight (Kish)."
    ) % {
        "least": decimal(float(given.min()), 2),
        "greatest": decimal(float(given.max()), 2),
        "n": number(len(given)),
        "effective": number(round(effective_n)),
    }
    if trimmed:
        text += " " + _(
            "%(n)s weights were kept within %(least)s and %(greatest)s."
        ) % {
            "n": number(trimmed),
            "least": decimal(TRIM[0], 1),
            "greatest": decimal(TRIM[1], 0),
        }
    return text


def _problem(shown: Read, one: Problem) -> str:
    variable = shown.variables.get(one.margin)
    words = {
        "variable": variable.title if variable else one.margin,
        "label": variable.label(one.label) if variable else one.label,
        "value": decimal(one.value * 100, 1),
        "n": number(one.value),
    }
    told = {
        "nobody": _(
            "%(variable)s: nobody answered among “%(label)s”, which should weigh "
            "%(value)s%%. Put it with another category, or leave this margin out."
        ),
        "unexpected": _(
            "%(variable)s: “%(label)s” should weigh 0%%, but %(n)s respondents are "
            "in it. Give it a share, or filter them out."
        ),
        "sum": _("%(variable)s: the shares add up to %(value)s%% instead of 100%%."),
        "negative": _("%(variable)s: the share of “%(label)s” is negative."),
        "empty": _("No respondent has a known answer to all the variables chosen."),
    }
    return told[one.kind] % words
