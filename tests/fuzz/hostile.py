"""Hostile input: what is kept in `corpus`, changed at random, and texts that hurt.

`corpus` holds one small file of each kind that the site reads, and each input that once
made it fail (`found-…`): both are changed, cut, repeated and spliced.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

import openpyxl
from hypothesis import strategies as st

from tests.files.workbooks import make_ods, make_zip

CORPUS = Path(__file__).parent / "corpus"
MOST_BYTES = 60_000
NASTY = (
    *(
        "",
        " ",
        "\x00",
        "\ufeff",
        "\u202e",
        "a\u0300" * 30,
        "\U0001f600",
        "é",
        "\r",
        "\n",
    ),
    *("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "'", '"', ";", "\t", "|", "<b>", "]]>"),
    *("-1", "0", "1e999", "NaN", "inf", "-0", "9" * 40, "1,5", "1.5.5", "１２", "½"),
    *("0000-00-00", "2026-02-30", "99999-01-01", "31/12/2025", "12:61", "25:00"),
    *(
        "../../etc/passwd",
        "%00",
        "%s%n",
        "{{7*7}}",
        "{% x %}",
        "${7*7}",
        "null",
        "true",
    ),
    *("[]", "{}", '{"a":' * 60, "a" * 5_000, "33063", "200040392", "R75", "O1"),
    *("personne@exemple.fr", "a@b\r\nBcc: c@d", "http://[::1", "https://é.fr/\x7f"),
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "latin-1", "utf-32")


@cache
def seeds(*endings: str) -> list[tuple[str, bytes]]:
    """What is kept of these kinds, with its name; others are made of each table."""
    found = [
        (path.name, path.read_bytes())
        for path in sorted(CORPUS.iterdir())
        if path.suffix in endings or path.name.startswith("found-")
    ]
    made = {kind: MADE[kind] for kind in endings if kind in MADE}
    if ".csv" not in endings:
        # An archive of tables, where tables are taken.
        made.pop(".zip", None)
    return found + [
        (f"{path.stem}{kind}", make(path))
        for kind, make in made.items()
        for path in sorted(CORPUS.glob("*.csv"))
        if not path.name.startswith("found-")
    ]


def sound(name: str, *endings: str) -> bytes:
    """What a file of the corpus holds, none of which was changed."""
    return dict(seeds(*endings))[name]


def workbook(path: Path) -> bytes:
    """A table as a workbook; sheets of a form are parted by a line `# name`."""
    book, held = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    for line in path.read_text().splitlines():
        if line.startswith("# "):
            sheet = book.create_sheet(line[2:])
            continue
        sheet.append(line.split(";"))
    book.save(held)
    return held.getvalue()


def _opened(path: Path) -> bytes:
    """The same table, as LibreOffice keeps it."""
    rows = [line.split(";") for line in path.read_text().splitlines()]
    return make_ods([[escape(cell) for cell in row] for row in rows]).getvalue()


def _archived(path: Path) -> bytes:
    return make_zip({path.name: path.read_text()}).getvalue()


MADE = {".xlsx": workbook, ".ods": _opened, ".zip": _archived}
"""The kinds that are made of each table of the corpus."""


@st.composite
def files(draw, *endings: str) -> tuple[str, bytes]:
    """A file of one of these kinds: its name and what it holds, made worse."""
    known = seeds(*endings)
    name, content = draw(st.sampled_from(known))
    random = draw(st.randoms(use_true_random=False))
    other = random.choice(known)[1]
    if not name.endswith(endings):
        name = f"{name}{random.choice(endings)}"
    return name, changed(content, other, random)[:MOST_BYTES]


def changed(content: bytes, other: bytes, random: Random) -> bytes:
    if content[:2] == b"PK" and random.random() < 0.7:
        # What was found may be too damaged to be opened here.
        with suppress(zipfile.BadZipFile, zlib.error, ValueError):
            return _in_a_part(content, random)
    for _time in range(random.randint(0, 5)):
        content = random.choice(CHANGES)(content, other, random)
    return content


def _in_a_part(content: bytes, random: Random) -> bytes:
    """A zip whose parts are sound but one."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as known:
        names = known.namelist()
        wrong = random.choice(names)
        with zipfile.ZipFile(held, "w") as made:
            for name in names:
                part = known.read(name)
                if name == wrong:
                    part = random.choice(CHANGES)(part, part, random)
                if name != wrong or random.random() < 0.9:
                    made.writestr(name, part)
    return held.getvalue()


def _place(content: bytes, random: Random) -> int:
    return random.randint(0, len(content))


def _cut(content: bytes, other: bytes, random: Random) -> bytes:
    return content[: _place(content, random)]


def _flip(content: bytes, other: bytes, random: Random) -> bytes:
    found = bytearray(content)
    for _time in range(random.randint(1, 8)):
        if found:
            found[random.randrange(len(found))] = random.randrange(256)
    return bytes(found)


def _insert(content: bytes, other: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + _nasty(random) + content[at:]


def _remove(content: bytes, other: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + content[at + random.randint(1, 40) :]


def _repeat(content: bytes, other: bytes, random: Random) -> bytes:
    start = _place(content, random)
    part = content[start : start + random.randint(1, 200)]
    return content[:start] + part * random.randint(2, 30) + content[start:]


def _splice(content: bytes, other: bytes, random: Random) -> bytes:
    return content[: _place(content, random)] + other[_place(other, random) :]


def _cell(content: bytes, other: bytes, random: Random) -> bytes:
    """One cell of a table, or one value of an object, replaced."""
    mark = random.choice([b";", b",", b"\n", b'"', b":", b">", b"="])
    parts = content.split(mark)
    parts[random.randrange(len(parts))] = _nasty(random)
    return mark.join(parts)


def _lines(content: bytes, other: bytes, random: Random) -> bytes:
    lines = content.splitlines(keepends=True)
    random.shuffle(lines)
    return b"".join(lines)


def _encoded(content: bytes, other: bytes, random: Random) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(random.choice(ENCODINGS), "replace")


def _nasty(random: Random) -> bytes:
    return random.choice(NASTY).encode("utf-8", "surrogatepass")


CHANGES = (
    *(_cut, _flip, _insert, _remove, _repeat, _splice, _cell, _cell, _cell, _lines),
    _encoded,
)

texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=60),
    st.integers().map(str),
    st.floats().map(str),
    st.dates().map(str),
)


@st.composite
def forms(draw, known: dict[str, object]) -> dict[str, object]:
    """What a form sends, some of its fields replaced, doubled or left out."""
    sent = dict(known)
    for name in known:
        match draw(st.integers(0, 4)):
            case 0 | 1:
                sent[name] = draw(texts)
            case 2:
                sent[name] = draw(st.lists(texts, max_size=3))
            case 3:
                del sent[name]
    if draw(st.booleans()):
        sent[draw(texts) or "go"] = draw(texts)
    return sent
