"""What teams have made public of a territory, gathered: one query a block.

Nothing here is decided again: each app says what of its own everybody may read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.adoption.models import Publication as Adopted
from jalons.community.models import News
from jalons.directory.models import Place
from jalons.impact.models import Publication as Impact
from jalons.library.models import Sheet
from jalons.observatory.models import Publication as Results
from jalons.reception.contacts import Reached, contact_of
from jalons.spaces.models import Space
from jalons.territories.models import Territory
from jalons.tours.models import Tour

Row = TypeVar("Row", bound=Model)
MOST = 5
Kind = Territory.Kind


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to read: its title, its address, what is said beside it."""

    title: str
    url: str
    note: str = ""
    is_simulated: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A question of the reader, what answers it, or what to do while nothing does."""

    title: str
    items: tuple[Item, ...]
    empty: str
    source: str
    url: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """Who answers for the territory: its recognised teams, and its resource centre."""

    teams: tuple[Space, ...]
    centre: Space | None
    contact: Reached | None = None


def blocks_of(territory: Territory) -> list[Block]:
    """In the order in which one reads: what was found, decided, obtained, told."""
    found = [_results(territory)] if territory.kind == Kind.REGION else []
    found += [_roadmaps(territory), _impacts(territory)]
    return [*found, _tours(territory), _sheets(territory), _news(territory)]


def around(territory: Territory, groups: Iterable[Territory]) -> Around:
    """The teams in the order of their names; the centre of the région."""
    regions = [one.pk for one in (*groups, territory) if one.kind == Kind.REGION]
    centre = Q(kind=Space.Kind.RESOURCE_CENTRE, territory__in=regions)
    team = Q(kind=Space.Kind.TEAM, territory=territory)
    rows = Space.objects.recognised().filter(centre | team).order_by("name")
    spaces = list(rows.select_related("territory"))
    centres = [one for one in spaces if one.kind == Space.Kind.RESOURCE_CENTRE]
    teams = tuple(one for one in spaces if one.kind == Space.Kind.TEAM)
    first = centres[0] if centres else None
    return Around(teams, first, contact_of(first) if first else None)


def place_count(territory: Territory) -> int:
    """The places of help that everybody may find in it."""
    inside = Territory.objects.filter(kind=Kind.COMMUNE).within(territory)
    here = Q(commune=territory) | Q(commune__in=inside)
    return Place.objects.open_to_all().filter(here).count()


def _inside(rows: QuerySet[Row], lookup: str, territory: Territory) -> QuerySet[Row]:
    """Those of the territory, and those of the territories that it holds."""
    inside = Territory.objects.within(territory)
    return rows.filter(Q(**{lookup: territory}) | Q(**{f"{lookup}__in": inside}))


def _results(territory: Territory) -> Block:
    rows = Results.objects.public(at=timezone.now())
    rows = rows.filter(campaign__space__territory=territory)
    rows = rows.select_related("campaign").order_by("-public_from")[:MOST]
    return Block(
        _("What did the surveys find?"),
        tuple(
            Item(
                row.campaign.title,
                reverse("observatory:public", args=[row.campaign.slug]),
                row.campaign.sponsor,
                row.campaign.is_simulated,
            )
            for row in rows
        ),
        _("No survey of the région is public yet."),
        _("Surveys that a resource centre has opened to the public."),
        reverse("observatory:list"),
        _("All published results"),
    )


def _roadmaps(territory: Territory) -> Block:
    rows = _inside(
        Adopted.objects.listed(at=timezone.now()),
        "roadmap__space__territory",
        territory,
    )
    rows = rows.select_related("roadmap", "adoption").order_by("-public_from")[:MOST]
    return Block(
        _("What has been decided?"),
        tuple(
            Item(
                row.title,
                reverse("adoption:public", args=[row.slug]),
                row.subtitle,
                row.roadmap.is_simulated,
            )
            for row in rows
        ),
        _("No roadmap adopted here is public yet."),
        _("Roadmaps adopted by a deliberation, published by their team."),
        reverse("adoption:public_list"),
        _("The roadmaps of other territories"),
    )


def _impacts(territory: Territory) -> Block:
    rows = _inside(
        Impact.objects.listed(at=timezone.now()),
        "page__roadmap__space__territory",
        territory,
    )
    rows = rows.select_related("page__roadmap").order_by("-public_from")[:MOST]
    return Block(
        _("What has changed for people?"),
        tuple(
            Item(
                row.title,
                reverse("impact:public", args=[row.slug]),
                is_simulated=row.page.roadmap.is_simulated,
            )
            for row in rows
        ),
        _("No page on what was obtained is public yet."),
        _("Measures of the team, frozen on the day of publication."),
    )


def _tours(territory: Territory) -> Block:
    rows = _inside(Tour.objects.published(), "space__territory", territory)
    rows = rows.select_related("actor").order_by("title")[:MOST]
    return Block(
        _("Which help travels here?"),
        tuple(
            Item(row.title, reverse("tours:show", args=[row.pk]), row.actor.name)
            for row in rows
        ),
        _("No itinerant tour is known here."),
        _("Tours published by the teams of the territory."),
    )


def _sheets(territory: Territory) -> Block:
    rows = _inside(Sheet.objects.public(), "territory", territory)
    rows = rows.select_related("territory").order_by("code")[:MOST]
    return Block(
        _("What has been tried here?"),
        tuple(
            Item(
                row.said_title,
                reverse("library:show", args=[row.code]),
                row.territory.name if row.territory else "",
                row.is_simulated,
            )
            for row in rows
        ),
        _("No initiative of this territory is told in the library yet."),
        _("Sheets of the library, each with its source and its date."),
        reverse("library:list"),
        _("The library"),
    )


def _news(territory: Territory) -> Block:
    rows = _inside(News.objects.public(), "territory", territory)
    rows = rows.select_related("actor").order_by("-pk")[:MOST]
    return Block(
        _("What is new?"),
        tuple(
            Item(
                row.title,
                reverse("community:public_show", args=[row.pk]),
                row.signature,
                row.is_simulated,
            )
            for row in rows
        ),
        _("No news of this territory is public."),
        _("News that recognised teams let everybody read."),
        reverse("community:public_list"),
        _("News of the networks"),
    )
