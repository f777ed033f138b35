"""To whom each return goes, and why some are not sent.

The address is the one that the team typed, else that of a person of its lists who
decides or works for the territory. Nobody who asked for no more mails, nor an address
known to be dead, is written to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from jalons.invitations.models import Contact, OptOut, Profile, digest_of
from jalons.mail.bounces import dead_addresses
from jalons.returns.content import Reach, reaches
from jalons.returns.models import Return
from jalons.surveys.models import Campaign

OF_THE_TERRITORY = (Profile.DECISION_MAKER, Profile.TERRITORIAL_ENGINEERING)
"""Profiles that answer for the institution, in the order they are written to. A digital
adviser or an association is not told what others answered."""


class State(Enum):
    """Where a return has got; the first three ask something of the team."""

    READY = "ready"
    NO_ADDRESS = "no_address"
    REFUSED = "refused"
    KEPT = "kept"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Line:
    """One territory that answered, and what becomes of its return."""

    code: str
    name: str
    reach: Reach
    state: State
    email: str
    record: Return | None

    @property
    def can_be_addressed(self) -> bool:
        return self.state in (State.READY, State.NO_ADDRESS, State.REFUSED)


def lines(campaign: Campaign, *, at: datetime) -> list[Line]:
    """Each territory that has points, by name (rule 9)."""
    reach = reaches(campaign)
    records = {
        one.territory_id: one
        for one in campaign.returns.select_related("link", "territory")
    }
    listed, refused = _listed(campaign, reach), _refused(campaign)
    territories = campaign.territories.filter(pk__in=reach).order_by("name", "pk")
    found = []
    for code, name in territories.values_list("pk", "name"):
        record = records.get(code)
        email = (record.email if record else "") or listed.get(code, "")
        state = _state(record, reach[code], email, at)
        if state is State.READY and is_refused(campaign, email, refused):
            state = State.REFUSED
        found.append(Line(code, name, reach[code], state, email, record))
    return found


def counts(lines: Iterable[Line]) -> dict[str, int]:
    """How many returns are in each state, all of them counted once."""
    found = Counter(one.state.value for one in lines)
    return {state.value: found[state.value] for state in State}


def _state(record: Return | None, reach: Reach, email: str, at: datetime) -> State:
    if record and record.sent_at:
        return State.SENT if record.is_readable(at=at) else State.WITHDRAWN
    if reach is Reach.NOTHING:
        return State.KEPT
    return State.READY if email else State.NO_ADDRESS


def _listed(campaign: Campaign, codes: Iterable[str]) -> dict[str, str]:
    """One address a territory, from the lists of the space."""
    contacts = Contact.objects.in_space(campaign.space).willing()
    known = contacts.filter(territory__in=list(codes), profile__in=OF_THE_TERRITORY)
    rows = known.order_by("pk").values_list("territory", "profile", "email")
    found: dict[str, str] = {}
    for code, _profile, email in sorted(
        rows, key=lambda row: OF_THE_TERRITORY.index(Profile(row[1]))
    ):
        found.setdefault(code, email)
    return found


def _refused(campaign: Campaign) -> frozenset[str]:
    """Dead addresses, and the prints of those who asked for no more mails."""
    stopped = OptOut.objects.filter(space=campaign.space_id)
    return dead_addresses() | frozenset(stopped.values_list("digest", flat=True))


def is_refused(
    campaign: Campaign, email: str, refused: frozenset[str] | None = None
) -> bool:
    """Whether nobody is to be written to at this address."""
    known = _refused(campaign) if refused is None else refused
    return email in known or digest_of(campaign.space_id, email) in known
