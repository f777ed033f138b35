"""What Jalons works out by itself: for each indicator one function, one number.

An app above this one gives its own by `computed_indicators` on its AppConfig: the code
of an indicator, and the path of its function. What cannot be computed says why, and is
never zero; of inhabitants, fewer than eleven stay secret (rule 7).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from importlib.metadata import version as code_version

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.analysis.secrecy import INHABITANTS
from jalons.documents.languages import in_each_language
from jalons.evaluation import measuring
from jalons.evaluation.comparing import Move
from jalons.evaluation.models import Evaluation, Followed, Measure
from jalons.evaluation.values import HUNDREDTH, rounded
from jalons.roadmaps.models import Roadmap
from jalons.territories.models import Territory

YEAR = timedelta(days=365)
Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Computed:
    """A value and on how many it rests, or why there is none; details in words.

    `n` counts people or things that were asked or met, never a population.
    """

    value: Decimal | None
    n: int | None = None
    why: str = ""
    lines: Lines = ()
    # Of how many answers of one weight a weighted share is worth.
    effective_n: float | None = None
    # Of a mean move of the same people, what it allows one to say.
    move: Move | None = None


@dataclass(frozen=True)
class Asked:
    """A roadmap on a day: its perimeter, or the territory of its space."""

    roadmap: Roadmap
    on: date

    @property
    def since(self) -> date:
        """A year before: the day after it begins the twelve months."""
        return self.on - YEAR

    @cached_property
    def territories(self) -> list[Territory]:
        chosen = list(self.roadmap.perimeter.order_by("code"))
        return chosen or [self.roadmap.space.territory]

    @cached_property
    def communes(self) -> dict[str, Territory]:
        """The communes of the perimeter, each once."""
        found: dict[str, Territory] = {}
        for one in self.territories:
            if one.kind == Territory.Kind.COMMUNE:
                found[one.code] = one
            else:
                inside = Territory.objects.communes().current().within(one.code)
                found |= {each.code: each for each in inside}
        return found

    @cached_property
    def population(self) -> int | None:
        """Of the perimeter; not known as soon as that of one of its communes is not."""
        return inhabitants_of(self.communes.values())


def inhabitants_of(communes: Iterable[Territory]) -> int | None:
    """Their inhabitants together; missing is not zero."""
    counts = [one.population for one in communes]
    known = [one for one in counts if one is not None]
    return sum(known) if len(known) == len(counts) else None


Formula = Callable[[Asked], Computed]


def formulas() -> Mapping[str, Formula]:
    """Those of every app, by code of indicator."""
    paths: dict[str, str] = {}
    for app in apps.get_app_configs():
        paths |= getattr(app, "computed_indicators", {})
    return {code: import_string(path) for code, path in paths.items()}


def compute(followed: Followed, *, on: date) -> Computed:
    """The value of an indicator that Jalons works out, on a day; raises KeyError."""
    return formulas()[followed.code](Asked(followed.evaluation.roadmap, on))


def can_compute(followed: Followed) -> bool:
    return followed.code in formulas()


def take_measure(followed: Followed, *, on: date, by: User) -> Measure:
    """Keep what is computed on this day, with the version of the code that did it.

    Where it cannot be computed the reason is kept: missing is not zero. Its words are
    kept in each language, for whoever reads them later in theirs.
    """
    found, others = in_each_language(lambda: compute(followed, on=on))
    measure = Measure(
        followed=followed,
        measured_on=on,
        value=found.value,
        n=found.n,
        effective_n=found.effective_n,
        source=followed.source,
        note=found.why,
        details=_kept(found.lines),
        otherwise={one: [said.why, _kept(said.lines)] for one, said in others.items()},
        origin=Measure.Origin.COMPUTED,
        code_version=code_version("jalons"),
    )
    if found.move:
        _keep_move(found.move, measure)
    measuring.add_measure(measure, by=by, today=on)
    return measure


def _kept(lines: Lines) -> list[list[str]]:
    return [list(one) for one in lines]


def _keep_move(move: Move, measure: Measure) -> None:
    """As its page tells it: bounds to a hundredth."""
    measure.verdict = move.verdict.value
    if move.interval:
        bounds = (move.interval.low, move.interval.high)
        measure.low, measure.high = (rounded(one, HUNDREDTH) for one in bounds)


@transaction.atomic
def take_every_measure(evaluation: Evaluation, *, on: date, by: User) -> list[Measure]:
    """Those of all the indicators in use that Jalons works out."""
    known = formulas()
    rows = evaluation.indicators.filter(code__in=known, retired_on=None)
    rows = rows.select_related("evaluation__roadmap__space__territory")
    return [take_measure(one, on=on, by=by) for one in rows]


def percent(count: int, n: int) -> Decimal:
    """Of things, not of persons; `n` is not zero.

    >>> percent(1, 3)
    Decimal('33.3')
    """
    return rounded(Decimal(100 * count) / n)


def percent_of_people(count: int, n: int, lines: Lines = ()) -> Computed:
    """A share of inhabitants, unless one of its two counts would tell of a few."""
    if not n:
        return Computed(None, 0, _("Nobody yet."))
    if is_secret(count) or is_secret(n - count):
        words = _("Fewer than %(n)s people on one side: secret.")
        return Computed(None, None, words % {"n": INHABITANTS})
    return Computed(percent(count, n), n, lines=lines)


def is_secret(count: int) -> bool:
    """Whether a count of inhabitants would tell of a few of them; nobody tells nothing.

    >>> is_secret(0), is_secret(10), is_secret(11)
    (False, True, False)
    """
    return 0 < count < INHABITANTS


def for_10000(count: float | Decimal, asked: Asked, n: int, lines: Lines) -> Computed:
    """A rate per 10,000 inhabitants of the perimeter."""
    if not asked.population:
        return Computed(None, n, _("The population of the perimeter is not known."))
    value = Decimal(str(count)) * 10_000 / asked.population
    told = (_("inhabitants of the perimeter"), f"{asked.population}")
    return Computed(rounded(value, HUNDREDTH), n, lines=[told, *lines])
