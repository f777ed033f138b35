"""How far the invitations of a survey have got: counts, never who answered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.analysis.gathering import Gathered, Line, gather
from jalons.invitations.models import Contact, ContactList, Invitation, Profile
from jalons.invitations.recipients import (
    INFORM_WITHIN,
    INVITED,
    REMINDED,
    due_among,
)
from jalons.mail.models import Bounce, Message
from jalons.surveys.models import Campaign
from jalons.territories.models import CURRENT_YEAR, Membership, Territory, held_in


@dataclass(frozen=True, slots=True)
class Delivery:
    """Mails of invitation about one territory, one profile, or all of them.

    `lost` counts the addresses that refuse mail, `stopped` the people who asked for
    no more; `sent` the mails accepted by a mail server.
    """

    name: str
    invited: int
    sent: int
    lost: int
    stopped: int


@dataclass(frozen=True, slots=True)
class Failure:
    """An address that refuses mail, with the words of its server."""

    contact: Contact
    bounce: Bounce


@dataclass(frozen=True, slots=True)
class Tracking:
    """The follow-up of the invitations of a survey.

    `answers` are gathered by département, `by_profile` by profile: five people
    invited at least on each line (`analysis.gathering`).
    """

    whole: Delivery
    territories: tuple[Delivery, ...]
    answers: tuple[Gathered, ...]
    by_profile: tuple[Gathered, ...]
    answered: int | None
    failures: tuple[Failure, ...]
    uncertain: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class ListState:
    """A list: its people, those to be informed, and by when for the first of them."""

    contact_list: ContactList
    count: int
    opted_out_count: int
    to_inform_count: int
    inform_before: date | None


def tracking(campaign: Campaign, *, at: datetime) -> Tracking:
    """Everything the follow-up page shows."""
    invitations = list(
        campaign.invitations.select_related("contact__territory", "territory", "link")
    )
    sent = _sent_addresses(campaign)
    lost = {bounce.address: bounce for bounce in _bounces(invitations)}
    places = _departement_names(campaign)

    def deliveries(found: Iterable[Invitation], name: str) -> Delivery:
        return _delivery(found, name, sent, set(lost))

    whole = gather([_line("", invitations)])
    return Tracking(
        whole=deliveries(invitations, ""),
        territories=tuple(
            deliveries(found, name)
            for name, found in _grouped(invitations, _territory_name).items()
        ),
        answers=_answers(
            invitations, lambda one: places.get(one.territory_id or "", _elsewhere())
        ),
        by_profile=_answers(invitations, _profile_name),
        answered=whole[0].done if whole else 0,
        failures=_failures(invitations, lost),
        uncertain=tuple(uncertain_messages(campaign, at=at)),
    )


def uncertain_messages(campaign: Campaign, *, at: datetime) -> QuerySet[Message]:
    """The mails of a survey that arrived or not, nobody knows."""
    uncertain = Message.objects.uncertain(at=at)
    found: QuerySet[Message] = uncertain.filter(_of(campaign)).order_by("recipient")
    return found


def list_state(contact_list: ContactList, *, today: date) -> ListState:
    return list_states([contact_list], today=today)[0]


def list_states(lists: Iterable[ContactList], *, today: date) -> list[ListState]:
    """Several lists, in as many queries as one."""
    by_pk = {one.pk: one for one in lists}
    contacts = list(Contact.objects.filter(contact_list__in=by_pk).order_by("pk"))
    counted = Counter(one.contact_list_id for one in contacts)
    stopped = Counter(one.contact_list_id for one in contacts if one.opted_out_at)
    due: defaultdict[int, list[Contact]] = defaultdict(list)
    for contact in due_among(contacts, today=today):
        due[contact.contact_list_id].append(contact)
    return [
        ListState(
            contact_list=one,
            count=counted[pk],
            opted_out_count=stopped[pk],
            to_inform_count=len(due[pk]),
            inform_before=_first_day(due[pk]),
        )
        for pk, one in by_pk.items()
    ]


def _first_day(due: Iterable[Contact]) -> date | None:
    first = min((timezone.localdate(one.added_at) for one in due), default=None)
    return first + INFORM_WITHIN if first else None


def _of(campaign: Campaign) -> Q:
    """The mails of a survey in the outbox."""
    reminders = Q(reason=REMINDED, period__startswith=f"{campaign.pk}-")
    return reminders | Q(reason=INVITED, period=str(campaign.pk))


def _sent_addresses(campaign: Campaign) -> set[str]:
    sent = Message.objects.filter(
        reason=INVITED, period=str(campaign.pk), state=Message.State.SENT
    )
    return set(sent.values_list("recipient", flat=True))


def _bounces(invitations: Iterable[Invitation]) -> QuerySet[Bounce]:
    addresses = {one.contact.email for one in invitations if one.contact}
    return Bounce.objects.filter(address__in=addresses)


def _delivery(
    invitations: Iterable[Invitation], name: str, sent: set[str], lost: set[str]
) -> Delivery:
    counts: Counter[str] = Counter()
    for one in invitations:
        counts["invited"] += 1
        if one.contact is None:
            continue
        counts["lost"] += one.contact.email in lost
        counts["sent"] += one.contact.email in sent
        counts["stopped"] += one.contact.opted_out_at is not None
    return Delivery(
        name, counts["invited"], counts["sent"], counts["lost"], counts["stopped"]
    )


def _grouped(
    invitations: Iterable[Invitation], name_of: Callable[[Invitation], str]
) -> dict[str, list[Invitation]]:
    groups: defaultdict[str, list[Invitation]] = defaultdict(list)
    for one in invitations:
        groups[name_of(one)].append(one)
    return dict(sorted(groups.items()))


def _answers(
    invitations: Iterable[Invitation], name_of: Callable[[Invitation], str]
) -> tuple[Gathered, ...]:
    groups = _grouped(invitations, name_of)
    return gather([_line(name, found) for name, found in groups.items()])


def _line(name: str, invitations: Iterable[Invitation]) -> Line:
    served = [one.link.used_on is not None for one in invitations]
    return Line(name, len(served), sum(served))


def _territory_name(invitation: Invitation) -> str:
    return invitation.territory.name if invitation.territory else _elsewhere()


def _profile_name(invitation: Invitation) -> str:
    if not invitation.profile:
        return _("profile not given")
    return str(Profile(invitation.profile).label)


def _elsewhere() -> str:
    return _("territory not given")


def _departement_names(campaign: Campaign) -> dict[str, str]:
    """The département in which each territory of an invitation is counted."""
    codes = campaign.invitations.exclude(territory=None).values("territory")
    held = Membership.objects.filter(
        held_in(CURRENT_YEAR),
        member__in=codes,
        group__kind=Territory.Kind.DEPARTEMENT,
    )
    own = Territory.objects.filter(pk__in=codes)
    return dict(own.values_list("pk", "name")) | dict(
        held.values_list("member_id", "group__name")
    )


def _failures(
    invitations: Iterable[Invitation], lost: dict[str, Bounce]
) -> tuple[Failure, ...]:
    found = [
        Failure(one.contact, lost[one.contact.email])
        for one in invitations
        if one.contact and one.contact.email in lost
    ]
    return tuple(sorted(found, key=lambda one: one.contact.email))
