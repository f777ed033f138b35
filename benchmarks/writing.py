"""Two people who write in one workstream for a while, and the ledger of what was kept.

Each opens the form, thinks, changes something at random and sends it, as a browser
does. What the server acknowledged is noted with the version that it made; what it
refused, with what was shown. Refused, a person puts both together and sends again.
Afterwards the ledger is compared with the history that the server kept.
"""

from __future__ import annotations

import random
import string
import threading
import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

TEXTS = ("success", "feasibility")
LINES = ("leads", "does", "involved", "available", "to_secure", "obstacle")
TICKS = ("is_transversal", "is_strategic", "is_feasible")
MOST_WORDS = 20
"""A field stays shorter than what its form accepts."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the server said it kept, and the version that this made."""

    version: int
    sent: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Refused:
    """What was not kept, the version that stood there, and what the page showed."""

    version: int
    sent: Mapping[str, str]
    shown: str


@dataclass(slots=True)
class Ledger:
    """What one writer was told."""

    kept: list[Kept] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class _Page(HTMLParser):
    """The fields of the form that holds a version, and the words of the warning."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.alert: list[str] = []
        self.area = ""
        self.depth = 0
        self.feed(html)

    @property
    def fields(self) -> dict[str, str]:
        return next(one for one in self.forms if "version" in one)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if self.depth:
            self.depth += tag == "div"
        elif given.get("role") == "alert":
            self.depth = 1
        if tag == "form":
            self.forms.append({})
        elif tag == "textarea" and self.forms:
            self.area = name
            self.forms[-1][name] = ""
        elif tag == "input" and name and self.forms:
            is_tick = given.get("type") in ("checkbox", "radio")
            if not is_tick or "checked" in given:
                self.forms[-1][name] = given.get("value") or ("on" if is_tick else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        if tag == "div" and self.depth:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1][self.area] += data
        if self.depth:
            self.alert.append(data)


class Writer(threading.Thread):
    """One person, on one page, until the end of the time given."""

    def __init__(
        self, address: str, session: str, name: str, *, seconds: float, pause: float
    ) -> None:
        super().__init__(name=name)
        self.address, self.session = address, session
        self.random = random.Random(name)
        self.token = "".join(self.random.choices(string.ascii_letters, k=32))
        self.seconds, self.pause = seconds, pause
        self.count = 0
        self.ledger = Ledger()

    def run(self) -> None:
        end = time.monotonic() + self.seconds
        try:
            while time.monotonic() < end:
                self.write()
        except Exception as error:  # told by the test, which waits for the thread
            self.ledger.errors.append(repr(error))

    def write(self) -> None:
        """One change; refused, both wordings are put together until it is kept."""
        _url, html = self.ask()
        fields = _Page(html).fields
        time.sleep(self.random.uniform(0, self.pause))
        self.change(fields)
        while True:
            url, html = self.ask(fields)
            if url != self.address:
                version = int(fields["version"]) + 1
                self.ledger.kept.append(Kept(version, dict(fields)))
                return
            page = _Page(html)
            shown = " ".join(page.alert)
            version = int(page.fields["version"])
            if version == int(fields["version"]):
                raise AssertionError(f"not kept, without a conflict: {shown}")
            self.ledger.refused.append(Refused(version, dict(fields), shown))
            time.sleep(self.random.uniform(0, self.pause))
            self.put_together(fields, version)

    def put_together(self, fields: dict[str, str], version: int) -> None:
        """What they wrote, with the word that this writer added last at its end."""
        _url, html = self.ask()
        theirs = _Page(html).fields
        mine = f"{self.name}{self.count}"
        for name in (*TEXTS, *LINES):
            added = mine in fields.get(name, "").split()
            fields[name] = theirs.get(name, "")
            if added and mine not in fields[name].split():
                fields[name] += f"\n{mine}" if name in LINES else f" {mine}"
        fields["version"] = str(max(version, int(theirs["version"])))

    def change(self, fields: dict[str, str]) -> None:
        """A word more, a word less, a line more, a box ticked or not."""
        self.count += 1
        mine = f"{self.name}{self.count}"
        name = self.random.choice((*TEXTS, *LINES))
        words = fields.get(name, "").split()
        if self.random.random() < 0.2:
            box = self.random.choice(TICKS)
            if fields.pop(box, None) is None:
                fields[box] = "on"
        is_shorter = self.random.random() < 0.25
        while words and (is_shorter or len(words) >= MOST_WORDS):
            words.pop(self.random.randrange(len(words)))
            is_shorter = False
        words.insert(self.random.randint(0, len(words)), mine)
        fields[name] = ("\n" if name in LINES else " ").join(words)

    def ask(self, sent: Mapping[str, str] | None = None) -> tuple[str, str]:
        """Where the page ends up, and what it says."""
        body = None
        if sent is not None:
            given = {**sent, "csrfmiddlewaretoken": self.token}
            body = urllib.parse.urlencode(given).encode()
        request = urllib.request.Request(self.address, body)
        cookies = f"sessionid={self.session}; csrftoken={self.token}"
        request.add_header("Cookie", cookies)
        request.add_header("Accept-Language", "fr")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.url, answer.read().decode()


def write_together(
    address: str, sessions: Sequence[str], *, seconds: float, pause: float
) -> list[Ledger]:
    """Everybody at once, each with the same random changes at every run."""
    writers = [
        Writer(address, session, name, seconds=seconds, pause=pause)
        for session, name in zip(sessions, ("amina", "luc"), strict=True)
    ]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    return [one.ledger for one in writers]


def amiss(
    ledgers: Sequence[Ledger], states: Mapping[int, Mapping[str, Any]], version: int
) -> list[str]:
    """What was acknowledged and is found nowhere, or refused without being shown.

    `states` is the history, by version; `version` is the one of today.
    """
    faults = [error for one in ledgers for error in one.errors]
    kept = [one for ledger in ledgers for one in ledger.kept]
    times = Counter(one.version for one in kept)
    faults += [f"version {one} kept {n} times" for one, n in times.items() if n > 1]
    if set(times) != set(range(2, version + 1)):
        faults.append("versions that nobody was told of, or told of and not there")
    for done in kept:
        found = states[max(one for one in states if one <= done.version)]
        if said_by_form(done.sent) != said_by_state(found):
            faults.append(f"version {done.version} is kept otherwise than it was sent")
    refused = (one for ledger in ledgers for one in ledger.refused)
    return [*faults, *(fault for one in refused for fault in _hidden(one, states))]


def _hidden(one: Refused, states: Mapping[int, Mapping[str, Any]]) -> Iterator[str]:
    """Words of the other that the page of the refusal did not show."""
    stood = said_by_state(states[max(each for each in states if each <= one.version)])
    ours, shown = said_by_form(one.sent), set(one.shown.split())
    for name, words in stood.items():
        if name in TICKS or words == ours[name]:
            continue
        hidden = set(" ".join(words).split()) - shown
        if hidden:
            yield f"refused without showing {sorted(hidden)} of {name}"


def said_by_form(sent: Mapping[str, str]) -> dict[str, list[str]]:
    """What a form sends, as it is read: words of a text, lines of a list, ticks."""
    return {
        **{name: sent.get(name, "").split() for name in TEXTS},
        **{name: list(dict.fromkeys(sent.get(name, "").split())) for name in LINES},
        **{name: ["on"] if sent.get(name) else [] for name in TICKS},
    }


def said_by_state(state: Mapping[str, Any]) -> dict[str, list[str]]:
    """The same, from the history."""
    return {
        **{name: state[name].split() for name in TEXTS},
        **{name: list(state["lines"].get(name, ())) for name in LINES},
        **{name: ["on"] if state[name] else [] for name in TICKS},
    }
