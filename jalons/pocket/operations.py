from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.pocket.incoming import take
from jalons.pocket.words import named_kinds
from jalons.rounds.models import Round
from jalons.rounds.refused import Refused

FORMAT = "jalons-pocket-1"
MOST_RECORDS = 5000
"""A surveyor makes a few hundred; beyond, the file is something else."""


class NotAnExport(Exception):
    """The file is not one that a telephone exports; the message says the mend."""


@dataclass(frozen=True, slots=True)
class Left:
    """A record that was not taken: its place in the file, what it is, and why.

    `fits`: how many of its answers could be taken all the same, out of how many.
    """

    place: int
    name: str
    message: str
    fits: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file held: records kept now, those kept before, those refused."""

    stored: int
    known: int
    left: tuple[Left, ...]

    @property
    def in_part(self) -> int:
        """Interviews of which some answers could be taken."""
        return sum(one.fits is not None for one in self.left)


def read_export(content: bytes) -> list[object]:
    """The sealed records of a file exported by a telephone, or `NotAnExport`."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        message = _("Line %(line)s cannot be read: the file is cut, or is another one.")
        raise NotAnExport(message % {"line": line}) from error
    if not isinstance(said, Mapping) or said.get("format") != FORMAT:
        raise NotAnExport(_("This file was not exported by the field survey."))
    envelopes = said.get("envelopes")
    if not isinstance(envelopes, list) or len(envelopes) > MOST_RECORDS:
        raise NotAnExport(_("This file holds no list of interviews, or too many."))
    return envelopes


def bring_file(
    round: Round, content: bytes, *, by: User, in_part: bool = False
) -> Brought:
    """Keep what a telephone could not send; the same file again changes nothing.

    Each record is written alone: one that is refused stops none of the others.
    `in_part`: interviews made with other questions give what they have in common.
    """
    counted: Counter[str] = Counter()
    left = []
    for place, envelope in enumerate(read_export(content), start=1):
        try:
            counted[take(round, None, envelope, in_part=in_part).status] += 1
        except Refused as refusal:
            name = _name_of(envelope)
            left.append(Left(place, name, refusal.for_team, refusal.fits))
    brought = Brought(counted["stored"], counted["known"], tuple(left))
    details = {"stored": brought.stored, "known": brought.known, "left": len(left)}
    details["in_part"] = in_part
    audit.record("round.file", round.campaign, by=by, details=details)
    return brought


def _name_of(envelope: object) -> str:
    kind = envelope.get("kind") if isinstance(envelope, Mapping) else ""
    return named_kinds().get(str(kind), _("Unknown record"))
