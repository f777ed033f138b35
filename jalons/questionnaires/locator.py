"""At which line of a TOML text each key stands.

`tomllib` gives values without their lines. This second reading follows the same
text, already known to be valid TOML, and keeps only where keys and elements begin:

>>> locate('a = 1\\n[[b]]\\nc = { d = 2 }')[("b", 0, "c", "d")]
3
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right

Path = tuple[str | int, ...]

BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
# Triple quotes first; a closing run may hold up to two quotes of the text itself.
STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
SCALAR = re.compile(r"[^,\]}#\n]+")


def locate(text: str) -> dict[Path, int]:
    """Line (from 1) of each key, table and array element of a valid TOML text."""
    return _Reader(text).read()


def line_of(lines: dict[Path, int], path: Path) -> int:
    """Line of a path; for a key that is missing, that of what should hold it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line_ends = [match.start() for match in re.finditer("\n", text)]
        self.lines: dict[Path, int] = {}
        self.last_index: dict[Path, int] = {}

    def read(self) -> dict[Path, int]:
        table: Path = ()
        self.skip_blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.read_header()
            else:
                self.read_pair(table)
            self.skip_blank()
        return self.lines

    def note(self, path: Path) -> None:
        """Keep the line of a path and of the tables it implies, the first one seen."""
        line = bisect_right(self.line_ends, self.at - 1) + 1
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def skip_blank(self) -> None:
        self.at = self.take(BLANK)[1]

    def take(self, pattern: re.Pattern[str]) -> tuple[str, int]:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise ValueError(f"not TOML at character {self.at}")
        return match.group(), match.end()

    def read_header(self) -> Path:
        is_array = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if is_array else 1
        self.skip_blank()
        parts = self.read_key()
        end, self.at = self.at, start
        path = self.resolve(parts[:-1]) + parts[-1:]
        if is_array:
            self.last_index[path] = self.last_index.get(path, -1) + 1
            path += (self.last_index[path],)
        self.note(path)
        self.at = end + (2 if is_array else 1)
        return path

    def resolve(self, parts: tuple[str, ...]) -> Path:
        """In a header, the name of an array of tables means its last element."""
        path: Path = ()
        for part in parts:
            path += (part,)
            if path in self.last_index:
                path += (self.last_index[path],)
        return path

    def read_key(self) -> tuple[str, ...]:
        """A dotted key; leaves the reader on the character after it."""
        parts: list[str] = []
        while True:
            if self.text[self.at] in "\"'":
                quoted, self.at = self.take(STRING)
                parts.append(tomllib.loads(f"key = {quoted}")["key"])
            else:
                bare, self.at = self.take(BARE_KEY)
                parts.append(bare)
            self.skip_blank()
            if self.text[self.at] != ".":
                return tuple(parts)
            self.at += 1
            self.skip_blank()

    def read_pair(self, table: Path) -> None:
        start = self.at
        parts = self.read_key()
        end, self.at = self.at, start
        self.note(table + parts)
        self.at = end + 1
        self.skip_blank()
        self.read_value(table + parts)

    def read_value(self, path: Path) -> None:
        opening = self.text[self.at]
        if opening in "[{":
            self.read_nested(path, "]" if opening == "[" else "}")
        else:
            pattern = STRING if opening in "\"'" else SCALAR
            self.at = self.take(pattern)[1]

    def read_nested(self, path: Path, closing: str) -> None:
        self.at += 1
        index = 0
        self.skip_blank()
        while self.text[self.at] != closing:
            if closing == "]":
                self.note((*path, index))
                self.read_value((*path, index))
                index += 1
            else:
                self.read_pair(path)
            self.skip_blank()
            if self.text[self.at] == ",":
                self.at += 1
                self.skip_blank()
        self.at += 1
