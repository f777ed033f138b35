"""The life of an article: written, published in editions, withdrawn."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.gazette.models import Article, Edition
from jalons.search.words import line_of


class NothingNew(Exception):
    """What everybody reads is already the draft."""


@transaction.atomic
def write_article(article: Article, *, by: User) -> Article:
    """Keep the draft: what everybody reads does not change."""
    article.written_at, article.written_by = timezone.now(), by
    article.save()
    audit.record("article.written", article, by=by)
    return article


@transaction.atomic
def publish_article(article: Article, *, by: User) -> Edition:
    """Everybody reads the draft as it is now; editions before stay in the history.

    Raises NothingNew.
    """
    Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    article = Article.objects.select_related("current", "space").get(pk=article.pk)
    if article.is_public and not article.has_changed:
        raise NothingNew(article)
    now = timezone.now()
    told = {one: getattr(article, one) for one in Edition.TOLD}
    number = article.editions.count() + 1
    edition: Edition = article.editions.create(
        number=number, published_at=now, published_by=by, **told
    )
    article.current = edition
    article.first_published_at = article.first_published_at or now
    article.key = line_of(edition.title, edition.summary, edition.text)
    article.save(update_fields=["current", "first_published_at", "key"])
    audit.record("article.published", article, by=by)
    return edition


@transaction.atomic
def withdraw_article(article: Article, *, by: User) -> None:
    """Nobody reads it any more; the draft and the editions stay to its team."""
    article = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    if article.current_id is None:
        return
    article.current, article.key = None, ""
    article.save(update_fields=["current", "key"])
    audit.record("article.withdrawn", article, by=by)
