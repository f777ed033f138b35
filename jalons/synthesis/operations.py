from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version as code_version
from typing import Literal, TypeVar

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.observatory.operations import OfInhabitants
from jalons.surveys.frozen import settle_scores
from jalons.surveys.models import Campaign
from jalons.synthesis.composition import compose
from jalons.synthesis.content import to_store
from jalons.synthesis.models import Block, Chapter, Edition, Synthesis
from jalons.synthesis.pieces import Planned

Move = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chapter or a block stands: `number` of `count`, the first being 1."""

    number: int
    count: int


Placed = TypeVar("Placed", Chapter, Block)


class NotClosed(Exception):
    """Answers still arrive: what would be published could change tomorrow."""


class NotReady(Exception):
    """A block cannot be shown: nothing is published with a hole in it."""


class TooFew(Exception):
    """Too few people answered for any figure about them to leave the team."""


class Exposed(Exception):
    """A reader of all the tables could find a small count: nothing is published."""


class AlreadyWithdrawn(Exception):
    """The synthesis was withdrawn before."""


@transaction.atomic
def start_synthesis(
    campaign: Campaign, *, title: str, plan: Sequence[Planned], by: User
) -> Synthesis:
    """Start from a plan to change; a synthesis already started is left as it is."""
    found, is_new = Synthesis.objects.get_or_create(
        campaign=campaign, defaults={"title": title, "started_by": by}
    )
    if not is_new:
        return found
    for position, planned in enumerate(plan):
        chapter = Chapter.objects.create(
            synthesis=found, title=planned.title, position=position
        )
        Block.objects.bulk_create(
            Block(
                chapter=chapter,
                piece=piece,
                position=at,
                is_on_slides=piece not in planned.only_in_report,
            )
            for at, piece in enumerate(planned.pieces)
        )
    audit.record("synthesis.started", campaign, by=by)
    return found


@transaction.atomic
def describe(synthesis: Synthesis, *, by: User) -> None:
    """Keep the title, the people and the thanks typed on a form."""
    synthesis.save()
    _changed(synthesis, by, _("title and people"))


@transaction.atomic
def add_chapter(synthesis: Synthesis, title: str, *, by: User) -> Chapter:
    chapter = Chapter.objects.create(
        synthesis=synthesis, title=title, position=_next(synthesis.chapters.all())
    )
    _changed(synthesis, by, title)
    return chapter


@transaction.atomic
def rename_chapter(chapter: Chapter, title: str, *, by: User) -> None:
    chapter.title = title
    chapter.save(update_fields=["title"])
    _changed(chapter.synthesis, by, title)


@transaction.atomic
def add_block(block: Block, *, by: User) -> None:
    """Add a block at the end of its chapter."""
    block.position = _next(block.chapter.blocks.all())
    block.save()
    _changed(block.chapter.synthesis, by, block.piece)


@transaction.atomic
def change_block(block: Block, *, by: User) -> None:
    block.save(update_fields=["text", "is_on_slides", "piece"])
    _changed(block.chapter.synthesis, by, block.piece)


@transaction.atomic
def move_chapter(chapter: Chapter, move: Move, *, by: User) -> Place:
    """Take a chapter one place up or down; where it stands then."""
    synthesis = chapter.synthesis
    place = _move(list(synthesis.chapters.select_for_update()), chapter, move)
    _changed(synthesis, by, f"{move} {chapter.title}")
    return place


@transaction.atomic
def move_block(block: Block, move: Move, *, by: User) -> Place:
    """Take a block one place up or down in its chapter; where it stands then."""
    chapter = block.chapter
    place = _move(list(chapter.blocks.select_for_update()), block, move)
    _changed(chapter.synthesis, by, f"{move} {block.piece}")
    return place


@transaction.atomic
def remove_chapter(chapter: Chapter, *, by: User) -> None:
    """Take a chapter out of the synthesis, with all that it shows."""
    chapter.delete()
    _changed(chapter.synthesis, by, f"remove {chapter.title}")


@transaction.atomic
def remove_block(block: Block, *, by: User) -> None:
    """Take a block out of its chapter."""
    block.delete()
    _changed(block.chapter.synthesis, by, f"remove {block.piece}")


@transaction.atomic
def publish(synthesis: Synthesis, *, public_from: datetime, by: User) -> Edition:
    """Freeze what the public will read, and open its address from a given moment.

    The tables of the synthesis are checked together, and beside those of the
    restitution. Publishing again replaces what was published, and ends a withdrawal.
    """
    campaign = Campaign.objects.select_for_update(of=("self",)).get(
        pk=synthesis.campaign_id
    )
    if campaign.is_of_inhabitants:
        raise OfInhabitants
    if not campaign.is_closed:
        raise NotClosed(campaign)
    composed = compose(synthesis)
    if composed.restitution.is_too_few:
        raise TooFew(campaign)
    if composed.content.missing:
        told = [f"{one.title}: {one.reason}" for one in composed.content.missing]
        raise NotReady(*told)
    if composed.exposed_cells:
        raise Exposed(synthesis)
    edition, _is_new = Edition.objects.update_or_create(
        synthesis=synthesis,
        defaults={
            "content": to_store(composed.content),
            "public_from": public_from,
            "code_version": code_version("jalons"),
            "published_at": timezone.now(),
            "published_by": by,
            "withdrawn_at": None,
            "withdrawn_by": None,
            "withdrawal_reason": "",
        },
    )
    settle_scores(campaign, by=by)
    details = {"public_from": public_from.isoformat()}
    audit.record("synthesis.published", campaign, by=by, details=details)
    return edition


@transaction.atomic
def withdraw(edition: Edition, *, reason: str, by: User) -> None:
    """Close the public address, which from now on only says why."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.withdrawn_at:
        raise AlreadyWithdrawn(edition)
    edition.withdrawn_at, edition.withdrawn_by = timezone.now(), by
    edition.withdrawal_reason = reason
    edition.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    audit.record(
        "synthesis.withdrawn",
        edition.synthesis.campaign,
        by=by,
        details={"reason": reason},
    )


def _next(placed: QuerySet[Chapter] | QuerySet[Block]) -> int:
    found = placed.aggregate(last=Max("position"))["last"]
    return 0 if found is None else found + 1


def _move(placed: list[Placed], one: Placed, move: Move) -> Place:
    at = placed.index(one)
    to = at - 1 if move == "up" else at + 1
    if 0 <= to < len(placed):
        placed[at], placed[to] = placed[to], placed[at]
    for position, each in enumerate(placed):
        each.position = position
        each.save(update_fields=["position"])
    return Place(placed.index(one) + 1, len(placed))


def _changed(synthesis: Synthesis, by: User, what: str) -> None:
    details = {"what": what}
    audit.record("synthesis.changed", synthesis.campaign, by=by, details=details)
