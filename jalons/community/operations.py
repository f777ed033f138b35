from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.community.models import Abuse, Echo, News, Reply
from jalons.search.words import line_of

Public = News.Public


class NotAProblem(Exception):
    """Only a problem is taken in charge and solved."""


@transaction.atomic
def post_news(news: News, *, to_all: bool, by: User) -> News:
    """Tell the network; `to_all` proposes it to everybody once the team has read it."""
    news.author, news.key = by, line_of(news.title, news.text)
    news.public_state = Public.ASKED if to_all else Public.NETWORK
    news.save()
    audit.record("news.posted", news, by=by)
    return news


@transaction.atomic
def answer_news(reply: Reply, *, by: User) -> Reply:
    reply.author = by
    reply.save()
    audit.record("news.answered", reply, by=by, space_id=reply.news.space_id)
    return reply


@transaction.atomic
def echo_news(news: News, *, by: User) -> bool:
    """“Me too”, or no longer: said once a person. True when it is said."""
    echo, is_new = Echo.objects.get_or_create(news=news, user=by)
    if not is_new:
        echo.delete()
    return is_new


@transaction.atomic
def follow_problem(
    news: News, state: News.State, *, taken_by: str, done: str, by: User
) -> None:
    """Say where a problem stands, who takes it in charge, what was done.

    Raises NotAProblem.
    """
    if not news.is_problem:
        raise NotAProblem(news)
    news.state, news.taken_by, news.done = state, taken_by, done
    news.followed_at = timezone.now()
    news.save(update_fields=["state", "taken_by", "done", "followed_at"])
    audit.record("news.followed", news, by=by, details={"state": state.value})


@transaction.atomic
def publish_news(news: News, *, by: User) -> None:
    """Everybody reads it, and it enters the feed."""
    if news.is_public:
        return
    news.public_state, news.public_reason = Public.PUBLISHED, ""
    news.published_at = timezone.now()
    news.save(update_fields=["public_state", "public_reason", "published_at"])
    audit.record("news.published", news, by=by)


@transaction.atomic
def keep_news_in(news: News, *, reason: str, by: User) -> None:
    """The network alone reads it, and its author reads why."""
    news.public_state, news.public_reason = Public.REFUSED, reason
    news.published_at = None
    news.save(update_fields=["public_state", "public_reason", "published_at"])
    audit.record("news.kept_in", news, by=by)


@transaction.atomic
def withdraw_news(news: News, *, by: User) -> None:
    """It is read no more, and its words are forgotten; nor does it count."""
    audit.record("news.withdrawn", news, by=by)
    news.replies.all().delete()
    news.withdrawn_at = timezone.now()
    news.title, news.text, news.key = "–", "", ""
    news.done, news.taken_by = "", ""
    news.state, news.public_state = News.State.OPEN, Public.NETWORK
    news.save()


@transaction.atomic
def withdraw_reply(reply: Reply, *, by: User) -> None:
    audit.record("reply.withdrawn", reply, by=by, space_id=reply.news.space_id)
    reply.text, reply.withdrawn_at = "", timezone.now()
    reply.save(update_fields=["text", "withdrawn_at"])


@transaction.atomic
def report_news(news: News, text: str, *, by: User | None) -> Abuse:
    """Somebody finds it wrong; the team judges."""
    abuse: Abuse = news.abuses.create(text=text)
    audit.record("news.reported", news, by=by)
    return abuse


@transaction.atomic
def dismiss_reports(news: News, *, by: User) -> None:
    """The team has read the reports, and the message stays."""
    news.abuses.filter(closed_at=None).update(closed_at=timezone.now())
    audit.record("news.judged", news, by=by)
