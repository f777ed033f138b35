"""Articles, letters and subscribers for the tests."""

from __future__ import annotations

from jalons.accounts.models import User
from jalons.gazette import operations, sending
from jalons.gazette.models import Article, Letter, Subscriber
from jalons.spaces.models import Space


def make_article(space: Space, title: str, *, by: User, **fields: object) -> Article:
    """Read by everybody."""
    given = {"summary": "Deux phrases.", "text": "**Bonjour**"} | fields
    article = Article(space=space, title=title, **given)
    operations.write_article(article, by=by)
    operations.publish_article(article, by=by)
    found: Article = Article.objects.select_related("current").get(pk=article.pk)
    return found


def make_letter(space: Space, title: str, *, by: User, **fields: object) -> Letter:
    letter = Letter(space=space, title=title, text="# Titre\n\nBonjour", **fields)
    return sending.write_letter(letter, by=by)


def subscribe(space: Space, email: str) -> Subscriber:
    """As the form does: the address waits to be confirmed."""
    sending.subscribe(space, email, "fr")
    found: Subscriber = space.subscribers.get(email=email.lower())
    return found


def confirmed(space: Space, email: str) -> Subscriber:
    found = subscribe(space, email)
    sending.confirm(found)
    return found
