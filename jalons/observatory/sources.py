"""Where the figures come from: definition, coverage, vintages and limits."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.observatory import sentences
from jalons.observatory.restitution import Restitution
from jalons.observatory.standings import political_dimension
from jalons.observatory.words import VARIABLES, number
from jalons.questionnaires.definitions import Text


def limits(shown: Restitution) -> list[str]:
    """What one must know before quoting a figure of this restitution."""
    return [line for line in _lines(shown) if line]


def context(shown: Restitution) -> list[str]:
    """Official sources of the context variables, with their vintage.

    In an order of ours: a database may store the keys of a mapping in another one.
    """
    return [
        _("%(variable)s: %(source)s")
        % {
            "variable": sentences.raised(str(VARIABLES[variable])),
            "source": shown.figures.vintages[variable],
        }
        for variable in VARIABLES
        if variable in shown.figures.vintages
    ]


def _lines(shown: Restitution) -> list[str]:
    definition = shown.definition
    return [
        _score(shown),
        _text(shown, definition.reconstruction_note),
        _text(shown, definition.grid.note if definition.grid else None),
        _base(shown),
        *context(shown),
        _density(shown),
        _vulnerability(shown),
        _political(shown),
        sentences.interval_label(),
        _secrecy(shown),
    ]


def _text(shown: Restitution, text: Text | None) -> str:
    return text.in_language(shown.words.language) if text else ""


def _score(shown: Restitution) -> str:
    grid = shown.definition.grid
    if grid is None:
        return ""
    return _(
        "The score adds up points, %(total)s at most, cut into classes: %(classes)s. "
        "An answer left out is not a zero: the score is then a range, the class is "
        "read at its low end and marked uncertain when the range crosses a limit. "
        "When several people answer for one EPCI, the median of their totals counts."
    ) % {
        "total": grid.total,
        "classes": ", ".join(
            f"{shown.words.state(one.code)} ({shown.words.note(one.code)})"
            for one in grid.classes
        ),
    }


def _base(shown: Restitution) -> str:
    base = shown.figures.base
    numbers = {"used": base.used, "others": base.responding - base.used}
    if shown.is_team:
        return _("Figures by EPCI rest on the %(used)s EPCI that answered.") % numbers
    if shown.figures.shows_classes:
        rests_on = ngettext(
            "Figures by EPCI rest on the %(used)s EPCI that agreed to the publication "
            "of their answer; %(others)s other answered.",
            "Figures by EPCI rest on the %(used)s EPCI that agreed to the publication "
            "of their answer; %(others)s others answered.",
            numbers["others"],
        )
        of_all = _(
            "Political resources, coordination, sponsorship and strategy are counted "
            "over all those that answered."
        )
        return f"{rests_on % numbers} {of_all}"
    return (
        _(
            "Figures by EPCI rest on the %(used)s EPCI that answered; the class of "
            "each is not published."
        )
        % numbers
    )


def _density(shown: Restitution) -> str:
    if "density" not in shown.figures.vintages:
        return ""
    return _(
        "Density: an EPCI stands in the class where most of its inhabitants live. The "
        "four classes (levels 1, 2 to 4, 5 and 6, 7 of the grid) are close to the "
        "four-level grid of 2021; the three classes are those INSEE gives to each EPCI."
    )


def _vulnerability(shown: Restitution) -> str:
    cut = shown.figures.income_cut
    if cut is None:
        return ""
    limits = {"low": number(round(cut.low)), "high": number(round(cut.high))}
    if cut.reason:
        return _(
            "Vulnerability: high up to %(low)s € of median disposable income, little "
            "or none above %(high)s €. Limits chosen by the team: %(reason)s"
        ) % {**limits, "reason": cut.reason}
    return _(
        "Vulnerability: thirds of the median disposable income over %(all)s, whether "
        "they answered or not (%(low)s € and %(high)s €). High vulnerability means the "
        "lowest incomes."
    ) % {**limits, "all": sentences.thirds_over(cut)}


def _political(shown: Restitution) -> str:
    dimension = political_dimension(shown.definition)
    return _text(shown, dimension.levels_note) if dimension else ""


def _secrecy(shown: Restitution) -> str:
    if shown.is_team:
        return _("These figures are exact: they are for the team only.")
    return _(
        "Secret: fewer than 5 professionals, or a number from which such a group could "
        "be found by subtraction. Secret is neither zero nor missing."
    )
