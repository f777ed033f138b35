"""The sheets against the documents they come from, when these are at hand."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from jalons.indicators.definitions import read_shape
from jalons.library.loading import SheetFile, Written, shipped_files
from jalons.library.stems import fold

NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
COPIED = 8
REQUIRED = {
    "S000-09": 6,
    "S002-02": 2,
    "S003-04": 2,
    "S000-11": 1,
    "S000-16": 5,
    "S000-41": 1,
    "S000-42": 1,
    "S000-44": 6,
    "S001-05": 1,
    "S001-06": 1,
    "S001-07": 1,
    "S002-30": 1,
    "S003-01": 1,
    "S004-02": 3,
    "S004-13": 1,
    "S004-14": 1,
    "S004-17": 1,
    "S004-28": 1,
}
"""What the library must hold, and how many sheets at least tell it."""
KINDS = {"lesson": 16, "scheme": 8, "ecosystem": 6, "story": 3, "initiative": 3}


def written() -> Iterator[tuple[str, Written]]:
    for path in shipped_files():
        file = read_shape(path, SheetFile)
        for one in file.sheet:
            yield file.document.id, one


def plain(text: str) -> str:
    """Words and numbers only, thousands joined."""
    joined = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}\b)", "", text)
    return " ".join(re.findall(r"[a-z0-9,.]+", fold(joined).replace(",", ",")))


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(text))


def told(one: Written) -> str:
    """Its French words, without what comes from elsewhere."""
    parts = {key: text for key, text in one.sections.items() if key != "today"}
    return "\n".join((one.title, one.summary, *parts.values()))


@pytest.fixture(scope="module")
def seeds() -> dict[str, str]:
    around = [one / "shared" / "seeds" for one in Path(settings.BASE_DIR).parents]
    folders = [Path(given)] if (given := os.environ.get("JALONS_SEEDS")) else around
    found = {
        f"S{path.name[:3]}": path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted(folder.glob("00*.txt"))
    }
    if not found:
        pytest.skip("the documents are not at hand: JALONS_SEEDS gives their folder")
    return found


def test_everything_that_must_be_told_has_its_sheet():
    told_by = [one.seed for _document, one in written()]
    missing = {
        code: count
        for code, count in REQUIRED.items()
        if sum(code in seed for seed in told_by) < count
    }

    assert missing == {}


@pytest.mark.parametrize(("kind", "least"), KINDS.items())
def test_there_are_enough_sheets_of_each_kind(kind, least):
    assert sum(one.kind == kind for _document, one in written()) >= least


def test_names_quoted_stand_in_the_document(seeds):
    wrong = [
        (one.code, name)
        for document, one in written()
        for name in one.quoted
        if " ".join(words(name)) not in " ".join(words(seeds[document]))
    ]

    assert wrong == []


def test_numbers_told_stand_in_the_documents_named(seeds):
    wrong = []
    for document, one in written():
        named = {document, *re.findall(r"S00\d", one.seed)}
        known = set(NUMBER.findall(" ".join(plain(seeds[name]) for name in named)))
        for number in NUMBER.findall(plain(told(one))):
            if number not in known | ALWAYS.get(one.code, set()):
                wrong.append((one.code, number))

    assert wrong == []


ALWAYS = {
    # The dates of the documents themselves, and the numbers of a list.
    "trois-nombres-d-exclus": {"2021", "2023"},
    "dispositif-hubs": {"2021"},
}


def test_no_sentence_is_copied(seeds):
    wrong = []
    for document, one in written():
        source = " ".join(words(seeds[document]))
        said = words(told(one))
        # The whole name of a body has to be said as it is.
        names = " | ".join(" ".join(words(name)) for name in one.quoted)
        runs = [" ".join(said[n : n + COPIED]) for n in range(len(said) - COPIED + 1)]
        wrong += [
            (one.code, run)
            for run in runs
            if f" {run} " in f" {source} " and run not in names
        ]

    assert wrong == []
