"""The draft of a letter, from what a month brought; a person then writes it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.documents.words import date_format
from jalons.events.models import Event
from jalons.gazette.models import Article
from jalons.library.models import Sheet
from jalons.spaces.models import Space

BACK, AHEAD = timedelta(days=31), timedelta(days=45)
MOST = 12
"""Of each kind: a longer letter is not read."""


def draft_of(space: Space, *, at: datetime) -> tuple[str, str]:
    """A title and a text in Markdown; parts without anything are left out."""
    title = _("The letter of %(space)s, %(day)s") % {
        "space": space.name,
        "day": date_format(timezone.localtime(at).date()),
    }
    parts = [
        _part(_("To read"), _articles(space, at)),
        _part(_("On your agenda"), _events(space, at)),
        _part(_("Initiatives to draw on"), _sheets(space, at, is_initiative=True)),
        _part(_("New in the library"), _sheets(space, at, is_initiative=False)),
    ]
    return title[:160], "\n\n".join([_("Hello,"), *(one for one in parts if one)])


def _part(title: str, lines: Iterable[str]) -> str:
    found = list(lines)
    return "\n".join([f"# {title}", "", *found]) if found else ""


def _articles(space: Space, at: datetime) -> Iterator[str]:
    known = Article.objects.public().filter(space=space)
    known = known.filter(first_published_at__gt=at - BACK, first_published_at__lte=at)
    for one in known.order_by("-first_published_at")[:MOST]:
        assert one.current is not None
        url = reverse("gazette:show", args=[one.pk])
        yield _line(one.current.title, url, one.current.summary, one.is_simulated)


def _events(space: Space, at: datetime) -> Iterator[str]:
    known = Event.objects.shown().filter(state=Event.State.PUBLISHED)
    known = known.filter(
        meeting__space=space,
        meeting__starts_at__gte=at,
        meeting__starts_at__lt=at + AHEAD,
    ).with_meeting()
    for one in known.order_by("meeting__starts_at")[:MOST]:
        day = date_format(timezone.localtime(one.meeting.starts_at).date())
        url = reverse("events:show", args=[one.pk])
        yield _line(one.meeting.title, url, day, one.meeting.is_simulated)


def _sheets(space: Space, at: datetime, *, is_initiative: bool) -> Iterator[str]:
    known = Sheet.objects.public()
    known = known.filter(published_at__gt=at - BACK, published_at__lte=at)
    # Its own, as the articles and the events: it answers for what it sends.
    known = known.filter(space=space)
    kind = Sheet.Kind.INITIATIVE
    known = known.filter(kind=kind) if is_initiative else known.exclude(kind=kind)
    for one in known.order_by("-published_at", "pk")[:MOST]:
        url = reverse("library:show", args=[one.code])
        yield _line(one.said_title, url, "", one.is_simulated)


def _line(title: str, path: str, note: str, is_simulated: bool) -> str:
    """A line of a list; what is invented says so."""
    plain = title.translate(str.maketrans("[]", "()"))
    mark = f"{_('SIMULATED')} · " if is_simulated else ""
    said = f" · {note}" if note else ""
    return f"* {mark}[{plain}]({settings.SITE_URL}{path}){said}"
