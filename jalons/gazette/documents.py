"""The articles for a feed reader; what subscribers are told."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.gazette.models import Article


def feed_of(articles: Iterable[Article], request: HttpRequest) -> str:
    """The latest published first; what is invented says so first."""
    feed = Atom1Feed(
        title=_("News of digital inclusion"),
        link=request.build_absolute_uri(reverse("gazette:list")),
        description="",
        language=get_language() or "fr",
        feed_url=request.build_absolute_uri(),
    )
    for one in articles:
        told = one.current
        assert told is not None
        mark = f"{_('SIMULATED')} · " if one.is_simulated else ""
        feed.add_item(
            title=f"{mark}{told.title}",
            link=request.build_absolute_uri(reverse("gazette:show", args=[one.pk])),
            description=told.summary,
            pubdate=one.first_published_at,
            updateddate=told.published_at,
            author_name=str(one.space),
            categories=[str(topic) for topic in told.topic_words],
        )
    return feed.writeString("utf-8")


def notice() -> str:
    """Before an address is given; its version is `NOTICE_VERSION`."""
    return _(
        "Your address serves to send you this letter, and nothing else. It is erased "
        "by the link under each letter, in one click and without signing in; after a "
        "week if you do not confirm, after three years in any case."
    )
