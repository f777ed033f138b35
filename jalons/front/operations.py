"""What leaving the site entails, across the apps."""

from __future__ import annotations

from django.db import transaction

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.audit.models import Entry
from jalons.privacy import erasure
from jalons.privacy.erasure import Erased
from jalons.privacy.persons import Person
from jalons.spaces.models import Membership, Role, Space
from jalons.spaces.operations import remove_member


class OnlyOwner(Exception):
    """Colleagues would be left in a space that nobody manages."""

    def __init__(self, spaces: list[Space]) -> None:
        super().__init__(", ".join(space.name for space in spaces))
        self.spaces = spaces


def owned_alone(user: User) -> list[Space]:
    """The spaces where this person is the only owner, and not the only member."""
    return [
        membership.space
        for membership in user.memberships.select_related("space")
        if membership.role == Role.OWNER
        and membership.space.memberships.exclude(user=user).exists()
        and not membership.space.memberships.owners().exclude(user=user).exists()
    ]


@transaction.atomic
def erase_person(
    person: Person, *, by: User | None, dry_run: bool = False
) -> list[Erased]:
    """Leave nothing of a person; their work stays, and says that somebody did it.

    Raises OnlyOwner: colleagues choose who manages their space before.
    """
    user = User.objects.filter(email=person.address).first()
    if user and (spaces := owned_alone(user)):
        raise OnlyOwner(spaces)
    if dry_run:
        return erasure.erase(person, dry_run=True)
    for membership in Membership.objects.filter(user=user) if user else ():
        leave(membership, by)
    report = erasure.erase(person)
    if user:
        user.refresh_from_db()
        # The name of an account is the label of the lines about it.
        Entry._base_manager.filter(
            object_type=User._meta.label_lower, object_id=str(user.pk)
        ).update(object_label="")
        audit.record("account.erased", user, by=None if by == user else by)
    return report


def leave(membership: Membership, by: User | None) -> None:
    """Out of a space, even of one that then has nobody."""
    if membership.space.memberships.exclude(pk=membership.pk).exists():
        remove_member(membership, by=by or membership.user)
    else:
        membership.delete()
