"""Whether the addresses of the library and of the resources still open.

Each is asked once, a few seconds at most, and only where everybody may go: an address
that leads inside our own network is not asked. One failure is not a death: an address
is dead when it says so (404, 410) or when its name no longer exists.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.db import transaction

from jalons.library.definitions import from_store
from jalons.library.models import LinkCheck, Sheet
from jalons.resources.models import Resource

SECONDS = 8
GONE = (404, 410)
REDIRECTED = range(300, 400)
Answer = LinkCheck.Answer


@dataclass(frozen=True, slots=True)
class Probed:
    """What one address answered."""

    address: str
    answer: LinkCheck.Answer
    detail: str


class _Stay(HTTPRedirectHandler):
    """Where it leads is not followed: it could be inside our network."""

    def redirect_request(self, *args: object) -> None:
        return None


def addresses() -> list[str]:
    """Every address shown to everybody, each once, in order."""
    sheets = Sheet.objects.public().values_list("content", flat=True)
    links = {from_store(content).link for content in sheets}
    links |= set(Resource.objects.public().values_list("url", flat=True))
    return sorted(links - {""})


def probe(address: str) -> Probed:
    """Ask one address whether it opens."""
    host = urlsplit(address).hostname or ""
    try:
        if not host or not _is_public(host):
            return Probed(address, Answer.UNSURE, "not asked: inside a network")
        request = Request(address, headers={"User-Agent": "Jalons"})
        with build_opener(_Stay).open(request, timeout=SECONDS) as response:
            return Probed(address, Answer.OK, str(response.status))
    except HTTPError as error:
        return Probed(address, _of_status(error.code), str(error.code))
    except socket.gaierror as error:
        is_gone = error.errno == socket.EAI_NONAME
        answer = Answer.DEAD if is_gone else Answer.UNSURE
        return Probed(address, answer, "no such name" if is_gone else "no network")
    except (URLError, HTTPException, OSError, ValueError) as error:
        return Probed(address, Answer.UNSURE, type(error).__name__)


def _of_status(status: int) -> LinkCheck.Answer:
    if status in GONE:
        return Answer.DEAD
    return Answer.OK if status in REDIRECTED else Answer.UNSURE


def _is_public(host: str) -> bool:
    """Whether every address of a name is one that everybody may reach."""
    found = {row[4][0] for row in socket.getaddrinfo(host, None)}
    return all(ipaddress.ip_address(one).is_global for one in found)


@transaction.atomic
def keep_checks(probed: Iterable[Probed], at: datetime) -> None:
    """What was answered, and since when an address is dead."""
    known = {one.address: one for one in LinkCheck.objects.all()}
    for one in probed:
        check = known.get(one.address) or LinkCheck(address=one.address)
        is_dead = one.answer == Answer.DEAD
        check.dead_since = (check.dead_since or at) if is_dead else None
        check.answer, check.detail, check.checked_at = one.answer, one.detail, at
        check.save()
    shown = {one.address for one in probed}
    LinkCheck.objects.exclude(address__in=shown).delete()


def check_links(
    at: datetime, *, dry_run: bool, asking: Callable[[str], Probed] = probe
) -> list[Probed]:
    """Ask every address; without `dry_run`, keep what they answered."""
    probed = [asking(one) for one in addresses()]
    if not dry_run:
        keep_checks(probed, at)
    return probed
