"""How the weights of a table were made, in words, or why they could not be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from numpy.typing import NDArray

from jalons.analysis.weighting import TRIM, Problem, Raking
from jalons.documents.words import date_format
from jalons.imports.figures import GivenWeight
from jalons.observatory.words import decimal, enumeration, number
from jalons.tabulations.figures import Given
from jalons.tabulations.query import CarriedMargin
from jalons.tabulations.reading import Read


def calibration(shown: Read) -> list[str]:
    """A paragraph each: the margins, where weights start from, how unequal they are."""
    raking, given = shown.table.calibration, shown.table.given
    if raking is None:
        return _given(given, shown.sources)
    if raking.problems:
        told = [_problem(shown, one) for one in raking.problems]
        return [*told, _("The table is therefore shown without weights.")]
    found = [_margins(shown), _weights(raking)]
    if given is not None:
        found[1:1] = _started(given, shown.sources)
    if raking.left_out:
        found.append(_left_out(raking, has_start=given is not None))
    if not raking.converged:
        found.append(_missed(raking))
    return found


def _left_out(raking: Raking, *, has_start: bool) -> str:
    if has_start:
        message = _(
            "%(n)s answers weigh nothing: they are filtered out, no file gave them a "
            "weight, or one of these variables is not known for them."
        )
    else:
        message = _(
            "%(n)s answers weigh nothing: they are filtered out, or one of these "
            "variables is not known for them."
        )
    return message % {"n": number(raking.left_out)}


def _started(given: Given, sources: Sequence[GivenWeight]) -> list[str]:
    """The weights of files from which the margins are reached."""
    start = _(
        "Each answer starts from the weight that its file gave, multiplied by one "
        "factor for each category until these shares are reached (raking)."
    )
    return [start, *_files(given, sources)]


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
    found = _files(given, sources)
    found.append(_spread(given.weights, given.effective_n, given.trimmed))
    if given.left_out:
        message = ngettext(
            "%(n)s answer weighs nothing: no file gave it a weight.",
            "%(n)s answers weigh nothing: no file gave them a weight.",
            given.left_out,
        )
        found.append(message % {"n": number(given.left_out)})
    return found


def _files(given: Given, sources: Sequence[GivenWeight]) -> list[str]:
    """The files that gave the weights, and whether theirs can stand together."""
    # An answer recorded before files were numbered may come of any of them.
    used = [one for one in sources if one.number in given.means or 0 in given.means]
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
        for one in used
    ]
    if len(given.means) > 1:
        means = [decimal(one, 2) for one in given.means.values()]
        found.append(
            _(
                "Weights of several files stand together, of means %(means)s: are they "
                "on the same scale? Otherwise choose one file."
            )
            % {"means": enumeration(means)}
        )
    return found


def _weights(raking: Raking) -> str:
    turns = ngettext(
        "Calibrated in %(turns)s turn.",
        "Calibrated in %(turns)s turns.",
        raking.turns,
    )
    told = turns % {"turns": raking.turns}
    return f"{told} {_spread(raking.weights, raking.effective_n, raking.trimmed)}"


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
