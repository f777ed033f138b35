"""How far the collection of answers is, by département and by profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.surveys.figures import responses_by_channel, responses_by_territory
from jalons.surveys.models import Campaign, Response
from jalons.territories.models import CURRENT_YEAR, Membership, Territory, held_in


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of a row of facts: its label, value, unit, and what bounds it."""

    label: str
    value: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Territories surveyed in one département, those heard from, answers sent."""

    name: str
    territory_count: int
    answered_count: int
    response_count: int


@dataclass(frozen=True, slots=True)
class ProfileCount:
    """Answers sent by one profile; `title` is empty when none was given."""

    title: str
    response_count: int


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """Answers sent by one channel."""

    title: str
    response_count: int


@dataclass(frozen=True, slots=True)
class Collection:
    """Answers sent, answers begun, territories heard from, out of those surveyed."""

    response_count: int
    draft_count: int
    territory_count: int
    answered_count: int
    departements: tuple[Coverage, ...]
    profiles: tuple[ProfileCount, ...]
    channels: tuple[ChannelCount, ...]


def collection_of(campaign: Campaign, *, language: str) -> Collection:
    """The follow-up of a campaign, in seven queries whatever its size."""
    sent = responses_by_territory(campaign)
    departements = _departement_names(campaign)
    coverages = tuple(
        Coverage(
            name=name,
            territory_count=len(codes),
            answered_count=sum(1 for code in codes if sent[code]),
            response_count=sum(sent[code] for code in codes),
        )
        for name, codes in sorted(_grouped(departements).items())
    )
    return Collection(
        response_count=sum(sent.values()),
        draft_count=campaign.responses.drafts().count(),
        territory_count=len(departements),
        answered_count=sum(1 for code in departements if sent[code]),
        departements=coverages,
        profiles=_profiles(campaign, language),
        channels=_channels(campaign),
    )


def headline(collection: Collection) -> list[Fact]:
    """The figures to read first: persons and territories are never mixed."""
    heard = collection.answered_count
    return [
        Fact(
            _("Answers received"),
            str(collection.response_count),
            ngettext("respondent", "respondents", collection.response_count),
        ),
        Fact(
            _("EPCI heard from"),
            str(heard),
            note=_("of %(n)s surveyed") % {"n": collection.territory_count},
        ),
        Fact(
            _("Answers begun, not sent"),
            str(collection.draft_count),
            note=_("they count nowhere"),
        ),
    ]


def _departement_names(campaign: Campaign) -> dict[str, str]:
    """Each territory surveyed, with the name of the département it is counted in."""
    codes = campaign.territories.values_list("pk", flat=True)
    names = dict.fromkeys(codes, "")
    groups = Membership.objects.filter(
        held_in(CURRENT_YEAR),
        member__campaigns=campaign,
        group__kind=Territory.Kind.DEPARTEMENT,
    )
    names.update(groups.values_list("member_id", "group__name"))
    return names


def _grouped(names: Mapping[str, str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for code, name in names.items():
        groups.setdefault(name, []).append(code)
    return groups


def _channels(campaign: Campaign) -> tuple[ChannelCount, ...]:
    """The channels by which answers came, in the order of their list."""
    return tuple(
        ChannelCount(str(Response.Channel(code).label), count)
        for code, count in responses_by_channel(campaign).items()
    )


def _profiles(campaign: Campaign, language: str) -> tuple[ProfileCount, ...]:
    """Every profile of the questionnaire, even without answers, in its order."""
    question = campaign.version.read().with_role("profile")
    counts = campaign.responses.submitted().values_list("profile")
    found = Counter(dict(counts.annotate(n=Count("pk")).order_by()))
    titles = (
        {o.code: o.text.in_language(language) for o in question.options}
        if (question)
        else {}
    )
    if found[""]:
        titles[""] = ""
    return tuple(ProfileCount(title, found[code]) for code, title in titles.items())
