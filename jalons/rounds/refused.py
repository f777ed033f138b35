"""What is told to a telephone whose sending is refused: a reason, and what to do.

The telephone keeps what is refused, so that nothing is lost: the surveyor reads why.
"""

from __future__ import annotations

from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Reason = Literal[
    "malformed",
    "too_large",
    "unknown_format",
    "unreadable",
    "foreign_round",
    "wrong_version",
    "unknown_device",
    "revoked",
    "closed",
    "outside",
    "answers",
    "conflict",
]

MESSAGES: dict[Reason, str | Promise] = {
    "malformed": _(
        "This record cannot be read. Keep it, export it to a file and give it to "
        "the person in charge of the survey."
    ),
    "too_large": _(
        "This record is far too long to be one. Export it to a file and give it to "
        "the person in charge of the survey."
    ),
    "unknown_format": _(
        "The application of this phone is too old or too new: open it with the network "
        "so that it is brought up to date, then send again."
    ),
    "unreadable": _(
        "This record was damaged, or sealed for another survey. Export it to a file "
        "and give it to the person in charge of the survey."
    ),
    "foreign_round": _(
        "This record belongs to another survey: sign in with the code of that "
        "survey, then send again."
    ),
    "wrong_version": _(
        "The questions of this interview are not those of this survey. Export it to a "
        "file and give it to the person in charge of the survey."
    ),
    "unknown_device": _(
        "This phone is not signed in, or no longer is: sign in again with your code. "
        "What waits on it stays."
    ),
    "revoked": _(
        "This phone was stopped by the person in charge of the survey: ask them for a "
        "new code. What waits on it stays."
    ),
    "closed": _(
        "The survey is closed: nothing more can enter it. Tell the person in charge, "
        "then delete this record."
    ),
    "outside": _(
        "The commune is not one of those surveyed. Export this record to a file and "
        "give it to the person in charge of the survey."
    ),
    "answers": _(
        "Some answers do not go with the questions. Export the interview to a file and "
        "give it to the person in charge of the survey."
    ),
    "conflict": _(
        "Another interview was already received under the same number. Export this one "
        "to a file and give it to the person in charge of the survey."
    ),
}

FOR_TEAM: dict[Reason, str | Promise] = {
    "malformed": _("This record cannot be read: export it again from the phone."),
    "too_large": _("This record is far too long to be one."),
    "unreadable": _(
        "This record was damaged, or sealed for another survey: export it again from "
        "the phone."
    ),
    "wrong_version": _("Its questions are not those of this survey today."),
    "outside": _("Its commune is not one of those surveyed."),
    "answers": _("Some of its answers do not go with the questions."),
    "conflict": _(
        "Another interview was already received under the same number: that one holds."
    ),
}
"""What the person in charge reads, when a phone’s file is brought."""


class Refused(Exception):
    """What was sent is not kept by the server; `fields` says where, when that helps.

    `fits` counts the answers that could be kept all the same, for the person in charge
    to decide, out of those given.
    """

    def __init__(
        self,
        reason: Reason,
        fields: tuple[tuple[str, str, str], ...] = (),
        fits: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.message = str(MESSAGES[reason])
        self.fields = fields
        self.fits = fits

    @property
    def for_team(self) -> str:
        return str(FOR_TEAM.get(self.reason, self.message))
