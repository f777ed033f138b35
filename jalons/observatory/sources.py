"""Where the figures come from: definition, coverage, vintages and limits."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.observatory import sentences
from jalons.observatory.restitution import Restitution
from jalons.observatory.standings import political_dimension
from jalons.observatory.words import VARIABLES, enumeration, number
from jalons.questionnaires.definitions import Text
from jalons.surveys.reconciling import obtained


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
        _several(shown),
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
        "read at its low end and marked uncertain when the range crosses a limit."
    ) % {
        "total": grid.total,
        "classes": ", ".join(
            f"{shown.words.state(one.code)} ({shown.words.note(one.code)})"
            for one in grid.classes
        ),
    }


def _several(shown: Restitution) -> str:
    """How several answers became one: the median, and what else was chosen."""
    if shown.definition.grid is None:
        return ""
    used = {spot.method for spot in shown.figures.spots if spot.method}
    others = [obtained(one, None) for one in sorted(used - {"median"})]
    if not others:
        return _(
            "When several people answer for one EPCI, the median of their totals "
            "counts."
        )
    return _(
        "When several people answer for one EPCI, the median of their totals counts, "
        "unless the team chose otherwise, as the table of EPCI says: %(others)s."
    ) % {"others": enumeration(others)}


def _base(shown: Restitution) -> str:
    used, responding = shown.figures.base.used, shown.figures.base.responding
    if shown.is_team:
        return ngettext(
            "Figures by EPCI rest on the only EPCI that answered.",
            "Figures by EPCI rest on the %(used)s EPCI that answered.",
            used,
        ) % {"used": used}
    if shown.figures.shows_classes:
        return " ".join(_published(used, responding - used))
    return ngettext(
        "Figures by EPCI rest on the only EPCI that answered; its class is not "
        "published.",
        "Figures by EPCI rest on the %(used)s EPCI that answered; the class of each "
        "is not published.",
        used,
    ) % {"used": used}


def _published(used: int, others: int) -> Iterator[str]:
    yield ngettext(
        "Figures by EPCI rest on the only EPCI that agreed to the publication of its "
        "answer.",
        "Figures by EPCI rest on the %(used)s EPCI that agreed to the publication of "
        "their answer.",
        used,
    ) % {"used": used}
    if others:
        yield ngettext(
            "%(others)s other answered.", "%(others)s others answered.", others
        ) % {"others": others}
    yield _(
        "Political resources, coordination, sponsorship and strategy are counted over "
        "all those that answered."
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
            "Vulnerability: high up to €%(low)s of median disposable income, little "
            "or none above €%(high)s. Limits chosen by the team: %(reason)s"
        ) % {**limits, "reason": cut.reason}
    return _(
        "Vulnerability: thirds of the median disposable income over %(all)s, whether "
        "they answered or not (€%(low)s and €%(high)s). High vulnerability means the "
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
