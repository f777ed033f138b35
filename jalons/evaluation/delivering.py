"""Indicators of what is delivered: places, people near them, call-backs, referrals."""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from jalons.analysis.gaps import Level
from jalons.analysis.opening import Answer
from jalons.analysis.periods import Period, opens_in, ordinary_week
from jalons.callbacks.models import CallBack
from jalons.coverage.figures import coverage_of, people_of
from jalons.coverage.words import limits
from jalons.directory.models import Place, zone_of
from jalons.evaluation.computing import (
    Asked,
    Computed,
    for_10000,
    percent,
    percent_of_people,
)
from jalons.files.exports import SIMULATED
from jalons.orientation.figures import summary

TRAVELS = "itinerant"
LATE = (Period.EVENING, Period.WEEKEND)


def places(asked: Asked) -> Computed:
    """O3: places still in a list that everybody reads, per 10,000 inhabitants."""
    rows = list(
        Place.objects.open_to_all()
        .filter(commune__in=asked.communes)
        .values_list(
            *("commune_id", "opening", "mobility", "place_list__is_simulated"),
        )
    )
    if not rows:
        return Computed(None, 0, _("No list of places is loaded for the perimeter."))
    monday = ordinary_week(asked.on)
    late = [_opens_late(opening, code, monday) for code, opening, *_rest in rows]
    known = [one for one in late if one is not Answer.UNKNOWN]
    moving = [mobility for *_rest, mobility, _simulated in rows if mobility]
    travels = sum(TRAVELS in one for one in moving)
    lines = [
        (
            _("open in the evening or at the weekend"),
            _of(known.count(Answer.YES), known),
        ),
        (_("that travel"), _of(travels, moving)),
    ]
    if any(simulated for *_rest, simulated in rows):
        lines.append((_("list of places"), SIMULATED))
    return for_10000(len(rows), asked, len(rows), lines)


def _opens_late(opening: str, code: str, monday) -> Answer:
    """Whether it is open after offices close; unknown hours are not "no"."""
    zone = zone_of(code)
    answers = {opens_in(opening, period, monday, zone) for period in LATE}
    for answer in (Answer.YES, Answer.UNKNOWN):
        if answer in answers:
            return answer
    return Answer.NO


def _of(count: int, known: list) -> str:
    """“12 of 30 (40 %)”, or that none says."""
    if not known:
        return _("not said by the lists")
    told = {"n": count, "all": len(known), "percent": percent(count, len(known))}
    return _("%(n)s of the %(all)s that say it (%(percent)s%%)") % told


def near_a_place(asked: Asked) -> Computed:
    """O4: inhabitants of the communes classed as near a place, as coverage says."""
    found = [coverage_of(one, asked.on) for one in asked.territories]
    # Each commune once: a perimeter may name an EPCI and the département around it.
    communes = {each.code: each for one in found for each in one.communes}
    people = people_of([*communes.values()])
    if not any(one.ground.spots for one in found):
        return Computed(None, 0, _("No place is known around the perimeter."))
    if not people:
        return Computed(None, 0, _("The population of the perimeter is not known."))
    near = people_of([one for one in communes.values() if one.level is Level.NEAR])
    lines = [
        (_("inhabitants of the perimeter"), f"{people}"),
        (_("what near means"), limits(found[0].scale)[0]),
    ]
    if any(one.is_simulated for one in found):
        lines.append((_("list of places"), SIMULATED))
    # Every inhabitant is counted: a population is no number of people asked.
    return Computed(percent(near, people), lines=lines)


def callbacks_honoured(asked: Asked) -> Computed:
    """O7: people who were called back, of those whose request still stands."""
    rows = CallBack.objects.current(on=asked.on)
    found = rows.filter(round__campaign__space=asked.roadmap.space_id).aggregate(
        n=Count("pk"), waiting=Count("pk", filter=Q(state=CallBack.State.WAITING))
    )
    return percent_of_people(found["n"] - found["waiting"], found["n"])


def referrals_followed(asked: Asked) -> Computed:
    """O8: slips of twelve months that led to a visit, of those whose end is known."""
    found = summary(asked.roadmap.space, asked.on)
    lines = [(_("slips prepared"), f"{found.made}")]
    return percent_of_people(found.came, found.known, lines)
