from __future__ import annotations

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.interviews import guides
from jalons.interviews.figures import KIND, attribution_of
from jalons.interviews.models import Guide, Interview, Quote
from jalons.search import operations as search
from jalons.surveys.models import Campaign


class WithoutConsent(Exception):
    """The person has not agreed to be quoted: their words do not leave the team."""


@transaction.atomic
def record_interview(interview: Interview, *, by: User) -> Interview:
    """Write a new interview, or what was changed in it."""
    is_new = interview.pk is None
    interview.save()
    verb = "interview.recorded" if is_new else "interview.changed"
    _note(verb, interview.campaign, by)
    return interview


@transaction.atomic
def delete_interview(interview: Interview, *, by: User) -> None:
    """Delete an interview with the words quoted from it."""
    _forget(interview.quotes.all())
    _note("interview.deleted", interview.campaign, by)
    interview.delete()


@transaction.atomic
def change_guide(campaign: Campaign, text: str, *, by: User) -> Guide:
    """Write the questions of the survey's interviews; empty, the first ones return."""
    guide, _is_new = Guide.objects.update_or_create(
        campaign=campaign,
        defaults={"text": text.strip() or guides.first_questions()},
    )
    _note("interview_guide.changed", campaign, by)
    return guide


@transaction.atomic
def record_quote(quote: Quote, *, by: User) -> Quote:
    """Write a quote; without consent it leaves the synthesis at once.

    Words from the form of the survey were agreed to "without my territory": none is
    ever shown with them.
    """
    is_new = quote.pk is None
    if quote.origin == Quote.Origin.OPEN_ANSWER:
        quote.level = Quote.Level.NONE
    if quote.consented_on is None:
        quote.consent_how = ""
        _unpick(quote)
    quote.save()
    search.index([_entry(quote)])
    _note("quote.recorded" if is_new else "quote.changed", quote.campaign, by)
    return quote


@transaction.atomic
def delete_quote(quote: Quote, *, by: User) -> None:
    _note("quote.deleted", quote.campaign, by)
    _forget(quote.campaign.quotes.filter(pk=quote.pk))
    quote.delete()


@transaction.atomic
def pick_quote(quote: Quote, *, by: User) -> None:
    """Keep a quote for the synthesis, after those kept before."""
    if quote.consented_on is None:
        raise WithoutConsent(quote)
    if quote.is_picked:
        return
    last = quote.campaign.quotes.picked().aggregate(last=Max("order"))["last"]
    quote.is_picked, quote.order = True, (last or 0) + 1
    quote.picked_at, quote.picked_by = timezone.now(), by
    quote.save()
    _note("quote.picked", quote.campaign, by)


@transaction.atomic
def drop_quote(quote: Quote, *, by: User) -> None:
    """Take a quote out of the synthesis; its words stay with the team."""
    _unpick(quote)
    quote.save()
    _note("quote.dropped", quote.campaign, by)


@transaction.atomic
def raise_quote(quote: Quote) -> None:
    """Print a quote one place earlier in the synthesis."""
    picked = list(quote.campaign.quotes.picked().select_for_update())
    place = picked.index(quote)
    if place:
        picked[place - 1], picked[place] = picked[place], picked[place - 1]
    for order, one in enumerate(picked, start=1):
        one.order = order
    Quote.objects.bulk_update(picked, ["order"])


def _unpick(quote: Quote) -> None:
    quote.is_picked, quote.order = False, 0
    quote.picked_at = quote.picked_by = None


def _forget(quotes: models.QuerySet[Quote]) -> None:
    refs = [str(pk) for pk in quotes.values_list("pk", flat=True)]
    search.remove(KIND, refs)


def _entry(quote: Quote) -> search.Entry:
    return search.Entry(
        kind=KIND,
        ref=str(quote.pk),
        title=quote.text,
        subtitle=attribution_of(quote, quote.campaign),
        body=f"{quote.tags} {quote.text[search.TITLE_LENGTH :]}",
        space_id=quote.campaign.space_id,
    )


def _note(verb: str, campaign: Campaign, by: User) -> None:
    audit.record(verb, campaign, by=by)
