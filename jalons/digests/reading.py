"""What is new to read: messages of the networks, sheets of the library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse

from jalons.community.figures import posted_between
from jalons.community.models import News
from jalons.digests.things import Reader, Thing, Things, by_reader, spaces_in
from jalons.library.figures import new_for
from jalons.spaces.models import Space


def messages(readers: Sequence[Reader], at: datetime) -> Things:
    """Messages of one's networks, never one's own."""
    oldest = min((one.since for one in readers), default=at)
    by_space: defaultdict[int, list[News]] = defaultdict(list)
    for one in posted_between(spaces_in(readers), oldest, at):
        by_space[one.space_id].append(one)

    def told(reader: Reader, space: Space) -> Iterator[Thing]:
        for one in by_space[space.pk]:
            if one.posted_at > reader.since and one.author_id != reader.user.pk:
                yield _of_news(space, one)

    return by_reader(readers, told)


def _of_news(space: Space, news: News) -> Thing:
    return Thing(
        key=f"news-{news.pk}",
        words=f"{news.get_kind_display().capitalize()} · {news.title}",
        path=reverse("community:show", args=[space.pk, news.pk]),
        under=space.name,
        is_simulated=news.is_simulated,
    )


def sheets(readers: Sequence[Reader], at: datetime) -> Things:
    """Sheets published about the themes and territories that each one follows."""
    return {one.user.pk: list(_sheets(one)) for one in readers}


def _sheets(reader: Reader) -> Iterator[Thing]:
    for new in new_for(reader.user, since=reader.since):
        for sheet in new.sheets:
            yield Thing(
                key=f"sheet-{sheet.pk}-{sheet.edition_number}",
                words=sheet.said_title,
                path=reverse("library:show", args=[sheet.code]),
                under=str(new.about),
                is_simulated=sheet.is_simulated,
            )
