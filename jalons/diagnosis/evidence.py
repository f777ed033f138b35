"""What a finding rests on: a figure, its date, and where it stood when it was found.

Kept with the finding as plain JSON, so that a sentence written two years ago can still
be read with the figure it was written from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import TypeAdapter

from jalons.analysis.findings import Kind, Proposal
from jalons.analysis.position import Band
from jalons.diagnosis import words
from jalons.diagnosis.portrait import KeyFigure, Portrait
from jalons.indicators.figures import dated

ASK: dict[str, str | Promise] = {
    "median_income": gettext_lazy(
        "Who here has trouble paying for a device, a repair or a subscription?"
    ),
    "poverty_rate": gettext_lazy(
        "Who goes with people in hardship through online procedures today?"
    ),
    "share_65_plus": gettext_lazy(
        "Where do the oldest people go for help, and who goes to those who no longer "
        "travel?"
    ),
    "below_bac": gettext_lazy(
        "Who meets adults who are ill at ease with reading and writing?"
    ),
    "one_person_households": gettext_lazy(
        "Who would notice that a person living alone gives up an online procedure?"
    ),
    "lone_parents": gettext_lazy(
        "At what times, and with what childcare, could lone parents come?"
    ),
    "unemployment": gettext_lazy(
        "Who helps jobseekers with what must be done online, and where?"
    ),
    "no_thd": gettext_lazy("Which hamlets wait for a line, and until when?"),
    "no_4g": gettext_lazy("Where does the mobile network fail in daily life?"),
}
WHO: str | Promise = gettext_lazy("Who could tell, here?")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure in its place; without value, what is missing.

    `low` and `high` bound the middle half of the `n` peers whose figure is known, out
    of the `peer_count` territories of one kind within one other.
    """

    kind: Kind
    indicator: str
    title: dict[str, str]
    is_marked: bool = False
    unit: str = ""
    value: float | None = None
    status: str = ""
    vintage: str = ""
    source: str = ""
    band: Band | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    peer_kind: str = ""
    peer_count: int = 0
    within: str = ""
    is_old: bool = False

    @property
    def label(self) -> str:
        return words.localised(self.title)


_STORED = TypeAdapter(Evidence)


def to_store(evidence: Evidence) -> dict[str, object]:
    """As plain JSON values."""
    stored: dict[str, object] = _STORED.dump_python(evidence, mode="json")
    return stored


def from_store(stored: object) -> Evidence:
    return _STORED.validate_python(stored)


def evidence_of(portrait: Portrait) -> Iterator[Evidence]:
    """What the figures of a portrait suggest, in the order of its table."""
    for proposal in portrait.proposals:
        figure = portrait.figure(proposal.indicator)
        if figure is None or figure.indicator is None:
            continue
        yield _evidence(portrait, figure, proposal)


def _evidence(portrait: Portrait, found: KeyFigure, proposal: Proposal) -> Evidence:
    position, figure = found.position, found.figure
    title = found.indicator.title if found.indicator else {"fr": str(found.title)}
    return Evidence(
        kind=proposal.kind,
        indicator=found.code,
        title=title,
        is_marked=proposal.is_marked,
        is_old=proposal.is_old,
        unit=found.unit,
        value=found.value,
        status=found.status,
        vintage=figure.vintage if figure else "",
        source=figure.source if figure else "",
        band=position.band if position else None,
        low=position.low if position else None,
        high=position.high if position else None,
        n=position.n if position else 0,
        peer_kind=portrait.peers.kind,
        peer_count=len(portrait.peers.places),
        within=portrait.peers.within,
    )


def sentence(evidence: Evidence) -> str:
    """What the figure says, then what to ask; never a verdict."""
    ask = str(ASK.get(evidence.indicator, WHO))
    if evidence.value is None or evidence.band is None:
        return _("%(title)s: %(reason)s. %(ask)s") % {
            "title": evidence.label,
            "reason": words.reason(evidence.status),
            "ask": WHO,
        }
    said = stated(evidence)
    if evidence.is_old:
        aged = _("This figure is of %(year)s: what is it today?")
        said = f"{said} {aged % {'year': evidence.vintage[:4]}}"
    return said if evidence.kind == "strength" else f"{said} {ask}"


def stated(evidence: Evidence) -> str:
    """The figure and its place, without the question."""
    unit, more = evidence.unit, _finer(evidence)
    numbers = {
        "title": evidence.label,
        "value": words.text(evidence.value or 0, unit, more),
        "band": words.BANDS[evidence.band or "middle"],
        "low": words.bound(evidence.low or 0, unit, more),
        "high": words.text(evidence.high or 0, unit, more),
        "peers": _peers(evidence),
        "vintage": dated(evidence.vintage),
    }
    return (
        _(
            "%(title)s: %(value)s (%(vintage)s), %(band)s among %(peers)s (middle "
            "half: %(low)s to %(high)s)."
        )
        % numbers
    )


def _finer(evidence: Evidence) -> int:
    """The decimals added so that a value is not told equal to what it lies beyond."""
    half = (evidence.low or 0, evidence.high or 0)
    band = evidence.band or "middle"
    return words.finer(evidence.value or 0, band, half, evidence.unit)


def _peers(evidence: Evidence) -> str:
    """Those whose figure is known, and how many they are in all when some are not."""
    known = words.peers(evidence.peer_kind, evidence.within, evidence.n)
    if evidence.n >= evidence.peer_count:
        return known
    return _("%(peers)s whose figure is known (%(all)s in all)") % {
        "peers": known,
        "all": words.whole(evidence.peer_count),
    }
