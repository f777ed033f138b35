"""Whether the addresses of the library and of the resources still open.

Each is asked once, a few seconds at most, and only where everybody may go. Its name is
resolved once, and the very machine that was checked is called: a name that leads
elsewhere when asked again (“DNS rebinding”) leads nowhere. Where a page redirects is
not followed. One failure is not a death: an address is dead when it says so (404, 410)
or when its name no longer exists.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.db import transaction
from django.utils.encoding import iri_to_uri

from jalons.library.definitions import from_store
from jalons.library.models import LinkCheck, Sheet
from jalons.resources.models import Resource

SECONDS = 8.0
PORTS = {"http": 80, "https": 443}
GONE = (404, 410)
OPENS = range(200, 400)
# IPv6 addresses that carry another one, of any network, by a translator.
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
Answer = LinkCheck.Answer


@dataclass(frozen=True, slots=True)
class Probed:
    """What one address answered."""

    address: str
    answer: LinkCheck.Answer
    detail: str


class NotPublic(Exception):
    """Its name leads inside a network, or it is no address of the web."""


class _Direct(HTTPConnection):
    """A connection to machines already known, whatever their name says meanwhile."""

    def __init__(
        self, parts: SplitResult, machines: Sequence[str], seconds: float
    ) -> None:
        assert parts.hostname
        self.is_secret = parts.scheme == "https"
        port = parts.port or PORTS[parts.scheme]
        super().__init__(parts.hostname, port, timeout=seconds)
        self.default_port = PORTS[parts.scheme]
        self.machines = machines

    def connect(self) -> None:
        self.sock = self._first_that_answers()
        if self.is_secret:
            # Known before it speaks, so that it may be given up while it does.
            self.sock = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def _first_that_answers(self) -> socket.socket:
        *others, last = self.machines
        for machine in others:
            with suppress(OSError):
                return socket.create_connection((machine, self.port), self.timeout)
        return socket.create_connection((last, self.port), self.timeout)

    def give_up(self) -> None:
        """However slowly it answers."""
        if self.sock:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def addresses() -> list[str]:
    """Every address shown to everybody, each once, in order."""
    sheets = Sheet.objects.public().values_list("content", flat=True)
    links = {from_store(content).link for content in sheets}
    links |= set(Resource.objects.public().values_list("url", flat=True))
    return sorted(links - {""})


def is_public(machine: str) -> bool:
    """Whether everybody may reach this IP address, however it is written."""
    found = ipaddress.ip_address(machine.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.sixtofour or found.teredo or found in TRANSLATED:
            return False
        found = found.ipv4_mapped or found
    return found.is_global and not found.is_multicast


def probe(
    address: str,
    *,
    seconds: float = SECONDS,
    reachable: Callable[[str], bool] = is_public,
) -> Probed:
    """Ask one address whether it opens, `seconds` at most for each step."""
    try:
        status = _status(address, seconds, reachable)
    except NotPublic:
        return Probed(address, Answer.UNSURE, "not asked: inside a network")
    except socket.gaierror as error:
        is_gone = error.errno == socket.EAI_NONAME
        answer = Answer.DEAD if is_gone else Answer.UNSURE
        return Probed(address, answer, "no such name" if is_gone else "no network")
    except (HTTPException, OSError, ValueError) as error:
        return Probed(address, Answer.UNSURE, type(error).__name__)
    return Probed(address, _of_status(status), str(status))


def _status(address: str, seconds: float, reachable: Callable[[str], bool]) -> int:
    """What its machine answers; nothing of the page is read."""
    parts = urlsplit(iri_to_uri(address))
    if parts.scheme not in PORTS or not parts.hostname or parts.port == 0:
        raise NotPublic(address)
    call = _Direct(parts, _machines(parts.hostname, reachable), seconds)
    alarm = Timer(seconds, call.give_up)
    alarm.start()
    try:
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path
        call.request("GET", target or "/", headers={"User-Agent": "Jalons"})
        return call.getresponse().status
    finally:
        alarm.cancel()
        call.close()


def _machines(host: str, reachable: Callable[[str], bool]) -> Sequence[str]:
    """The IP addresses to call. Raises NotPublic when one of them is not public."""
    rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    machines = [str(row[4][0]) for row in rows]
    if not all(map(reachable, machines)):
        raise NotPublic(host)
    return machines


def _of_status(status: int) -> LinkCheck.Answer:
    if status in GONE:
        return Answer.DEAD
    return Answer.OK if status in OPENS else Answer.UNSURE


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
