"""What the network says: its messages by filter, its problems by theme and quarter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from jalons.accounts.models import User
from jalons.analysis.recurring import (
    Recurring,
    Told,
    last_quarters,
    people_in,
    quarter_of,
    recurring,
)
from jalons.analysis.secrecy import PROFESSIONALS
from jalons.community.models import Abuse, News, NewsQuerySet, Reply
from jalons.directory.vocabulary import read_vocabulary
from jalons.search.words import words_of
from jalons.spaces.models import Space

QUARTERS = 8
"""Two years: what a network remembers, and what a table can hold."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the list; an empty one asks nothing."""

    kind: str = ""
    state: str = ""
    theme: str = ""
    audience: str = ""
    territory: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for whoever animates the network."""

    proposed: int
    reported: int


@dataclass(frozen=True, slots=True)
class Said:
    """What the mediators say: problems told in a space, by theme and quarter.

    `problems` and `people` are totals, each once whatever the themes.
    """

    space: Space
    since: date
    until: date
    quarters: list[tuple[int, int]]
    lines: list[Recurring]
    problems: int
    people: int
    open_count: int
    is_simulated: bool

    @property
    def named(self) -> list[tuple[str, Recurring]]:
        """Each line with the name of its theme; one that left the file, as it is."""
        said = read_vocabulary().said("services", [one.theme for one in self.lines])
        return list(zip(said, self.lines, strict=True))

    @property
    def has_few_people(self) -> bool:
        """Whether a line tells of so few that it stays in the team."""
        return any(is_few(one.people) for one in self.lines)


def is_few(people: int) -> bool:
    """Fewer professionals than may be told of outside."""
    return 0 < people < PROFESSIONALS


def news_of(space: Space, asked: Asked, user: User) -> NewsQuerySet:
    """The messages that suit, the last first, with their counts."""
    found = space.news.shown().filter(_suits(asked)).counted(user)
    return found.select_related("actor", "author", "territory").order_by(
        "-posted_at", "-pk"
    )


def counted(news: News, user: User) -> News:
    """The same message, with its counts and whether this person said “me too”."""
    found = News.objects.filter(pk=news.pk).counted(user)
    return found.select_related("territory", "place", "actor", "author").get()


def posted_between(
    spaces: Iterable[int], since: datetime, until: datetime
) -> NewsQuerySet:
    """What is new in some networks, the last first."""
    found = News.objects.shown().filter(
        space__in=spaces, posted_at__gt=since, posted_at__lte=until
    )
    return found.order_by("-posted_at", "-pk")


def replies_to(news: News) -> QuerySet[Reply]:
    found = news.replies.filter(withdrawn_at=None).select_related("author")
    return found.order_by("posted_at", "pk")


def public_news(asked: Asked) -> NewsQuerySet:
    """What every team lets everybody read, the last published first."""
    found = News.objects.public().filter(_suits(asked))
    return found.select_related("space", "actor", "territory").order_by(
        "-published_at", "-pk"
    )


def queue_of(space: Space) -> Queue:
    shown = space.news.shown()
    return Queue(
        proposed=shown.filter(public_state=News.Public.ASKED).count(),
        reported=shown.filter(abuses__closed_at=None, abuses__isnull=False)
        .distinct()
        .count(),
    )


def to_judge(space: Space) -> NewsQuerySet:
    """Messages proposed to everybody or reported, with the `reports` that wait."""
    waiting = Abuse.objects.filter(closed_at=None).order_by("sent_at")
    is_reported = Exists(waiting.filter(news=OuterRef("pk")))
    found = space.news.shown().filter(
        Q(public_state=News.Public.ASKED) | Q(is_reported)
    )
    reports = Prefetch("abuses", queryset=waiting, to_attr="reports")
    return found.prefetch_related(reports).order_by("posted_at")


def what_mediators_say(space: Space, today: date) -> Said:
    """The problems of two years, in two queries."""
    quarters = last_quarters(today, QUARTERS)
    year, number = quarters[0]
    since = date(year, 3 * number - 2, 1)
    problems = list(
        space.news.shown()
        .filter(kind=News.Kind.PROBLEM, posted_at__date__gte=since)
        .prefetch_related("echoes")
    )
    told = [_told(one) for one in problems]
    told = [one for one in told if quarter_of(one.on) in quarters]
    return Said(
        space=space,
        since=since,
        until=today,
        quarters=quarters,
        lines=recurring(told, quarters),
        problems=len(told),
        people=people_in(told),
        open_count=sum(one.state != News.State.SOLVED for one in problems),
        is_simulated=any(one.is_simulated for one in problems),
    )


def _told(news: News) -> Told:
    author = news.author_id or f"erased-{news.pk}"
    people = {author, *(one.user_id for one in news.echoes.all())}
    day = timezone.localdate(news.posted_at)
    return Told(tuple(news.themes), day, frozenset(people))


def _suits(asked: Asked) -> Q:
    wanted = Q()
    if asked.kind:
        wanted &= Q(kind=asked.kind)
    if asked.state:
        wanted &= Q(kind=News.Kind.PROBLEM, state=asked.state)
    if asked.territory:
        wanted &= Q(territory=asked.territory)
    # A list of codes stored as JSON: quotes keep one code apart from a longer one.
    if asked.theme:
        wanted &= Q(themes__icontains=f'"{asked.theme}"')
    if asked.audience:
        wanted &= Q(publics__icontains=f'"{asked.audience}"')
    for word in words_of(asked.words):
        wanted &= Q(key__contains=word)
    return wanted
