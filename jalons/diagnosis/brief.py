"""What fits on one page for elected members: two facts, three questions."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.diagnosis import sentences, words
from jalons.diagnosis.evidence import ASK, Evidence, evidence_of, stated
from jalons.diagnosis.portrait import Portrait
from jalons.diagnosis.themes import THEMES
from jalons.documents.model import Fact
from jalons.indicators.figures import dated

FACTS, QUESTIONS = 2, 3
ORDER = {"weakness": 0, "question": 1, "strength": 2}


@dataclass(frozen=True, slots=True)
class Brief:
    """Two facts in figures, in words, and three questions to ask."""

    facts: list[Fact]
    remember: list[str]
    questions: list[str]
    caution: str


def brief_of(portrait: Portrait) -> Brief:
    """Persons first, then what stands out most."""
    found = sorted(
        evidence_of(portrait), key=lambda one: (ORDER[one.kind], not one.is_marked)
    )
    known = [one for one in found if one.value is not None]
    facts = [*_people(portrait), *(_fact(one) for one in known)][:FACTS]
    open_points = (one for one in known if one.kind != "strength")
    asked = [str(ASK[one.indicator]) for one in open_points if one.indicator in ASK]
    asked += [str(theme.ask[0]) for theme in reversed(THEMES)]
    return Brief(
        facts=facts,
        remember=_remember(portrait, known),
        questions=list(dict.fromkeys(asked))[:QUESTIONS],
        caution=_(
            "Figures tell risks over a territory, not persons. Go and ask before you "
            "decide."
        ),
    )


def _remember(portrait: Portrait, known: list[Evidence]) -> list[str]:
    """At what scale to act, when neighbours are known; else what stands out."""
    if portrait.shared:
        return [sentences.scale(portrait.shared[0])]
    return [stated(one) for one in known[:1]] or [sentences.lead(portrait)]


def _people(portrait: Portrait) -> list[Fact]:
    counted = [one for one in portrait.publics if one.count is not None]
    return [
        Fact(
            str(one.public.title),
            words.whole(one.count or 0),
            _("approx."),
            f"{sentences.share(one)}, {one.figure.dated if one.figure else ''}",
        )
        for one in counted[:1]
    ]


def _fact(one: Evidence) -> Fact:
    return Fact(
        one.label,
        words.plain(one.value or 0, one.unit),
        words.UNITS.get(one.unit, ""),
        _placed(one),
    )


def _placed(one: Evidence) -> str:
    if one.band is None:
        return one.vintage
    return _("%(band)s among %(peers)s, %(year)s") % {
        "band": words.BANDS[one.band],
        "peers": words.peers(one.peer_kind, one.within, one.n),
        "year": dated(one.vintage),
    }
