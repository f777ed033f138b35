"""Lists and people, as few as a test needs."""

from __future__ import annotations

from datetime import date

from jalons.invitations import loaders, operations
from jalons.invitations.loaders import Sorted
from jalons.invitations.models import ContactList, Invitation
from jalons.invitations.secrets import secret_of
from jalons.spaces.models import Space
from jalons.surveys.models import Campaign
from tests.factories import make_user


def make_list(space: Space, *lines: str, title: str = "Liste") -> ContactList:
    contact_list = ContactList(
        space=space,
        title=title,
        purpose="Interroger les EPCI.",
        source="Annuaire public",
        basis=ContactList.Basis.PUBLIC_TASK,
        purge_on=date(2099, 1, 1),
    )
    operations.save_list(contact_list, by=make_user())
    add_lines(contact_list, *lines)
    return contact_list


def sort_lines(contact_list: ContactList, *lines: str) -> Sorted:
    return loaders.sort_out(contact_list, loaders.read_lines("\n".join(lines)))


def add_lines(contact_list: ContactList, *lines: str) -> None:
    found = sort_lines(contact_list, *lines)
    assert not found.refused
    operations.add_people(contact_list, found.people, by=make_user())


def invite(campaign: Campaign, *lines: str) -> list[Invitation]:
    """Invite the people of a new list to a survey."""
    title = f"Liste {campaign.space.contact_lists.count()}"
    made = make_list(campaign.space, *lines, title=title)
    operations.send_invitations(campaign, [made], by=make_user())
    return list(campaign.invitations.order_by("pk"))


def path_of(invitation: Invitation) -> str:
    return f"/participer/{secret_of(invitation)}/"
