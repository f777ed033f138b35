"""Simulated telephones of a workshop: they join, read, vote and listen over HTTP.

Each does what the page and its script do: the form's own fields and cookies, answers
compressed, one line kept open to be told, the page read again when something was told,
the block of the page given back by what is sent. What
fails for want of an answer is sent again with the same key, as a person would; what the
server refuses is counted as a failure.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

PATIENCE = 30.0
"""Seconds after which an answer is no longer waited for."""
IDLE = 4.0
"""A line unused for longer is opened again: the server closes it after five seconds."""
TOGETHER = 0.25
"""What the script leaves between two readings, so that several events make one."""
PAUSE = 1.0
"""Seconds before somebody who saw no answer tries again."""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
LISTENING = re.compile(r'data-live="([^"]+)" data-live-after="(\d+)"')
HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')
ANSWERED = (200, 204, 302)
AWAY = 503
Told = Callable[[int, str], object]
"""Called with the number and the kind of an event."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said, read whole."""

    status: int
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    text: str


@dataclass(slots=True)
class Tally:
    """What all the telephones saw; a lost answer is a fault of the network.

    `away` counts the answers of a site whose database is away: to be asked again.
    """

    requests: int = 0
    refused: list[str] = field(default_factory=list)
    lost: int = 0
    away: int = 0
    received: int = 0
    joined: int = 0
    seconds: list[float] = field(default_factory=list)
    sent: dict[str, float] = field(default_factory=dict)
    acknowledged: dict[str, tuple[int, int, int]] = field(default_factory=dict)


class Browser:
    """Cookies and one line kept open to a server, as a telephone has.

    `place` is the address that a proxy would say it comes from.
    """

    place = ""

    def __init__(self, port: int, tally: Tally, cookies: Mapping[str, str]) -> None:
        self.port, self.tally, self.cookies = port, tally, dict(cookies)
        self.line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.used_at = 0.0

    async def ask(self, path: str, sent: Mapping[str, str] | None = None) -> Answer:
        """One request and its answer. Raises OSError when no answer came."""
        self.tally.requests += 1
        began = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._ask(path, sent)
        except (OSError, EOFError, ValueError) as lost:
            self.hang_up()
            self.tally.lost += 1
            raise OSError(path) from lost
        self.tally.seconds.append(time.monotonic() - began)
        if answer.status == AWAY:
            self.tally.away += 1
            raise OSError(path)
        if answer.status not in ANSWERED:
            self.tally.refused.append(f"{answer.status} {path}")
        self.cookies.update(answer.cookies)
        return answer

    async def _ask(self, path: str, sent: Mapping[str, str] | None) -> Answer:
        if self.line is None or time.monotonic() - self.used_at > IDLE:
            self.hang_up()
            self.line = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.line
        writer.write(self.request(path, sent))
        await writer.drain()
        status, headers, cookies = await read_head(reader)
        body = await _body(reader, status, headers)
        self.used_at = time.monotonic()
        if headers.get("connection") == "close":
            self.hang_up()
        self.tally.received += len(body)
        if headers.get("content-encoding") == "gzip":
            body = zlib.decompress(body, wbits=31)
        return Answer(status, headers, cookies, body.decode())

    def request(self, path: str, sent: Mapping[str, str] | None = None) -> bytes:
        """One request as it is written on the line."""
        body = urlencode(sent).encode() if sent is not None else b""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = [
            f"{'GET' if sent is None else 'POST'} {path} HTTP/1.1",
            "Host: 127.0.0.1",
            f"Cookie: {cookies}",
            "Accept-Language: fr",
            "Accept-Encoding: gzip",
            "X-Live: block",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
        if self.place:
            head.append(f"X-Forwarded-For: {self.place}")
        return "\r\n".join([*head, "", ""]).encode() + body

    def hang_up(self) -> None:
        if self.line is not None:
            self.line[1].close()
            self.line = None


async def read_head(
    reader: asyncio.StreamReader,
) -> tuple[int, dict[str, str], dict[str, str]]:
    """Status, headers and cookies of an answer."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = [line.split(": ", 1) for line in head[1:] if line]
    cookies = [value for name, value in pairs if name.lower() == "set-cookie"]
    return (
        int(head[0].split(" ")[1]),
        {name.lower(): value for name, value in pairs},
        dict(one.split(";", 1)[0].split("=", 1) for one in cookies),  # type: ignore[misc]
    )


async def _body(
    reader: asyncio.StreamReader, status: int, headers: Mapping[str, str]
) -> bytes:
    if status == 204:
        return b""
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)


class Phone(Browser):
    """One person: their page, what they answer, what they are told."""

    page = ""
    html = ""
    address = ""
    after = 0

    async def join(self, code: str, alias: str) -> None:
        """Type the code, give a first name, read one's page; refused, try again."""
        path = f"/atelier/{code}/"
        html = (await self.again(path)).text
        token = TOKEN.findall(html)[0]
        sent = {"csrfmiddlewaretoken": token, "alias": alias, "family": ""}
        while "location" not in (answer := await self.again(path, sent)).headers:
            await asyncio.sleep(PAUSE)
        self.page = answer.headers["location"]
        await self.read()
        self.tally.joined += 1

    async def read(self, query: str = "") -> None:
        self.html = (await self.again(self.page + query)).text
        self.address, after = LISTENING.findall(self.html)[0]
        self.after = max(self.after, int(after))

    async def again(self, path: str, sent: Mapping[str, str] | None = None) -> Answer:
        """Ask until there is an answer: a person loads the page again."""
        while True:
            try:
                return await self.ask(path, sent)
            except OSError:
                await asyncio.sleep(PAUSE)

    async def rate(self, item: int, impact: int, mastery: int) -> bool:
        """Rate one item; whether the server said that it is counted."""
        key = str(uuid4())
        sent: dict[str, str] = dict(HIDDEN.findall(self.html))
        sent |= {"act": "vote", "key": key, "item": str(item)}
        sent |= {"impact": str(impact), "mastery": str(mastery)}
        self.tally.sent[key] = time.monotonic()
        answer = await self.again(self.page + "envoyer/", sent)
        if answer.status == 200:
            self.tally.acknowledged[key] = (item, impact, mastery)
            self.html = answer.text
        return answer.status == 200

    async def suite(self) -> None:
        """What happened since, asked for as where nothing can be pushed."""
        with suppress(OSError):
            await self.ask(f"{self.address}suite/?apres={self.after}")


async def follow(phone: Browser, address: str, after: int, told: Told) -> None:
    """Listen for ever; opened again where it was whenever it is cut."""
    while True:
        with suppress(OSError, EOFError, ValueError):
            reader, writer = await asyncio.open_connection("127.0.0.1", phone.port)
            try:
                writer.write(phone.request(f"{address}?apres={after}"))
                async with asyncio.timeout(PATIENCE):
                    await read_head(reader)
                async for number, kind in _events(reader):
                    after = number
                    told(number, kind)
            finally:
                writer.close()
        await asyncio.sleep(PAUSE)


async def _events(reader: asyncio.StreamReader) -> AsyncIterator[tuple[int, str]]:
    """Number and kind of each event; the heartbeat shows that the line still lives."""
    number, event = 0, ""
    while True:
        async with asyncio.timeout(PATIENCE):
            line = (await reader.readline()).decode()
        if not line:
            return
        if line.startswith("id: "):
            number = int(line[4:])
        elif line.startswith("event: "):
            event = line[7:].strip()
        elif line.startswith("data: "):
            yield number, json.loads(line[6:]).get("kind", event)
