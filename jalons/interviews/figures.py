"""Where people were interviewed and where not, and the words that may be quoted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.interviews.models import Quote
from jalons.search import figures as search
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory

KIND = "quote"
"""Under which quotes are found, by the members of their space only."""
HITS_READ = 200


@dataclass(frozen=True, slots=True)
class Line:
    """Interviews held in one département."""

    code: str
    name: str
    interview_count: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The départements of a survey, those interviewed and those missing."""

    lines: tuple[Line, ...]

    @property
    def interview_count(self) -> int:
        return sum(line.interview_count for line in self.lines)

    @property
    def covered(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.interview_count)

    @property
    def missing(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.interview_count)

    @property
    def sentence(self) -> str:
        """What a synthesis may say of the interviews: "all but Creuse"."""
        if not self.lines:
            return _("The survey covers no département.")
        if not self.covered:
            return _("No interview has been held yet.")
        told = ngettext(
            "%(n)d interview, in %(where)s.",
            "%(n)d interviews, in %(where)s.",
            self.interview_count,
        )
        return told % {"n": self.interview_count, "where": self._where()}

    def _where(self) -> str:
        if not self.missing:
            return _("every département")
        if len(self.missing) <= len(self.covered):
            names = _listed(self.missing)
            return _("every département but %(names)s") % {"names": names}
        return _listed(self.covered)


@dataclass(frozen=True, slots=True)
class PickedQuote:
    """Words that may be printed: their author agreed, and is named by role only.

    `place` is empty, or the département or région that may be shown; `attribution` is
    the whole phrase to print under the words.
    """

    text: str
    role: str
    attribution: str
    place: str
    origin: str
    tags: tuple[str, ...]
    consented_on: date
    is_simulated: bool


def coverage(campaign: Campaign) -> Coverage:
    """Interviews by département, those of the perimeter first, each once."""
    held = Counter(campaign.interviews.values_list("departement_id", flat=True))
    surveyed = departements_of(campaign)
    codes = {one.code for one in surveyed}
    beyond = Territory.objects.by_codes(set(held) - codes).order_by("code")
    return Coverage(
        tuple(Line(one.code, one.name, held[one.code]) for one in [*surveyed, *beyond])
    )


def departements_of(campaign: Campaign) -> list[Territory]:
    """The départements in which the territories surveyed lie, by code."""
    found = Territory.objects.departements().filter(
        member_links__member__campaigns=campaign
    )
    own = campaign.territories.filter(kind=Territory.Kind.DEPARTEMENT)
    codes = {*found.values_list("code", flat=True), *own.values_list("code", flat=True)}
    return list(Territory.objects.by_codes(codes).order_by("code"))


def picked_quotes(campaign: Campaign) -> tuple[PickedQuote, ...]:
    """The quotes kept for the synthesis, in their order; all were agreed to."""
    quotes = campaign.quotes.picked().select_related("departement")
    return tuple(_picked(quote, campaign) for quote in quotes)


def quotes_like(campaign: Campaign, query: str) -> list[Quote]:
    """The quotes of a survey that resemble a few words, best first."""
    hits = search.find(
        query, kinds=[KIND], space_ids=[campaign.space_id], limit=HITS_READ
    )
    places = {int(hit.ref): place for place, hit in enumerate(hits)}
    found = campaign.quotes.filter(pk__in=places).select_related("departement")
    return sorted(found, key=lambda quote: places[quote.pk])


def attribution_of(quote: Quote, campaign: Campaign) -> str:
    """ "propos recueilli auprès d’un technicien (Creuse)": a role, never a person."""
    said = {
        Quote.Role.TECHNICIAN: _("words collected from a technician"),
        Quote.Role.DECISION_MAKER: _("words collected from a local decision-maker"),
        Quote.Role.ADVISER: _("words collected from a digital adviser"),
        Quote.Role.OPERATOR: _("words collected from a local operator"),
        Quote.Role.RESIDENT: _("words collected from a resident"),
        Quote.Role.ACTOR: _("words collected from an actor of the territory"),
    }[Quote.Role(quote.role)]
    place = place_of(quote, campaign)
    return f"{said} ({place})" if place else said


def place_of(quote: Quote, campaign: Campaign) -> str:
    if quote.level == Quote.Level.DEPARTEMENT and quote.departement:
        return str(quote.departement.name)
    if quote.level == Quote.Level.REGION:
        return str(campaign.space.territory.name)
    return ""


def _picked(quote: Quote, campaign: Campaign) -> PickedQuote:
    assert quote.consented_on is not None
    return PickedQuote(
        text=quote.text,
        role=quote.role,
        attribution=attribution_of(quote, campaign),
        place=place_of(quote, campaign),
        origin=quote.origin,
        tags=tuple(quote.tag_list),
        consented_on=quote.consented_on,
        is_simulated=campaign.is_simulated,
    )


def _listed(lines: tuple[Line, ...]) -> str:
    names = [line.name for line in lines]
    if len(names) == 1:
        return names[0]
    told = {"first": ", ".join(names[:-1]), "last": names[-1]}
    return _("%(first)s and %(last)s") % told
