"""A return in the reader's words: what page and PDF say alike.

What was answered is read from the content of the return; the territories that resemble
it from the figures loaded today, which say nothing of what anybody answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jalons.analysis.proposals import Support, is_strong
from jalons.documents.model import Fact
from jalons.documents.words import date_format
from jalons.indicators.resemblance import Peer, resembling
from jalons.observatory.words import Words, enumeration, number
from jalons.returns.content import Content, Detail, Line, Proposed
from jalons.returns.definitions import proposals_for
from jalons.surveys.access import ENOUGH_RESPONDENTS
from jalons.surveys.models import Campaign
from jalons.surveys.reconciling import obtained
from jalons.territories.models import Territory

PEERS = 3
"""Territories shown as resembling: enough to call one of them, short on paper."""


@dataclass(frozen=True, slots=True)
class PointsRead:
    """Points of a question or of a dimension, and what must be said beside them."""

    name: str
    points: str
    maximum: str
    spread: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProposalRead:
    title: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader of one return is given."""

    campaign: Campaign
    territory: Territory
    title: str
    lead: str
    facts: tuple[Fact, ...]
    solidity: tuple[str, ...]
    dimensions: tuple[PointsRead, ...]
    lines: tuple[PointsRead, ...]
    strengths: tuple[str, ...]
    proposals: tuple[ProposalRead, ...]
    no_proposal: str
    peers: tuple[Peer, ...]
    peers_note: str
    without_detail: str
    source: str

    @property
    def about(self) -> tuple[str, ...]:
        """The words by which sheets of the library go with it."""
        return tuple(one.title for one in self.proposals)

    @property
    def watermark(self) -> str | None:
        return _("SIMULATED") if self.campaign.is_simulated else None


def reading_of(campaign: Campaign, territory: Territory, content: Content) -> Reading:
    """The return of a territory, in the language being read."""
    words = Words(campaign.version.read(), get_language() or "fr")
    detail = content.detail
    found = resembling(territory, count=PEERS)
    proposals = detail.proposals if detail else ()
    return Reading(
        campaign=campaign,
        territory=territory,
        title=_title(territory, has_advice=bool(proposals)),
        lead=lead(words, territory, content),
        facts=tuple(_facts(words, content)),
        solidity=tuple(_solidity(words, content)),
        dimensions=dimensions(words, detail) if detail else (),
        lines=tuple(_line(words, one, detail) for one in detail.lines)
        if detail
        else (),
        strengths=tuple(_strengths(words, detail)) if detail else (),
        proposals=tuple(_proposal(words, one) for one in proposals),
        no_proposal="" if proposals else _no_proposal(words, detail),
        peers=found.peers,
        peers_note=_peers_note(found.compared, found.within, found.unknown),
        without_detail=without_detail(detail),
        source=_source(campaign, detail),
    )


def _title(territory: Territory, *, has_advice: bool) -> str:
    """What is promised is what is given: advice only where there is some."""
    said = _("Where does %(name)s stand?")
    if has_advice:
        said = _("Where does %(name)s stand, and what can it do next?")
    return said % {"name": territory.name}


def lead(words: Words, territory: Territory, content: Content) -> str:
    """The level, and who says so."""
    level = words.state(content.class_code)
    if content.detail is None:
        return _("%(name)s is at the level “%(level)s”.") % {
            "name": territory.name,
            "level": level,
        }
    if content.detail.method == "consensus":
        return _(
            "According to the sheet validated by the institution, %(name)s is at the "
            "level “%(level)s”."
        ) % {"name": territory.name, "level": level}
    n = content.detail.respondents
    said = ngettext(
        "According to %(n)d respondent, %(name)s is at the level “%(level)s”.",
        "According to %(n)d respondents, %(name)s is at the level “%(level)s”.",
        n,
    )
    return said % {"n": n, "name": territory.name, "level": level}


def _facts(words: Words, content: Content) -> list[Fact]:
    level = words.state(content.class_code)
    facts = [Fact(_("Level"), level, note=words.note(content.class_code))]
    detail, grid = content.detail, words.definition.grid
    if detail is None or grid is None:
        return facts
    of = _("of %(total)s") % {"total": grid.total}
    facts += [
        Fact(
            _("Points"),
            _span(detail.low, detail.high),
            of,
            note=obtained(detail.method, detail.respondents),
        ),
        Fact(_("Respondents"), number(detail.respondents)),
    ]
    if detail.respondents >= ENOUGH_RESPONDENTS:
        spread = _span(detail.minimum, detail.maximum)
        note = _("what respondents said, blanks included")
        facts.append(Fact(_("From the lowest to the highest"), spread, of, note))
    return facts


def _solidity(words: Words, content: Content) -> list[str]:
    """How sure the level is: missing answers, limits, and questions that decide."""
    said = []
    if content.is_uncertain:
        said.append(
            _("Uncertain: some questions were left blank, which could raise the level.")
        )
    if content.is_borderline:
        said.append(
            _("At the limit: the total lies less than one point under the next level.")
        )
    if content.detail is None or not content.detail.lines:
        return said
    deciding = [one.question for one in content.detail.lines if one.is_deciding]
    if deciding:
        names = "; ".join(
            _("“%(text)s”") % {"text": words.question(code)} for code in deciding
        )
        message = _("The level would be another one without: %(questions)s.")
        said.append(message % {"questions": names})
    elif not content.is_uncertain:
        said.append(_("Stable: no question alone decides the level."))
    return said


def dimensions(words: Words, detail: Detail) -> tuple[PointsRead, ...]:
    """The points of each dimension, in words."""
    grid = words.definition.grid
    known = {one.code: one for one in grid.dimensions} if grid else {}
    return tuple(
        PointsRead(
            name=known[one.code].title.in_language(words.language),
            points=_span(one.low, one.high),
            maximum=number(known[one.code].maximum),
        )
        for one in detail.dimensions
    )


def _line(words: Words, one: Line, detail: Detail) -> PointsRead:
    notes = []
    if one.missing:
        missing = ngettext("%(n)d blank", "%(n)d blanks", one.missing)
        notes.append(missing % {"n": one.missing})
    if one.is_deciding:
        notes.append(_("decides the level"))
    spread = ""
    if detail.respondents >= ENOUGH_RESPONDENTS and detail.respondents > one.missing:
        spread = _span(one.lowest, one.highest)
    return PointsRead(
        name=words.question(one.question),
        points=_span(one.low, one.high),
        maximum=number(one.maximum),
        spread=spread,
        note=", ".join(notes),
    )


def _strengths(words: Words, detail: Detail) -> list[str]:
    return [
        _("%(question)s %(points)s points of %(maximum)s.")
        % {
            "question": words.question(one.question),
            "points": number(one.low),
            "maximum": one.maximum,
        }
        for one in detail.lines
        if is_strong(one.low, one.maximum)
    ]


def _proposal(words: Words, one: Proposed) -> ProposalRead:
    language = "en" if words.language.startswith("en") else "fr"
    reasons = enumeration([_reason(words, reason) for reason in one.reasons])
    return ProposalRead(
        title=one.title[language],
        text=one.text[language],
        reason=_("Why: %(reasons)s.") % {"reasons": reasons},
    )


def _reason(words: Words, one: Support) -> str:
    said = {"question": words.question(one.question), "count": one.count, "n": one.n}
    if one.n == 1:
        return _("the answer given to “%(question)s”") % said
    return _("%(count)d answers of %(n)d to “%(question)s”") % said


def _no_proposal(words: Words, detail: Detail | None) -> str:
    """Why nothing is proposed; empty when the lines that would say it are kept."""
    if not proposals_for(words.definition):
        return _("Jalons has no advice to give for this questionnaire.")
    if detail and detail.lines:
        return _("None of the advice that Jalons knows is called for by the answers.")
    return ""


def _peers_note(compared: int, within: str, unknown: Sequence[str]) -> str:
    if unknown:
        names = ", ".join(unknown)
        return _("Not known of this territory: %(names)s.") % {"names": names}
    return _(
        "By density, income, population and age, among %(n)s territories of "
        "%(within)s. Nothing is said here of what they answered."
    ) % {"n": number(compared), "within": within or _("France")}


def without_detail(detail: Detail | None) -> str:
    """Why lines, or points, are not given; empty when everything is."""
    if detail is not None:
        return "" if detail.lines else _without_lines()
    return _(
        "The points are not given: fewer than three people answered, and not all of "
        "them agreed that their territory read them. The level may be given because "
        "your EPCI validated it."
    )


def _without_lines() -> str:
    return _(
        "The points are not given question by question: fewer than three people "
        "answered, and they would tell what one of them said. They are given once your "
        "institution validates a sheet of its own."
    )


def _source(campaign: Campaign, detail: Detail | None) -> str:
    said = {
        "title": campaign.title,
        "sponsor": campaign.sponsor,
        "opens": date_format(campaign.opens_on, "DATE_FORMAT"),
        "closes": date_format(campaign.last_day, "DATE_FORMAT"),
    }
    line = _("Survey “%(title)s”, %(sponsor)s, from %(opens)s to %(closes)s") % said
    if detail is None:
        return line
    n = ngettext("%(n)d respondent", "%(n)d respondents", detail.respondents)
    return f"{line}, {n % {'n': detail.respondents}}"


def _span(low: float, high: float) -> str:
    if low == high:
        return number(low)
    return _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}
