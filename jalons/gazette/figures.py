"""What everybody reads: the articles that suit a question, and the letters sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from jalons.gazette.models import Article, Letter
from jalons.gazette.sending import REASON
from jalons.mail.models import Message
from jalons.search.words import words_of
from jalons.spaces.models import Space


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor looks for among the articles."""

    words: str = ""
    topic: str = ""


def articles(asked: Asked) -> QuerySet[Article]:
    """The latest first, without their pictures."""
    found = Article.objects.public().defer("picture", "text", "current__text")
    for word in words_of(asked.words):
        found = found.filter(key__contains=word)
    if asked.topic:
        # A list of codes between quotes: what both databases search alike.
        found = found.filter(current__topics__icontains=f'"{asked.topic}"')
    return found.order_by("-first_published_at", "-pk")


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the mails of a letter."""

    written: int
    sent: int
    waiting: int
    failed: int


def report_of(letter: Letter) -> Report:
    """In one query; uncertain ones count as waiting: a person decides of them."""
    state = Message.State
    mails = Message.objects.filter(reason=REASON, period=str(letter.pk))
    row = mails.aggregate(
        written=Count("pk"),
        sent=Count("pk", filter=Q(state=state.SENT)),
        failed=Count("pk", filter=Q(state=state.FAILED)),
    )
    waiting = row["written"] - row["sent"] - row["failed"]
    return Report(row["written"], row["sent"], waiting, row["failed"])


def subscriber_count(space: Space) -> int:
    return space.subscribers.confirmed().count()
