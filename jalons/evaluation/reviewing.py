"""Reviews that judge and decide, and the stories they keep."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.evaluation.measuring import InTheFuture
from jalons.evaluation.models import Review, Story
from jalons.evaluation.operations import note
from jalons.roadmaps.operations import claim, hold


class NotAgreed(Exception):
    """A story is kept only when the person agrees to its being quoted."""


@transaction.atomic
def add_review(review: Review, *, by: User, today: date | None = None) -> Review:
    """A review that was held. Raises InTheFuture."""
    hold(review.evaluation.roadmap)
    if review.held_on > (today or timezone.localdate()):
        raise InTheFuture(review)
    review.written_by = by
    review.save()
    note("evaluation.reviewed", review, review.evaluation, by)
    return review


@transaction.atomic
def save_review(
    review: Review, *, version: int, by: User, today: date | None = None
) -> None:
    """Keep a review as it was changed. Raises ChangedMeanwhile, InTheFuture."""
    if review.held_on > (today or timezone.localdate()):
        raise InTheFuture(review)
    claim(review, version)
    review.save()
    note("evaluation.review_changed", review, review.evaluation, by)


@transaction.atomic
def keep_story(story: Story, *, by: User) -> Story:
    """A story of change. Raises NotAgreed."""
    if not story.is_agreed:
        raise NotAgreed(story)
    story.save()
    note("evaluation.story_told", story.review, story.review.evaluation, by)
    return story


@transaction.atomic
def remove_story(story: Story, *, by: User) -> None:
    note("evaluation.story_removed", story.review, story.review.evaluation, by)
    story.delete()
