"""An impact page written, its stories agreed and taken back, published, withdrawn."""

from __future__ import annotations

from datetime import date, datetime
from importlib.metadata import version as code_version

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.impact.models import ImpactPage, Publication, StoryCard
from jalons.impact.telling import impact_of
from jalons.roadmaps.operations import claim, hold

SLUG_LENGTH = 60


class WouldClose(Exception):
    """A page is open: publishing for a later day would close it until then."""


class AlreadyWithdrawn(Exception):
    """The page was withdrawn before."""


class InTheFuture(Exception):
    """Nobody agrees on a day that has not come."""


@transaction.atomic
def write_page(page: ImpactPage, *, version: int, by: User) -> ImpactPage:
    """Keep its words and its period. Raises ChangedMeanwhile."""
    roadmap = hold(page.roadmap)
    if page.pk:
        claim(page, version)
    page.written_by = by
    page.save()
    audit.record("impact.written", page, by=by, space_id=roadmap.space_id)
    return page


@transaction.atomic
def agree_card(card: StoryCard, *, by: User, today: date | None = None) -> StoryCard:
    """The person told allows their story on the public page; once more ends a
    withdrawal. Raises InTheFuture."""
    if card.agreed_on > (today or timezone.localdate()):
        raise InTheFuture(card)
    held = StoryCard.objects.select_for_update().filter(story=card.story).first()
    if held is not None:
        held.agreed_on, held.agreed_how = card.agreed_on, card.agreed_how
        held.withdrawn_at = None
        card = held
    card.save()
    space_id = card.page.roadmap.space_id
    audit.record("impact.story_agreed", card.page, by=by, space_id=space_id)
    return card


@transaction.atomic
def take_back_card(card: StoryCard, *, by: User | None) -> None:
    """The story leaves the public page and its files at once; twice is once."""
    stored = StoryCard.objects.select_for_update().get(pk=card.pk)
    if stored.withdrawn_at is None:
        stored.withdrawn_at = timezone.now()
        stored.save(update_fields=["withdrawn_at"])
        space_id = card.page.roadmap.space_id
        audit.record("impact.story_withdrawn", card.page, by=by, space_id=space_id)


@transaction.atomic
def publish(page: ImpactPage, *, public_from: datetime, by: User) -> Publication:
    """Freeze what the page says, open to all from a given moment.

    Published again, it takes the place of the one before at the same address, and ends
    a withdrawal. Raises WouldClose.
    """
    roadmap = hold(page.roadmap)
    found = Publication.objects.select_for_update().filter(page=page).first()
    now = timezone.now()
    if found and found.is_open(now) and public_from > now:
        raise WouldClose(found)
    made = found or Publication(page=page, slug=_slug(page))
    made.told, made.code_version = impact_of(page), code_version("jalons")
    made.public_from = public_from
    made.published_at, made.published_by = now, by
    made.withdrawn_at, made.withdrawn_by, made.withdrawal_reason = None, None, ""
    made.save()
    audit.record(
        "impact.published",
        page,
        by=by,
        space_id=roadmap.space_id,
        details={"public_from": public_from.isoformat()},
    )
    return made


@transaction.atomic
def withdraw(publication: Publication, *, reason: str, by: User) -> None:
    """Close the public address, which from now on only says why."""
    stored = Publication.objects.select_for_update().get(pk=publication.pk)
    if stored.withdrawn_at:
        raise AlreadyWithdrawn(stored)
    stored.withdrawn_at, stored.withdrawn_by = timezone.now(), by
    stored.withdrawal_reason = reason
    stored.save()
    page = publication.page
    audit.record(
        "impact.withdrawn",
        page,
        by=by,
        space_id=page.roadmap.space_id,
        details={"reason": reason},
    )


def _slug(page: ImpactPage) -> str:
    """Readable, and its own: two roadmaps may bear one name."""
    name = slugify(page.roadmap.territory_name)[:SLUG_LENGTH]
    return f"{name}-{page.roadmap_id}".lstrip("-")
