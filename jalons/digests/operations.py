"""What each one chooses to receive, and the link that stops it all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.actors.posts import thresholds_passed
from jalons.audit import operations as audit
from jalons.digests.models import Subscription
from jalons.digests.sections import POSTS, SECTIONS
from jalons.mail import operations as mail
from jalons.spaces.models import Membership, Role, Space

REASON = "digest"
Rhythm = Subscription.Rhythm


@transaction.atomic
def choose_mails(
    chosen: Subscription, spaces_left_out: Iterable[Space], *, by: User
) -> Subscription:
    """Keep what somebody chose; what was there before the mails were asked is not
    told.

    Two pages sent at once keep the last: nobody has two choices.
    """
    known = Subscription.objects.select_for_update().filter(user=by).first()
    kept = known or Subscription(user=by)
    if known is None or known.rhythm == Rhythm.NEVER:
        kept.told_until = timezone.now()
    kept.rhythm, kept.language = chosen.rhythm, chosen.language
    kept.left_out = list(chosen.left_out)
    kept.save()
    kept.spaces_left_out.set(spaces_left_out)
    if kept.rhythm == Rhythm.NEVER:
        mail.take_back(REASON, by.email)
    audit.record("mails.chosen", kept, by=by)
    return kept


@transaction.atomic
def stop_mails(subscription: Subscription) -> None:
    """By the link of a mail, whoever holds it; one that waits is not sent either."""
    mail.take_back(REASON, subscription.user.email)
    if subscription.rhythm != Rhythm.NEVER:
        subscription.rhythm = Rhythm.NEVER
        subscription.save(update_fields=["rhythm"])
        audit.record("mails.stopped", subscription, by=None)


@transaction.atomic
def subscribe_by_office(today: date) -> int:
    """Whoever manages posts whose funding ends is told, though they asked nothing.

    Weekly, of that only, and until they choose otherwise: to apply again takes six
    months, and a page that nobody opens warns nobody.
    """
    spaces = thresholds_passed(today)
    managing = Membership.objects.filter(
        space__in=spaces, role__in=(Role.EDITOR, Role.OWNER), user__mails=None
    )
    people = managing.filter(user__is_active=True).values_list("user", flat=True)
    others = [one.code for one in SECTIONS if one.code != POSTS]
    new = [
        Subscription(user_id=pk, rhythm=Rhythm.WEEK, left_out=others)
        for pk in sorted(set(people))
    ]
    Subscription.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
