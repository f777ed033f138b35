"""Everybody reads what is published; the editors of a recognised centre write."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.access import Gone
from jalons.accounts.models import User
from jalons.gazette.models import Article, Edition, Letter, Subscriber
from jalons.gazette.secrets import read_token
from jalons.spaces.access import Right, get_space
from jalons.spaces.models import Space


class NoLongerSubscribed(Gone):
    """The address is erased: stopped, or never confirmed."""

    template: ClassVar[str] = "gazette/gone.html"


def get_desk(user: User, pk: int, right: Right) -> Space:
    """The recognised centre whose articles a member writes or reads (404, 403)."""
    space = get_space(user, pk, right)
    if space.kind != Space.Kind.RESOURCE_CENTRE or not space.is_recognised:
        raise Http404
    return space


def centres() -> QuerySet[Space]:
    """Those to whose letter anybody may subscribe."""
    known = Space.objects.recognised().filter(kind=Space.Kind.RESOURCE_CENTRE)
    return known.order_by("name", "pk")


def get_article(space: Space, pk: int) -> Article:
    known = space.articles.select_related("current", "space")
    found: Article = get_object_or_404(known, pk=pk)
    return found


def get_edition(article: Article, number: int) -> Edition:
    found: Edition = get_object_or_404(article.editions, number=number)
    return found


def get_public_article(pk: int) -> Article:
    found: Article = get_object_or_404(Article.objects.public(), pk=pk)
    return found


def get_letter(space: Space, pk: int) -> Letter:
    found: Letter = get_object_or_404(space.letters.select_related("space"), pk=pk)
    return found


def get_public_letter(pk: int) -> Letter:
    found: Letter = get_object_or_404(Letter.objects.public(), pk=pk)
    return found


def find_subscriber(token: str) -> Subscriber:
    """Whom a link speaks of. Raises NoLongerSubscribed."""
    key = read_token(token)
    if key is None:
        raise Http404
    known = Subscriber.objects.select_related("space")
    found: Subscriber | None = known.filter(key=key).first()
    if found is None:
        raise NoLongerSubscribed
    return found
