"""What fits on one page for elected members: two facts, three questions.

With a team, what the field contradicts is out, and its own words are in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from jalons.diagnosis import sentences, words
from jalons.diagnosis.board import Board, State
from jalons.diagnosis.evidence import ASK, Evidence, evidence_of, stated
from jalons.diagnosis.portrait import Concerned, Portrait
from jalons.diagnosis.questions import NONE
from jalons.diagnosis.themes import THEMES
from jalons.documents.model import Fact
from jalons.documents.words import date_format
from jalons.indicators.figures import dated

FACTS, QUESTIONS = 2, 3
REWORDED, LONGEST = 2, 220
"""How many findings in the team's words, and of how many characters, fit there."""
ORDER = {"weakness": 0, "question": 1, "strength": 2}
OUT = (State.CONTRADICTED, State.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class TeamView:
    """What a team makes of the figures: those it left out or doubts, its words."""

    out: frozenset[str] = frozenset()
    doubted: str = ""
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """Two facts in figures, in words, and three questions to ask; `codes` are those
    of the figures told."""

    facts: list[Fact]
    remember: list[str]
    questions: list[str]
    caution: str
    said: tuple[str, ...]
    codes: frozenset[str]


def team_view(board: Board) -> TeamView:
    """Findings in the team's words, the doubted figure, the last visit."""
    note = board.diagnosis.notes.filter(question="doubt").exclude(choice=NONE).first()
    kept = [one for one in board.lines if one.state not in OUT and one.wording]
    kept.sort(key=lambda one: one.state != State.CONFIRMED)
    said = [_short(one.wording) for one in kept[:REWORDED]]
    if note and note.choice:
        message = _("The team doubts this figure, and checks it: %(figure)s.")
        said.append(
            " ".join([message % {"figure": note.said_about}, _short(note.text)])
        )
    visits = board.diagnosis.visits.select_related("commune")
    # Who was met stays with the team: in a small commune, a role is a person.
    if last := visits.order_by("-visited_on", "-pk").first():
        message = _("%(commune)s, %(date)s: %(learnt)s")
        met = {
            "commune": last.commune.name,
            "date": date_format(last.visited_on, "DATE_FORMAT"),
            "learnt": _short(last.learnt),
        }
        said.append(message % met)
    out = frozenset(one.indicator for one in board.lines if one.state in OUT)
    doubted = note.choice if note else ""
    return TeamView(out, doubted, tuple(one.strip() for one in said))


def _short(text: str) -> str:
    return Truncator(text).chars(LONGEST)


def brief_of(portrait: Portrait, team: TeamView | None = None) -> Brief:
    """Persons first, then what stands out most."""
    view = team or TeamView()
    found = sorted(
        (one for one in evidence_of(portrait) if one.indicator not in view.out),
        key=lambda one: (ORDER[one.kind], not one.is_marked),
    )
    known = [one for one in found if one.value is not None]
    sure = [one for one in known if one.indicator != view.doubted]
    unsure = view.out | {view.doubted}
    facts = [
        *_people(portrait, unsure),
        *((one.indicator, _fact(one)) for one in sure),
    ][:FACTS]
    remember, told = _remember(portrait, sure, unsure)
    open_points = (one for one in known if one.kind != "strength")
    asked = [str(ASK[one.indicator]) for one in open_points if one.indicator in ASK]
    asked += [str(theme.ask[0]) for theme in reversed(THEMES)]
    return Brief(
        facts=[fact for _code, fact in facts],
        remember=remember,
        questions=list(dict.fromkeys(asked))[:QUESTIONS],
        caution=_(
            "Figures tell risks over a territory, not persons. Go and ask before you "
            "decide."
        ),
        said=view.said,
        codes=told | {code for code, _fact_told in facts},
    )


def _remember(
    portrait: Portrait, known: list[Evidence], unsure: frozenset[str]
) -> tuple[list[str], frozenset[str]]:
    """At what scale to act, when neighbours are known; else what stands out; with the
    codes of the figures told."""
    shared = [one for one in portrait.shared if one.figure.code not in unsure]
    if shared:
        return [sentences.scale(shared[0])], frozenset([shared[0].figure.code])
    if known:
        return [stated(known[0])], frozenset([known[0].indicator])
    publics = frozenset(one.public.indicator for one in portrait.publics)
    return (
        ([], frozenset())
        if publics & unsure
        else (
            [sentences.lead(portrait)],
            publics,
        )
    )


def _people(portrait: Portrait, unsure: frozenset[str]) -> Iterator[tuple[str, Fact]]:
    counted = (one for one in portrait.publics if one.count is not None)
    for one in counted:
        if one.public.indicator in unsure:
            continue
        yield (
            one.public.indicator,
            Fact(
                str(one.public.title),
                words.whole(one.count or 0),
                note=_shared(one),
                before=_("about"),
            ),
        )
        return


def _shared(one: Concerned) -> str:
    return f"{sentences.share(one)}, {one.figure.dated if one.figure else ''}"


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
