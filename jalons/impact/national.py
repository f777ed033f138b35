"""The targets of France Numérique Ensemble beside what is known of a territory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import Count, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.analysis.national_share import part_of, share_of
from jalons.directory.models import Place
from jalons.evaluation.computing import Asked, is_secret
from jalons.evaluation.figures import FollowedRead
from jalons.evaluation.models import Followed
from jalons.roadmaps.models import Roadmap
from jalons.territories.models import Territory

LEAST_COMMUNES = 30_000
"""France has about 35,000: with fewer loaded, its population is not known here."""
PLACES = "O3"


@dataclass(frozen=True, slots=True)
class Target:
    """A target for 2027, and the code of the indicator that stands beside it."""

    code: str
    label: str | Promise
    amount: int


TARGETS = (
    Target("O1", gettext_lazy("people supported"), 8_000_000),
    Target(PLACES, gettext_lazy("places of digital inclusion"), 25_000),
    Target("O5", gettext_lazy("helpers trained"), 20_000),
    Target("O6", gettext_lazy("devices refurbished"), 2_000_000),
)


class AlignedTold(TypedDict):
    code: str
    label: str
    target: int
    part: int | None
    own: int | None
    own_on: str | None
    why: str


class NationalTold(TypedDict):
    people: int | None
    everybody: int | None
    share: float | None
    rows: Sequence[AlignedTold]


def national_of(
    roadmap: Roadmap, followed: Sequence[FollowedRead], *, on: date
) -> NationalTold:
    """Four targets, the part of the territory by its population, what it has itself."""
    asked = Asked(roadmap, on)
    people, everybody = asked.population or None, france()
    by_code = {one.row.code: one for one in followed if one.row.code}
    return {
        "people": people,
        "everybody": everybody,
        "share": share_of(people, everybody),
        "rows": [
            _aligned(one, asked, people, everybody, by_code.get(one.code))
            for one in TARGETS
        ],
    }


def france() -> int | None:
    """The population of all communes; None where they are not all loaded."""
    found = (
        Territory.objects.communes()
        .current()
        .aggregate(n=Count("pk"), people=Sum("population"))
    )
    return found["people"] if found["n"] >= LEAST_COMMUNES else None


def _aligned(
    target: Target,
    asked: Asked,
    people: int | None,
    everybody: int | None,
    followed: FollowedRead | None,
) -> AlignedTold:
    own, day, why = _places(asked) if target.code == PLACES else _measured(followed)
    return {
        "code": target.code,
        "label": str(target.label),
        "target": target.amount,
        "part": part_of(target.amount, people, everybody).part,
        "own": own,
        "own_on": day.isoformat() if day else None,
        "why": why,
    }


def _places(asked: Asked) -> tuple[int | None, date | None, str]:
    """Those of the lists that everybody reads; no list is not no place."""
    every = Place.objects.open_to_all()
    count = every.filter(commune__in=asked.communes).count()
    if not count:
        return None, None, _("No list of places is loaded for the perimeter.")
    return count, asked.on, ""


def _measured(followed: FollowedRead | None) -> tuple[int | None, date | None, str]:
    if followed is None:
        return None, None, _("This indicator is not followed.")
    last = followed.last
    if last is None or last.value is None:
        return None, None, _("Not measured yet.")
    if followed.row.unit == Followed.Unit.PEOPLE and is_secret(int(last.value)):
        return None, None, _("secret")
    return int(last.value), last.measured_on, ""
