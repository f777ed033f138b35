"""Two doors to an interest: its centre, and the link of whoever told it."""

from __future__ import annotations

from typing import ClassVar

from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.access import Gone
from jalons.reception.models import Interest
from jalons.reception.secrets import read_token
from jalons.spaces.models import Space


class NoLongerKept(Gone):
    """What was told is erased, by its author or because its time is over."""

    template: ClassVar[str] = "reception/gone.html"


def get_interest(space: Space, pk: int) -> Interest:
    """A confirmed interest of a centre already opened, never of another one."""
    known = Interest.objects.filter(space=space).confirmed().whole()
    found: Interest = get_object_or_404(known, pk=pk)
    return found


def find_interest(token: str) -> Interest:
    """The interest that a link opens. Raises NoLongerKept."""
    key = read_token(token)
    if key is None:
        raise Http404
    known = Interest.objects.filter(key=key, contact__isnull=False)
    found: Interest | None = known.whole().select_related("space").first()
    if found is None:
        raise NoLongerKept
    return found
