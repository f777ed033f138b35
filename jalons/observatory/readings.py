"""What a crossing allows to say, written from its numbers and no further.

Never "explains", never a rank. When the numbers do not allow a conclusion, the
sentence says so in these words.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jalons.analysis.crosstab import Finding
from jalons.observatory.results import Crossing, Figures, Variant
from jalons.observatory.sentences import (
    interval_label,
    lowered,
    quoted,
    small_numbers,
    units,
)
from jalons.observatory.words import (
    VARIABLES,
    Words,
    decimal,
    enumeration,
    number,
    p_value,
)

GROUPS: dict[str, tuple[str | Promise, str | Promise]] = {
    "density": (
        gettext_lazy("sparsely or very sparsely populated EPCI"),
        gettext_lazy("densely or very densely populated EPCI"),
    ),
    "density3": (
        gettext_lazy("rural EPCI"),
        gettext_lazy("urban EPCI, dense or of intermediate density"),
    ),
    "vulnerability": (
        gettext_lazy("most vulnerable EPCI"),
        gettext_lazy("least vulnerable EPCI"),
    ),
}
STRENGTHS: tuple[tuple[float, str | Promise], ...] = (
    (0.5, gettext_lazy("strong link")),
    (0.3, gettext_lazy("moderate link")),
    (0.1, gettext_lazy("weak link")),
    (0.0, gettext_lazy("very weak link")),
)
"""Usual reading of |φ| (J. Cohen, 1988, Statistical Power Analysis, ch. 7)."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence from the numbers, the conclusion they allow, and the warnings."""

    statement: str
    conclusion: str
    details: str = ""
    warnings: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return f"{self.statement} {self.conclusion}"


def crossing_said(crossing: Crossing, words: Words, figures: Figures) -> Said | None:
    """What one crossing allows to say; None when it is not compared, or secret."""
    if crossing.reading is None:
        return None
    finding = crossing.reading.finding
    warnings = [interval_label()]
    if finding.n_small:
        warnings.append(small_numbers())
    details = [test_details(finding), _whole_table(crossing)]
    return Said(
        statement=_statement(crossing, finding, words, figures),
        conclusion=conclusion(finding.kind),
        details=" ".join(filter(None, details)),
        warnings=tuple(warnings),
        variants=_variants(crossing, words, figures),
    )


def conclusion(kind: str) -> str:
    """What may be concluded, by the kinds of findings."""
    if kind == "not_computable":
        return _("There is nothing to compare: one group is empty, or all are alike.")
    if kind == "counted":
        return _("All the EPCI of both groups answered: counted, not estimated.")
    if kind == "no_conclusion":
        return _("With these numbers, one cannot conclude that there is a difference.")
    return _("Chance alone would seldom give such a gap; it does not say why.")


def test_details(finding: Finding) -> str:
    """The test in figures: p, p adjusted for the comparisons, size of the link."""
    if finding.p_value is None or finding.effect is None:
        return ""
    parts = [_("exact test, %(p)s") % {"p": p_value(finding.p_value)}]
    if finding.p_adjusted is not None and finding.comparisons > 1:
        parts.append(
            _("%(p)s once adjusted for the %(n)s comparisons examined")
            % {"p": p_value(finding.p_adjusted), "n": finding.comparisons}
        )
    strength = next(word for least, word in STRENGTHS if finding.effect >= least)
    effect = {"v": decimal(finding.effect, 2), "strength": strength}
    parts.append(_("size of the link V = %(v)s (%(strength)s)") % effect)
    return _("Two groups: %(parts)s.") % {"parts": _("; ").join(parts)}


def _whole_table(crossing: Crossing) -> str:
    """The size of the link of all rows and columns: its p would be of no family.

    Not of two EPCI that chance set apart: where the groups cannot be compared, nor is
    the table.
    """
    assert crossing.reading is not None
    if crossing.test is None or crossing.reading.finding.kind == "not_computable":
        return ""
    strength = next(w for least, w in STRENGTHS if crossing.test.cramers_v >= least)
    effect = {"v": decimal(crossing.test.cramers_v, 2), "strength": strength}
    return _("Whole table: Cramér’s V = %(v)s (%(strength)s).") % effect


def _statement(
    crossing: Crossing, finding: Finding, words: Words, figures: Figures
) -> str:
    first, last = (str(group) for group in GROUPS[crossing.row_variable])
    names = {
        "n": finding.first.n,
        "m": finding.last.n,
        "first": first,
        "last": last,
        "who": _who(figures, crossing),
    }
    if not (finding.first.n and finding.last.n):
        return _("%(who)s: %(n)s %(first)s, %(m)s %(last)s.") % names
    columns = crossing.reading.columns if crossing.reading else ()
    classes = quoted(words, crossing.column_variable, columns)
    return ngettext(
        "%(who)s: of %(n)s %(first)s, %(count)s is classed %(classes)s; "
        "of %(m)s %(last)s, %(other)s.",
        "%(who)s: of %(n)s %(first)s, %(count)s are classed %(classes)s; "
        "of %(m)s %(last)s, %(other)s.",
        finding.first.count,
    ) % {
        **names,
        "count": finding.first.count,
        "other": finding.last.count,
        "classes": classes,
    }


def _who(figures: Figures, crossing: Crossing) -> str:
    is_class = crossing.column_variable == "maturity"
    if is_class and figures.audience == "public" and figures.shows_classes:
        return _("Among published answers")
    return _("Among respondents")


def _variants(crossing: Crossing, words: Words, figures: Figures) -> tuple[str, ...]:
    if not crossing.checked:
        return ()
    if not crossing.variants:
        reading = crossing.reading
        if reading is None or reading.finding.kind == "not_computable":
            return ()
        return (
            _(
                "The conclusion is the same with posts counted per 10,000 inhabitants, "
                "and without the questions that count actors and posts."
            ),
        )
    return tuple(_variant(one, crossing, words, figures) for one in crossing.variants)


def _variant(
    variant: Variant, crossing: Crossing, words: Words, figures: Figures
) -> str:
    intro = {
        "per_inhabitants": _(
            "With posts counted per 10,000 inhabitants, it reads otherwise:"
        ),
        "without_counts": _(
            "Without the questions that count actors and posts, it reads otherwise:"
        ),
    }[variant.code]
    parts = [intro]
    if variant.finding:
        parts.append(_statement(crossing, variant.finding, words, figures))
    return " ".join([*parts, conclusion(variant.kind)])


def examined(figures: Figures) -> str:
    """How many crossings are looked at together (rule 14)."""
    if not figures.comparisons:
        return _("No crossing can be tested here.")
    return ngettext(
        "%(n)s crossing is examined.",
        "%(n)s crossings are examined together: the more one looks at, the more a gap "
        "may come from chance, so that p is adjusted for their number "
        "(Benjamini–Hochberg).",
        figures.comparisons,
    ) % {"n": figures.comparisons}


def confounded(figures: Figures, words: Words) -> str:
    """Whether density and vulnerability can be told apart (rule 12)."""
    crossing = figures.crossing("density_by_vulnerability")
    if crossing is None or not crossing.empty:
        return ""
    missing = [
        _("%(density)s with %(vulnerability)s")
        % {
            "density": lowered(words.label("density", column)),
            "vulnerability": lowered(words.label("vulnerability", row)),
        }
        for row, column in crossing.empty
    ]
    return _(
        "Density and vulnerability cannot be told apart everywhere: no EPCI of the "
        "perimeter is %(missing)s. A gap seen with one may belong to the other."
    ) % {"missing": _("; ").join(missing)}


def crossing_base(crossing: Crossing, figures: Figures) -> str:
    """The unit of a crossing, its number, and how many it leaves out."""
    base = _("Unit: %(units)s, n = %(n)s.") % {
        "units": _units(crossing, figures),
        "n": number(crossing.total.n),
    }
    return f"{base} {without_context(crossing)}"


def _units(crossing: Crossing, figures: Figures) -> str:
    if crossing.column_variable == "density":
        return _("EPCI of the perimeter, whether they answered or not")
    if crossing.column_variable == "political":
        return _("responding EPCI")
    return units(figures)


def without_context(crossing: Crossing) -> str:
    """How many territories the table leaves out (rule 15)."""
    left = crossing.without_count
    if left is None:
        return _("The number of EPCI left out is secret.")
    variable = {"variable": VARIABLES[crossing.row_variable], "n": left}
    if not left:
        return _("No EPCI is left out: %(variable)s is known for all.") % variable
    return (
        ngettext(
            "%(n)s EPCI is left out: its %(variable)s is not known.",
            "%(n)s EPCI are left out: their %(variable)s is not known.",
            left,
        )
        % variable
    )


def withheld(figures: Figures) -> str:
    """Crossings that are not offered, and why."""
    titles = [titled(one.column_variable, one.row_variable) for one in figures.withheld]
    if not titles:
        return ""
    return ngettext(
        "Not published: %(titles)s. Each of its numbers, or what would reveal it, "
        "counts fewer than 5 EPCI.",
        "Not published: %(titles)s. Each of their numbers, or what would reveal it, "
        "counts fewer than 5 EPCI.",
        len(titles),
    ) % {"titles": enumeration(titles)}


def titled(columns: str, rows: str) -> str:
    """A crossing inside a sentence."""
    return _("%(columns)s by %(rows)s") % {
        "columns": VARIABLES[columns],
        "rows": VARIABLES[rows],
    }
