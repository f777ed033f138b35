"""Each component of an index beside what people met in the field say of it.

The figure tells a risk in a place, people tell what they live; the team then confirms,
nuances or contradicts its finding. Only field surveys of the team's own space are read,
by its members, and a share under eleven people is never told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.diagnosis import sentences
from jalons.diagnosis.board import Board, FindingLine
from jalons.diagnosis.figures import portrait_of
from jalons.diagnosis.models import Diagnosis
from jalons.fieldwork import words
from jalons.fieldwork.figures import Share, measured
from jalons.fieldwork.measures import MEASURES, Measure
from jalons.fieldwork.people import people_of
from jalons.fieldwork.tasks import is_ready
from jalons.rounds.models import Round
from jalons.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Heard:
    """One line: the figure, what people say, and the finding it sheds light on."""

    figure: str
    value: str
    measure: str
    said: str
    survey: str
    is_simulated: bool
    finding: FindingLine | None


def heard_of(diagnosis: Diagnosis, board: Board) -> list[Heard] | None:
    """Empty until somebody was met in the field on this territory.

    None as long as what may be told of them is being worked out.
    """
    rounds = list(_rounds(diagnosis))
    if not rounds:
        return []
    met = [people_of(round) for round in rounds]
    # A list: each check starts the work of its round, `any` would stop at the first.
    under_way = [one for one in met if not is_ready(one, "results")]
    if under_way:
        return None
    figures = {one.code: one for one in portrait_of(diagnosis.territory).figures}
    findings = {one.indicator: one for one in board.lines if one.indicator}
    found = []
    for round, people in zip(rounds, met, strict=True):
        shares = measured(people)
        for measure, code in _pairs(figures):
            share, figure = shares[measure.code], figures[code]
            if share.n != 0:
                found.append(
                    Heard(
                        str(figure.title),
                        sentences.value(figure),
                        str(measure.title),
                        _said(share),
                        round.campaign.title,
                        round.campaign.is_simulated,
                        findings.get(code),
                    )
                )
    return found


def _pairs(figures: Mapping[str, object]) -> list[tuple[Measure, str]]:
    """Each measure with the components shown for this territory."""
    return [
        (measure, code)
        for measure in MEASURES
        for code in measure.indicators
        if code in figures
    ]


def _rounds(diagnosis: Diagnosis):
    """Those of the space whose communes all lie in the territory, the last first."""
    territory = diagnosis.territory
    inside = Territory.objects.communes().within(territory)
    if territory.kind == Territory.Kind.COMMUNE:
        inside = Territory.objects.filter(pk=territory.pk)
    outside = Territory.objects.exclude(pk__in=inside.values("pk"))
    return (
        Round.objects.filter(
            campaign__space=diagnosis.space_id, campaign__territories__in=inside
        )
        .exclude(campaign__territories__in=outside)
        .select_related("campaign__version__questionnaire", "campaign__space")
        .distinct()
        .order_by("-campaign__opens_on")
    )


def _said(share: Share) -> str:
    if share.is_secret:
        return _("too few people met to be told")
    return words.told_with_n(share)
