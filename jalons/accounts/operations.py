from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from jalons.accounts.models import Link, User
from jalons.audit import operations as audit


@transaction.atomic
def open_account(email: str) -> User:
    """The account of a person who has just proved that this address is theirs.

    Called once the code is typed, never when it is asked for: an address typed by
    someone else leaves no row.
    """
    email = email.strip().lower()
    if known := User.objects.filter(email=email).first():
        return known
    try:
        with transaction.atomic():
            user = User.objects.create_user(email=email)
    except IntegrityError:
        return User.objects.get(email=email)
    audit.record("account.opened", user, by=user)
    return user


@transaction.atomic
def change_name(user: User, *, name: str) -> None:
    user.name = name
    user.save(update_fields=["name"])
    audit.record("account.renamed", user, by=user)


@transaction.atomic
def set_administrator(user: User, is_administrator: bool, *, by: User | None) -> None:
    """Give or take back the right to load figures and freeze indices on screen."""
    user.is_staff = is_administrator
    user.save(update_fields=["is_staff"])
    audit.record("account.administrator", user, by=by, details={"is": is_administrator})


def give_link(purpose: str, *, expires_at: datetime | None) -> tuple[Link, str]:
    """A new personal link and its secret, which is shown or sent now or never."""
    secret = Link.new_secret()
    link = Link.objects.create(
        purpose=purpose, digest=Link.digest_of(secret), expires_at=expires_at
    )
    return link, secret


def give_links(purpose: str, secrets: Sequence[str]) -> list[Link]:
    """Personal links without an end, written at once, for secrets already made."""
    links = [Link(purpose=purpose, digest=Link.digest_of(one)) for one in secrets]
    return Link.objects.bulk_create(links)


def revoke_link(link: Link) -> None:
    """Make the link refuse whoever holds it; revoking twice keeps the first date."""
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
