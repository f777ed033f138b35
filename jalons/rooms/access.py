"""Who facilitates on a laptop: whoever started it there, by a word that it printed."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import User
from jalons.rooms.bundles import Bundle, RefusedBundle, check_seal, open_bundle
from jalons.rooms.models import Outing
from jalons.rooms.operations import HOST
from jalons.workshops.models import Workshop

SALT = "jalons.rooms"
GOOD_FOR_SECONDS = 24 * 3600


def word_of_host() -> str:
    """The word by which the facilitator comes in, on the laptop only."""
    return signing.dumps(HOST, salt=SALT)


def find_host(word: str) -> User:
    """The facilitator of a laptop; a 404 on a site, or for any other word."""
    if not settings.IS_ROOM:
        raise Http404
    try:
        signing.loads(word, salt=SALT, max_age=GOOD_FOR_SECONDS)
    except signing.BadSignature:
        raise Http404 from None
    return get_object_or_404(User, email=HOST)


def get_outing_here(workshop: Workshop) -> Outing:
    """The outing that this laptop plays; a 404 on a site."""
    found: Outing = get_object_or_404(workshop.outings, is_here=True)
    return found


def get_outing(workshop: Workshop, pk: int) -> Outing:
    """An outing of a workshop already opened, on the site."""
    found: Outing = get_object_or_404(workshop.outings, pk=pk, is_here=False)
    return found


def find_outing(data: bytes, workshop: Workshop | None = None) -> tuple[Outing, Bundle]:
    """What a file brings back, and to which outing. Raises RefusedBundle."""
    bundle = open_bundle(data, "back")
    known = Outing.objects.filter(key=bundle.outing, is_here=False)
    outing = known.select_related("workshop__meeting__space").first()
    if outing is None or workshop not in (None, outing.workshop):
        raise RefusedBundle(
            _("This file is that of another workshop: choose the file of this one.")
        )
    check_seal(data, outing.secret)
    return outing, bundle
