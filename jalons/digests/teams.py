"""Who asks to join one's teams and waits for an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.digests.things import Reader, Thing, Things, by_reader, spaces_in
from jalons.documents.words import date_format
from jalons.spaces.models import JoinRequest, Membership, Space


def requests(readers: Sequence[Reader], at: datetime) -> Things:
    """For owners, who answer; each request was told by a mail of its own, once."""
    known = spaces_in(readers)
    owners = Membership.objects.owners().filter(space__in=known)
    owned = set(owners.values_list("user_id", "space_id"))
    waiting: defaultdict[int, list[JoinRequest]] = defaultdict(list)
    asked = JoinRequest.objects.waiting(at).filter(space__in=known)
    for one in asked.select_related("user"):
        waiting[one.space_id].append(one)

    def told(reader: Reader, space: Space) -> Iterator[Thing]:
        if (reader.user.pk, space.pk) in owned:
            yield from (_of_request(space, one) for one in waiting[space.pk])

    return by_reader(readers, told)


def _of_request(space: Space, request: JoinRequest) -> Thing:
    words = _("%(person)s asks to join: waiting since %(day)s, expires on %(end)s")
    named = {
        "person": request.user,
        "day": _day(request.asked_at),
        "end": _day(request.expires_at),
    }
    return Thing(
        key=f"join-{request.pk}",
        words=words % named,
        path=reverse("spaces:answer", args=[space.pk, request.pk]),
        under=space.name,
        stands=True,
    )


def _day(at: datetime) -> str:
    return date_format(timezone.localdate(at))
