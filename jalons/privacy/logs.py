"""What the site writes of its faults: where and what kind, never who nor with what key.

The address of a page may hold a secret or a room's code: its pattern is written in its
place. The words of an exception may quote a row ("Key (email)=(…)"): its kind and the
lines of code it went through are enough. What is left is scrubbed of addresses,
telephone numbers, codes and anything long enough to be a secret.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType

from jalons.privacy.traces import ADDRESS, TELEPHONE

HIDDEN = "[…]"
# Codes of sign-in (1234-5678); secrets of links, keys, prints of sessions.
CODE = re.compile(r"\b\d{4}-?\d{4}\b")
# A token mixes figures or capitals with letters; words and names of modules do not.
SECRET = re.compile(
    r"(?<![\w-])(?=[\w-]*[A-Za-z])"
    r"(?:(?=[\w-]*\d)[\w-]{16,}|(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{20,})(?![\w-])"
)
QUERY = re.compile(r"\?[^\s\"']+")
IP = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}\b")
PATTERNS = (ADDRESS, TELEPHONE, IP, CODE, SECRET, QUERY)
# A fault that repeats itself tells no more after these.
FRAMES = 30


def scrub(text: str) -> str:
    """A text without what may tell of a person or open a door.

    >>> scrub("refused camille@exemple.fr from 192.0.2.7, code 1234-5678")
    'refused […] from […], code […]'
    >>> scrub("/repondre/xYz0123456789abcDEF/?key=1")
    '/repondre/[…]/[…]'
    """
    for pattern in PATTERNS:
        text = pattern.sub(HIDDEN, text)
    return text


def told(error: BaseException | None) -> list[str]:
    """An exception and those it came from: kinds and lines of code, no words."""
    lines: list[str] = []
    while error is not None:
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        lines += _frames(error.__traceback__)
        error = error.__cause__ or error.__context__
    return lines


def _frames(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-FRAMES:]
    return [f"{each.filename}:{each.lineno} {each.name}" for each in frames]


def entry(record: logging.LogRecord) -> dict[str, object]:
    """What is written of one record."""
    found: dict[str, object] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(
            "T", "milliseconds"
        ),
        "level": record.levelname,
        "logger": record.name,
    }
    request = getattr(record, "request", None)
    if request is None:
        found["message"] = scrub(record.getMessage())
    else:
        match = getattr(request, "resolver_match", None)
        found |= {
            "message": getattr(record, "status_code", ""),
            "method": getattr(request, "method", ""),
            "page": match.view_name if match else "",
        }
    if record.exc_info and record.exc_info[1]:
        found["error"] = told(record.exc_info[1])
    return found


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for what gathers logs."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(entry(record), ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """The same, to be read on a screen."""

    def format(self, record: logging.LogRecord) -> str:
        found = entry(record)
        error = found.pop("error", [])
        assert isinstance(error, list)
        first = " ".join(str(value) for value in found.values() if value != "")
        return "\n  ".join([first, *error])
