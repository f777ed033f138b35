from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from jalons.accounts.models import Link, User
from jalons.accounts.operations import give_link, revoke_link
from jalons.audit import operations as audit
from jalons.invitations.letters import stop_url
from jalons.invitations.models import digest_of
from jalons.mail import operations as mail
from jalons.returns.content import content_of, from_store, to_store
from jalons.returns.models import Return
from jalons.returns.recipients import Line, State, is_refused, lines
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory

SENT = "territory-return"


class NotClosed(Exception):
    """Scores are not frozen: what would be sent might change."""


class AnswersErased(Exception):
    """The answers are gone at the date announced: nothing explains the points now."""


class AlreadySent(Exception):
    """The return left already: its address can no longer change."""


class AddressRefuses(Exception):
    """The person asked for no more mails, or the address is known to be dead."""


class NotSent(Exception):
    """There is no link to withdraw or to replace."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How many mails were put in the outbox."""

    count: int


@transaction.atomic
def address_return(
    campaign: Campaign, territory: Territory, *, email: str, by: User
) -> Return:
    """Choose to whom the return of a territory goes; empty, as the lists say."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    record, _is_new = Return.objects.get_or_create(
        campaign=campaign, territory=territory
    )
    if record.sent_at:
        raise AlreadySent(record)
    record.email = email.strip().lower()
    record.save(update_fields=["email"])
    audit.record("return.addressed", record, by=by)
    return record


@transaction.atomic
def send_returns(campaign: Campaign, *, by: User, at: datetime) -> Sent:
    """Send each territory that may receive it its return, once, whoever presses."""
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    _check(locked)
    ready = [one for one in lines(campaign, at=at) if one.state is State.READY]
    for line in ready:
        _send(_made(campaign, line), by=by, at=at)
    audit.record("returns.sent", campaign, by=by, details={"count": len(ready)})
    return Sent(len(ready))


@transaction.atomic
def withdraw_return(record: Return, *, by: User) -> None:
    """The link opens nothing any more; what was sent stays in the journal."""
    if record.link is None:
        raise NotSent(record)
    revoke_link(record.link)
    audit.record("return.withdrawn", record, by=by)


@transaction.atomic
def send_again(record: Return, *, by: User, at: datetime) -> None:
    """Send the same return by a new link, which ends the former one."""
    locked = Campaign.objects.select_for_update().get(pk=record.campaign_id)
    _check(locked)
    record = Return.objects.select_related("campaign", "territory", "link").get(
        pk=record.pk
    )
    if record.link is None:
        raise NotSent(record)
    if is_refused(locked, record.email):
        raise AddressRefuses(record)
    revoke_link(record.link)
    _send(record, by=by, at=at)
    audit.record("return.sent_again", record, by=by)


def last_moment(campaign: Campaign) -> datetime:
    """When the links end: with the day until which answers are kept."""
    after = campaign.answers_kept_until + timedelta(days=1)
    zone = ZoneInfo(campaign.space.time_zone)
    return datetime.combine(after, time.min).replace(tzinfo=zone)


def _check(campaign: Campaign) -> None:
    if not campaign.is_closed:
        raise NotClosed(campaign)
    if campaign.has_erased_answers:
        raise AnswersErased(campaign)


def _made(campaign: Campaign, line: Line) -> Return:
    """The return with its content, made now and never again."""
    found = content_of(campaign, line.code, line.reach)
    assert found is not None  # a line that is ready has something to say
    record = line.record or Return(campaign=campaign, territory_id=line.code)
    record.email, record.content = line.email, to_store(found)
    return record


def _send(record: Return, *, by: User, at: datetime) -> None:
    campaign = record.campaign
    record.link, secret = give_link(
        Link.Purpose.RETURN, expires_at=last_moment(campaign)
    )
    record.sent_at, record.sent_by = at, by
    record.sent_count += 1
    record.save()
    path = reverse("returns:read", args=[secret])
    # What is promised is what is given: advice only where there is some.
    detail = from_store(record.content).detail
    mail.queue(
        SENT,
        record.email,
        period=f"{campaign.pk}-{record.territory_id}-{record.sent_count}",
        context={
            "campaign": campaign,
            "territory": record.territory,
            "has_detail": detail is not None,
            "has_advice": bool(detail and detail.proposals),
            "url": f"{settings.SITE_URL}{path}",
            "reply_to": by.email,
            "stop": stop_url(
                campaign.space_id, digest_of(campaign.space_id, record.email)
            ),
        },
    )
