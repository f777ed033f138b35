"""What the link of a mail stops; one's own choices."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import get_language

from jalons.accounts.models import User
from jalons.digests.models import Subscription
from jalons.digests.secrets import read_stop


def find_subscription(token: str) -> Subscription:
    """The mails that a link stops; nobody else's."""
    key = read_stop(token)
    found: Subscription | None = (
        Subscription.objects.select_related("user").filter(key=key).first()
        if key
        else None
    )
    if found is None:
        raise Http404
    return found


def subscription_of(user: User) -> Subscription:
    """What somebody chose; a row not kept, that says never, when they chose nothing."""
    found: Subscription | None = Subscription.objects.filter(user=user).first()
    return found or Subscription(
        user=user,
        rhythm=Subscription.Rhythm.NEVER,
        language=(get_language() or "fr")[:2],
    )
