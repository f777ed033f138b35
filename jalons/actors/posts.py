"""Posts and the end of their funding: what is near, what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.actors.models import Post
from jalons.analysis.deadlines import PASSED, months_before, threshold_passed
from jalons.spaces.models import Space

THRESHOLDS = (6, 3, 1)
"""Months before the end: time to apply again, to decide, to tell the person."""


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post, and the last threshold passed before its funding ends."""

    post: Post
    threshold: int | None

    @property
    def warning(self) -> str:
        """What must be said of it; nothing when the end is far."""
        if self.post.funding_ends_on is None:
            return _("end of funding not known")
        if self.threshold is None:
            return ""
        if self.threshold == PASSED:
            return _("funding ended")
        return ngettext(
            "less than %(n)d month left", "less than %(n)d months left", self.threshold
        ) % {"n": self.threshold}


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts of a space by end of funding, those not known last.

    `full_time` adds up the shares; `near_full_time` those that end within six months.
    """

    lines: list[PostLine]
    ended: list[Post]
    full_time: Decimal
    near_full_time: Decimal
    unknown_count: int
    is_simulated: bool


def posts_of(space: Space, today: date) -> Posts:
    """Every post of the space, in one query."""
    posts = list(space.posts.select_related("actor").order_by("funding_ends_on", "pk"))
    current = [line_of(one, today) for one in posts if one.ended_on is None]
    current.sort(key=lambda line: line.post.funding_ends_on or date.max)
    near = [line.post.share for line in current if line.threshold is not None]
    return Posts(
        lines=current,
        ended=[one for one in posts if one.ended_on],
        full_time=sum((line.post.share for line in current), Decimal()),
        near_full_time=sum(near, Decimal()),
        unknown_count=sum(line.post.funding_ends_on is None for line in current),
        is_simulated=any(one.actor.is_simulated for one in posts),
    )


def ending(lines: list[PostLine], by: date) -> list[PostLine]:
    """Those whose funding has ended, or ends by this day."""
    return [
        line
        for line in lines
        if line.post.funding_ends_on is not None and line.post.funding_ends_on <= by
    ]


def line_of(post: Post, today: date) -> PostLine:
    if post.funding_ends_on is None:
        return PostLine(post, None)
    return PostLine(post, threshold_passed(post.funding_ends_on, today, THRESHOLDS))


def thresholds_passed(today: date) -> set[int]:
    """The spaces that have a post whose funding ends within six months, or ended."""
    until = months_before(today, -max(THRESHOLDS) - 1)
    near = Post.objects.filter(ended_on=None, funding_ends_on__lte=until)
    pairs = near.values_list("space_id", "funding_ends_on").distinct()
    return {
        space
        for space, day in pairs
        if day and threshold_passed(day, today, THRESHOLDS) is not None
    }
