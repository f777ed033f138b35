"""Why something sent was not kept, in words that say what to do."""

from __future__ import annotations

from django.utils.functional import Promise


class Refused(Exception):
    """What somebody sent is not kept; the reason is written for them.

    It is said in the language of who reads it: a vote may be refused by the thread that
    writes for several people.
    """

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)

    @property
    def reason(self) -> str:
        return str(self.args[0])
