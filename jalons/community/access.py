"""Three doors to the network: its space, the public page, a link given by mail."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.models import User
from jalons.community.models import Digest, News, Reply
from jalons.community.secrets import read_stop
from jalons.spaces.access import Right, right_in
from jalons.spaces.models import Space


def get_news(space: Space, pk: int) -> News:
    """A message of a space already opened, never of another one."""
    found: News = get_object_or_404(
        space.news.shown().select_related(
            "space", "territory", "place", "actor", "author"
        ),
        pk=pk,
    )
    return found


def get_public_news(pk: int) -> News:
    """A message that a team lets everybody read."""
    known = News.objects.public().select_related("space", "territory", "actor")
    found: News = get_object_or_404(known, pk=pk)
    return found


def get_reply(news: News, pk: int) -> Reply:
    """An answer to a message already opened."""
    found: Reply = get_object_or_404(
        news.replies.filter(withdrawn_at=None).select_related("news__space"), pk=pk
    )
    return found


def may_withdraw(user: User, thing: News | Reply, space: Space) -> bool:
    """One’s own words, or anybody’s for whoever animates the network."""
    return thing.author_id == user.pk or right_in(user, space, Right.EDIT)


def require_withdraw(user: User, thing: News | Reply, space: Space) -> None:
    """Raises PermissionDenied."""
    if not may_withdraw(user, thing, space):
        raise PermissionDenied


def find_digest(token: str) -> Digest:
    """The mails that a link stops, without signing in."""
    key = read_stop(token)
    found: Digest | None = (
        Digest.objects.filter(key=key).select_related("membership__space").first()
        if key
        else None
    )
    if found is None:
        raise Http404
    return found
