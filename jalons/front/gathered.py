"""What teams have made public of a territory, gathered: one query a block.

Nothing here is decided again: each app says what of its own everybody may read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.fields.json import KeyTransform
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from jalons.adoption.models import Publication as Adopted
from jalons.community.models import News
from jalons.directory.models import Place
from jalons.documents.words import date_format
from jalons.events.figures import spaces_about
from jalons.events.models import Event
from jalons.impact.models import Publication as Impact
from jalons.library.models import Sheet
from jalons.observatory.models import Publication as Results
from jalons.publications.models import Issue
from jalons.reception.contacts import Reached, contact_of
from jalons.spaces.models import Space
from jalons.territories.models import Territory, lying_in
from jalons.tours.models import Tour

MOST = 5
Kind = Territory.Kind


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to read: its title, its address, its day, what is said beside it."""

    title: str
    url: str
    note: str = ""
    is_simulated: bool = False
    day: str = ""
    is_in_french: bool = False


@dataclass(frozen=True, slots=True)
class Todo:
    """While nothing answers: who may do something about it, what, and where."""

    text: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """A question of the reader, what answers it, or what to do while nothing does."""

    title: str
    items: tuple[Item, ...]
    empty: str
    todo: Todo
    source: str
    url: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """Who answers for the territory: its recognised teams, and its resource centre."""

    teams: tuple[Space, ...]
    centre: Space | None
    contact: Reached | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks read together, under one title."""

    title: str
    blocks: tuple[Block, ...]


def parts_of(territory: Territory) -> list[Part]:
    """In the order in which one reads: what was found and decided, tried, announced."""
    found = []
    if territory.kind == Kind.REGION:
        found = [_syntheses(territory), _results(territory)]
    found += [_roadmaps(territory), _impacts(territory)]
    return [
        Part(_("What has been decided and obtained"), tuple(found)),
        Part(_("What is done here"), (_sheets(territory), _tours(territory))),
        Part(_("What is announced"), (_events(territory), _news(territory))),
    ]


def holds_simulated(parts: Iterable[Part]) -> bool:
    """Whether something invented for the demonstration is among them (rule 17)."""
    blocks = (block for part in parts for block in part.blocks)
    return any(item.is_simulated for block in blocks for item in block.items)


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


def day_of(at: datetime | None) -> str:
    """The day, here, of an instant, in words."""
    return date_format(timezone.localdate(at), "DATE_FORMAT") if at else ""


def place_count(territory: Territory) -> int:
    """The places of help that everybody may find in it."""
    inside = Territory.objects.filter(kind=Kind.COMMUNE).within(territory)
    here = Q(commune=territory) | Q(commune__in=inside)
    return Place.objects.open_to_all().filter(here).count()


def _syntheses(territory: Territory) -> Block:
    """The last versions first: an older one stays readable."""
    rows = Issue.objects.public(at=timezone.now())
    rows = rows.filter(report__space__territory=territory).select_related("report")
    rows = rows.annotate(is_simulated=KeyTransform("is_simulated", "content"))
    rows = rows.defer("content", "origins").order_by("-public_from", "-number")[:MOST]
    version = _("version %(n)s")
    return Block(
        _("What does the resource centre say of the région?"),
        tuple(
            Item(
                row.report.title,
                reverse("publications:public", args=[row.report.slug, row.number]),
                version % {"n": row.number},
                bool(row.is_simulated),
                day_of(row.public_from),
            )
            for row in rows
        ),
        _("No synthesis of the région is public yet."),
        Todo(
            _("Its resource centre composes one from the territories it follows."),
            _("The syntheses of surveys"),
            reverse("synthesis:list"),
        ),
        _("Synthesis of the resource centre, each version kept as it was published."),
        reverse("synthesis:list"),
        _("The syntheses of surveys"),
    )


def _results(territory: Territory) -> Block:
    rows = Results.objects.public(at=timezone.now())
    rows = rows.filter(campaign__space__territory=territory)
    rows = rows.select_related("campaign").defer("figures")
    rows = rows.order_by("-public_from")[:MOST]
    return Block(
        _("What did the surveys find?"),
        tuple(
            Item(
                row.campaign.title,
                reverse("observatory:public", args=[row.campaign.slug]),
                row.campaign.sponsor,
                row.campaign.is_simulated,
                day_of(row.public_from),
            )
            for row in rows
        ),
        _("No survey of the région is public yet."),
        Todo(
            _("A resource centre asks its territories, then opens the results."),
            _("The questionnaires ready to send"),
            reverse("questionnaires:list"),
        ),
        _("Surveys that a resource centre has opened to the public."),
        reverse("observatory:list"),
        _("All published results"),
    )


def _roadmaps(territory: Territory) -> Block:
    rows = Adopted.objects.listed(at=timezone.now())
    rows = rows.filter(lying_in(territory, "roadmap__space__territory"))
    rows = rows.select_related("roadmap", "adoption").order_by("-public_from")[:MOST]
    return Block(
        _("What has been decided?"),
        tuple(
            Item(
                row.title,
                reverse("adoption:public", args=[row.slug]),
                row.subtitle,
                row.roadmap.is_simulated,
                date_format(row.adoption.adopted_on, "DATE_FORMAT"),
            )
            for row in rows
        ),
        _("No roadmap adopted here is public yet."),
        Todo(
            _("Elected members and officers write one in seven steps."),
            _("The method, step by step"),
            reverse("steps:method"),
        ),
        _("Roadmaps adopted by a deliberation, published by their team."),
        reverse("adoption:public_list"),
        _("The roadmaps of other territories"),
    )


def _impacts(territory: Territory) -> Block:
    rows = Impact.objects.listed(at=timezone.now())
    rows = rows.filter(lying_in(territory, "page__roadmap__space__territory"))
    rows = rows.select_related("page__roadmap").order_by("-public_from")[:MOST]
    return Block(
        _("What has changed for people?"),
        tuple(
            Item(
                row.title,
                reverse("impact:public", args=[row.slug]),
                is_simulated=row.page.roadmap.is_simulated,
                day=day_of(row.published_at),
            )
            for row in rows
        ),
        _("No page on what was obtained is public yet."),
        Todo(
            _("A team publishes it from its roadmap, once it has measured."),
            _("What other territories obtained"),
            reverse("impact:public_list"),
        ),
        _("Measures of the team, frozen on the day of publication."),
    )


def _tours(territory: Territory) -> Block:
    rows = Tour.objects.published().filter(lying_in(territory, "space__territory"))
    rows = rows.select_related("actor").order_by("title")[:MOST]
    return Block(
        _("Which help travels here?"),
        tuple(
            Item(
                row.title,
                reverse("tours:show", args=[row.pk]),
                row.actor.name,
                row.actor.is_simulated,
                day_of(row.published_at),
            )
            for row in rows
        ),
        _("No itinerant tour is known here."),
        Todo(
            _("You know a bus or a fixed hour in a town hall? Anybody may say it."),
            _("Say a place"),
            reverse("resources:propose_place"),
        ),
        _("Tours published by the teams of the territory."),
    )


def _sheets(territory: Territory) -> Block:
    rows = Sheet.objects.public().filter(lying_in(territory, "territory"))
    rows = rows.select_related("territory").order_by("code")[:MOST]
    return Block(
        _("What has been tried here?"),
        tuple(
            Item(
                row.said_title,
                reverse("library:show", args=[row.code]),
                row.territory.name if row.territory else "",
                row.is_simulated,
                row.read.said_date,
                row.is_in_french,
            )
            for row in rows
        ),
        _("No initiative of this territory is told in the library yet."),
        Todo(
            _("You tried something here? Anybody may tell it."),
            _("Tell an initiative"),
            reverse("resources:propose_initiative"),
        ),
        _("Sheets of the library, each with its source and its date."),
        reverse("library:list"),
        _("The library"),
    )


def _events(territory: Territory) -> Block:
    """Those of its teams, of those inside it, and of those that hold it: all concern
    whoever works here."""
    rows = Event.objects.shown().filter(state=Event.State.PUBLISHED)
    rows = rows.filter(meeting__space__in=spaces_about(territory))
    rows = rows.coming(at=timezone.now()).with_meeting()
    rows = rows.order_by("meeting__starts_at", "pk")[:MOST]
    here = f"{reverse('events:agenda')}?{urlencode({'territoire': territory.code})}"
    return Block(
        _("What takes place soon?"),
        tuple(
            Item(
                row.meeting.title,
                reverse("events:show", args=[row.pk]),
                row.meeting.space.name,
                row.meeting.is_simulated,
                day_of(row.meeting.starts_at),
            )
            for row in rows
        ),
        _("No event is announced around here."),
        Todo(
            _("A team announces its events from its space."),
            _("The whole agenda"),
            reverse("events:agenda"),
        ),
        _("Events announced by the teams of the territory, and around it."),
        here,
        _("The agenda around here"),
    )


def _news(territory: Territory) -> Block:
    rows = News.objects.public().filter(lying_in(territory, "territory"))
    rows = rows.select_related("actor", "space").order_by("-pk")[:MOST]
    return Block(
        _("What is new?"),
        tuple(
            Item(
                row.title,
                reverse("community:public_show", args=[row.pk]),
                row.public_signature,
                row.is_simulated,
                day_of(row.published_at),
            )
            for row in rows
        ),
        _("No news of this territory is public."),
        Todo(
            _("A member of the network lets everybody read it."),
            _("News of the networks"),
            reverse("community:public_list"),
        ),
        _("News that recognised teams let everybody read."),
        reverse("community:public_list"),
        _("News of the networks"),
    )
