"""Three doors to the network: its space, the public page, a link given by mail."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.access import DeadLink, find_link
from jalons.accounts.models import Link, User
from jalons.community.models import Mailbox, News, Reply
from jalons.library.models import Sheet
from jalons.spaces.access import Right, may, right_in
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


def find_sheet(code: str) -> Sheet | None:
    """The public sheet that a message is about; None when there is none."""
    found: Sheet | None = Sheet.objects.public().filter(code=code).first()
    return found


def networks_of(user: User | AnonymousUser) -> list[Space]:
    """The teams in whose network one may write."""
    if not isinstance(user, User):
        return []
    mine = user.memberships.select_related("space").order_by("joined_at")
    return [one.space for one in mine if may(one.get_role(), Right.CONTRIBUTE)]


def get_public_news(pk: int) -> News:
    """A message that a team lets everybody read."""
    known = News.objects.public().select_related("space", "territory", "actor", "sheet")
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


def get_mailbox(space: Space, pk: int) -> Mailbox:
    """A relayed address of a space already opened."""
    found: Mailbox = get_object_or_404(space.mailboxes.select_related("link"), pk=pk)
    return found


def get_open_mailbox(user: User | AnonymousUser, pk: int) -> Mailbox:
    """An address whose owner agreed, for whoever may read what it stands for.

    A place is read by everybody, a group if it has a public page, an actor by its team;
    all of them by their team alone until it is recognised.
    """
    known = Mailbox.objects.agreed().select_related(
        "space", "place", "actor", "group", "link"
    )
    found: Mailbox = get_object_or_404(known, pk=pk)
    is_public = found.space.is_recognised and (
        found.place is not None or (found.group is not None and found.group.is_public)
    )
    if not is_public and not right_in(user, found.space, Right.READ):
        raise Http404
    return found


def find_mailbox(secret: str, at: datetime) -> Mailbox:
    """The address of whoever opens this link."""
    link = find_link(secret, Link.Purpose.RELAY, at)
    found: Mailbox | None = (
        Mailbox.objects.filter(link=link)
        .select_related("space", "place", "actor", "group", "link")
        .first()
    )
    if found is None:
        raise DeadLink(link)
    return found
