"""Why something sent was not kept, in words that say what to do."""

from __future__ import annotations

from django.utils.functional import Promise


class Refused(Exception):
    """What somebody sent is not kept; the reason is written for them."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = str(reason)
