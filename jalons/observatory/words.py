"""Codes and numbers in the reader's words.

Texts of the questionnaire come from its own definition; those of the context
variables are translated here. A percentage is rounded to the unit: with some dozens
of answers a decimal would be noise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.analysis.intervals import Interval
from jalons.documents.words import number as whole_or_half
from jalons.observatory.answer_results import TOTAL
from jalons.observatory.results import (
    ANSWERED,
    NO_ANSWER,
    NOT_PUBLISHED,
    Crossing,
)
from jalons.observatory.standings import political_dimension
from jalons.observatory.variables import TOGETHER
from jalons.questionnaires.definitions import Definition
from jalons.questionnaires.schema import first_words
from jalons.surveys.models import Involvement

Label = str | Promise

LABELS: dict[str, dict[str, Label]] = {
    "density": {
        "very_dense": gettext_lazy("Very densely populated"),
        "dense": gettext_lazy("Densely populated"),
        "sparse": gettext_lazy("Sparsely populated"),
        "very_sparse": gettext_lazy("Very sparsely populated"),
    },
    "density3": {
        "dense": gettext_lazy("Urban, dense"),
        "intermediate": gettext_lazy("Urban, of intermediate density"),
        "rural": gettext_lazy("Rural"),
    },
    "vulnerability": {
        "high": gettext_lazy("High vulnerability"),
        "middle": gettext_lazy("Intermediate vulnerability"),
        "low": gettext_lazy("Little or no vulnerability"),
    },
    "involvement": dict(Involvement.Level.choices),
}
STATES: dict[str, Label] = {
    NO_ANSWER: gettext_lazy("No answer"),
    NOT_PUBLISHED: gettext_lazy("Answer not published"),
    ANSWERED: gettext_lazy("Answered"),
}
VARIABLES: dict[str, Label] = {
    "density": gettext_lazy("density of population"),
    "density3": gettext_lazy("density in three classes (INSEE)"),
    "vulnerability": gettext_lazy("socio-economic vulnerability"),
    "involvement": gettext_lazy("involvement of the département"),
    "maturity": gettext_lazy("level of progress"),
    "political": gettext_lazy("political resources"),
}
TITLES: dict[str, Label] = {
    "density": gettext_lazy("Density"),
    "density3": gettext_lazy("Density (INSEE, three classes)"),
    "vulnerability": gettext_lazy("Vulnerability"),
    "involvement": gettext_lazy("Involvement"),
    "maturity": gettext_lazy("Progress"),
    "political": gettext_lazy("Political resources"),
}
SIDES: dict[str, Label] = {
    "R1": gettext_lazy("Coordinating body (R1)"),
    "P2": gettext_lazy("Political sponsorship (P2)"),
    "S3": gettext_lazy("Local strategy (S3)"),
    "S4": gettext_lazy("Formalised strategy (S4)"),
}
"""What "yes" means where `analysis.facilitators` cuts a question in two."""
NO_VALUE = "–"


def secret() -> str:
    return _("secret")


def too_small() -> str:
    """In place of a share whose base is too small."""
    return _("base too small")


def percent(share: float | None) -> str:
    """ "18 %", with the space the language asks for."""
    if share is None:
        return NO_VALUE
    return _("%(value)s%%") % {"value": f"{share * 100:.0f}"}


def interval(found: Interval | None) -> str:
    """ "9–34 %"."""
    if found is None:
        return NO_VALUE
    low, high = (f"{bound * 100:.0f}" for bound in (found.low, found.high))
    return _("%(low)s–%(high)s%%") % {"low": low, "high": high}


def number(value: float | None) -> str:
    """A count or a half-point, thousands apart."""
    return NO_VALUE if value is None else whole_or_half(value)


def decimal(value: float, digits: int) -> str:
    """The value rounded: Django's own formatting cuts, 0.0499 being read 0.04."""
    return number_format(Decimal(f"{value:.{digits}f}"), digits)


def p_value(p: float) -> str:
    """ "p = 0,26"; under a thousandth the exact value would mislead."""
    if p < 0.001:
        return _("p < %(value)s") % {"value": decimal(0.001, 3)}
    digits = 3 if p < 0.01 else 2
    return _("p = %(value)s") % {"value": decimal(p, digits)}


def enumeration(items: Iterable[str]) -> str:
    """ "a, b and c"."""
    *first, last = items
    if not first:
        return last
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}


@dataclass(frozen=True, slots=True)
class Words:
    """The labels of one questionnaire, in one language."""

    definition: Definition
    language: str

    def question(self, code: str) -> str:
        found = self.definition.question(code)
        return found.text.in_language(self.language) if found else code

    def option(self, question: str, code: str) -> str:
        found = self.definition.question(question)
        options = found.options if found else ()
        text = next((o.text for o in options if o.code == code), None)
        return text.in_language(self.language) if text else code

    def group(self, code: str) -> str:
        """A profile, several put together, or everybody."""
        if code == TOTAL:
            return _("All respondents")
        if not code:
            return _("Profile not stated")
        found = self.definition.with_role("profile")
        question = found.code if found else ""
        names = [self.option(question, one) for one in code.split(TOGETHER)]
        return _either([first_words(name) for name in names])

    def label(self, variable: str, code: str) -> str:
        """A class of a crossed variable, or several put together."""
        if code == TOTAL:
            return _("All")
        return _either([self._class(variable, one) for one in code.split(TOGETHER)])

    def state(self, code: str) -> str:
        """What the map says of a territory."""
        return str(STATES.get(code) or self.label("maturity", code))

    def note(self, code: str) -> str:
        """The points of a class: "0–5 points"."""
        grid = self.definition.grid
        if grid is None or not code:
            return ""
        found = next(one for one in grid.classes if one.code == code)
        last = found.high if found == grid.classes[-1] else found.high - 1
        bounds = {"low": number(found.low), "high": number(last)}
        return _("%(low)s–%(high)s points") % bounds

    def row_title(self, crossing: Crossing) -> str:
        """The head of the column that names the rows."""
        return str(TITLES[crossing.row_variable])

    def side(self, code: str) -> str:
        """A question read as yes or no, by what yes means."""
        return str(SIDES[code]) if code in SIDES else self.question(code)

    def _class(self, variable: str, code: str) -> str:
        if variable == "maturity":
            classes = self.definition.grid.classes if self.definition.grid else ()
        elif variable == "political":
            dimension = political_dimension(self.definition)
            classes = dimension.levels if dimension else ()
        else:
            return str(LABELS[variable].get(code, code))
        text = next((c.title for c in classes if c.code == code), None)
        return text.in_language(self.language) if text else code


def _either(names: list[str]) -> str:
    """ "A or b": only the first keeps its capital."""
    first, *others = names
    return _(" or ").join([first, *(name[:1].lower() + name[1:] for name in others)])
