"""A survey read once for the people who answer it together.

Half a second at most, and nothing here says what may be kept: whoever writes asks again
whether it is open (`operations`), and each request reads its own link and answer.
"""

from __future__ import annotations

import time
from copy import copy

from django.conf import settings

from jalons.surveys.models import Campaign

MOST = 64
"""Surveys known at once by a process."""
_kept: dict[str, tuple[float, Campaign]] = {}


def survey_at(slug: str) -> Campaign | None:
    """The survey of a public address, for one request."""
    now = time.monotonic()
    read_at, campaign = _kept.get(slug, (now, None))
    if campaign is None or now - read_at >= settings.GLIMPSE_SECONDS:
        campaign = Campaign.objects.to_answer().filter(slug=slug).first()
        if campaign is None:
            _kept.pop(slug, None)
            return None
        if settings.GLIMPSE_SECONDS:
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[slug] = now, campaign
    return copy(campaign)
