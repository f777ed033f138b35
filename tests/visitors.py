"""Somebody with a browser without JavaScript, who goes from one machine to another.

Cookies go with the name of the machine, whatever its port.
"""

from __future__ import annotations

import http.cookiejar
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Page:
    """What was read, where it led."""

    path: str
    text: str


class Visitor:
    def __init__(self) -> None:
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies)
        )

    def get(self, port: int, path: str) -> Page:
        return self._open(f"http://127.0.0.1:{port}{path}")

    def post(self, port: int, path: str, given: Mapping[str, object]) -> Page:
        """Send a form that was read before; raises HTTPError when it is refused."""
        token = next(one.value for one in self.cookies if one.name == "csrftoken")
        sent = encode_multipart(BOUNDARY, {**given, "csrfmiddlewaretoken": token})
        asked = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}",
            sent,
            {"Content-Type": MULTIPART_CONTENT},
        )
        return self._open(asked)

    def _open(self, asked: str | urllib.request.Request) -> Page:
        with self._opener.open(asked, timeout=PATIENCE) as answer:
            text = answer.read().decode()
            return Page(urlsplit(answer.url).path, text)
