"""Whether an impact assessment is needed (GDPR, art. 35), from the declarations.

The nine criteria are those of the guidelines WP248 rev. 01, endorsed by the European
Data Protection Board; the CNIL asks for an assessment, in principle, when two are met,
and always for what its list names (deliberation 2018-327 of 11 October 2018). What the
software does is answered here; how many persons a team asks, and whether its own work
is social support, is answered by whoever is responsible.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.privacy.declarations import Criterion
from jalons.privacy.figures import Processing

CALLS_FOR_ONE = 2
REASONS: dict[Criterion, str | Promise] = {
    Criterion.SCORING: gettext_lazy(
        "What is scored is a territory (maturity, fragility), never a person; no "
        "profile of a person is made."
    ),
    Criterion.DECISION: gettext_lazy(
        "No decision about a person is made by a computation: people read, then decide."
    ),
    Criterion.MONITORING: gettext_lazy(
        "Nobody is observed or followed: no audience measurement, no network address "
        "kept beside an account. The journal says what a member changed, to the team."
    ),
    Criterion.PERSONAL: gettext_lazy(
        "The questionnaires that come with the software ask for neither health, "
        "opinions nor origin; a team that writes its own answers for it. What leads "
        "somebody to a place may be of a personal nature."
    ),
    Criterion.LARGE: gettext_lazy(
        "It depends on the number of people asked: a survey of a whole région or of "
        "thousands of inhabitants is on a large scale."
    ),
    Criterion.MATCHING: gettext_lazy(
        "Surveys are not joined by person and the contact to call back is apart from "
        "the answers; a mini-survey ties the answers of one person at two or three "
        "moments, by a code."
    ),
    Criterion.VULNERABLE: gettext_lazy(
        "Inhabitants far from digital tools, sometimes elderly or in difficulty, are "
        "met in the field, called back, guided or asked again."
    ),
    Criterion.INNOVATIVE: gettext_lazy(
        "Forms, codes and printed sheets; no artificial intelligence, no biometric "
        "data, no connected object."
    ),
    Criterion.EXCLUSION: gettext_lazy(
        "To refuse to answer takes nothing away: help is given without it."
    ),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One criterion: whether something meets it or may, and why."""

    title: str
    may_be_met: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Examined:
    """One processing that meets a criterion, and what follows."""

    line: Processing
    criteria: str
    conclusion: str
    is_needed: bool


def criteria(lines: Iterable[Processing]) -> list[Answer]:
    """The nine, each with its answer for the whole product."""
    met = {each for line in lines for each in line.criteria}
    return [
        Answer(str(each.value), each in met, str(REASONS[each])) for each in Criterion
    ]


def examined(lines: Iterable[Processing]) -> list[Examined]:
    """The processings that meet a criterion or may: an assessment first."""
    found = [_examined(line) for line in lines if line.criteria]
    return sorted(found, key=lambda each: not each.is_needed)


def others(lines: Iterable[Processing]) -> list[str]:
    """The purposes of those that meet none, each once."""
    named = {each.line.purpose for each in examined(lines)}
    return sorted({line.purpose for line in lines if not line.criteria} - named)


def _examined(line: Processing) -> Examined:
    is_needed = len(line.criteria) >= CALLS_FOR_ONE
    return Examined(
        line=line,
        criteria=", ".join(str(each.value) for each in line.criteria),
        conclusion=_("to be made before the first use")
        if is_needed
        else _("not for this alone"),
        is_needed=is_needed,
    )
