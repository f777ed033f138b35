"""What values of lists mean, when the vocabulary lacks them: proposed, then chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jalons.curation.models import PlaceImport
from jalons.directory.guessing import propose_term
from jalons.directory.vocabulary import read_vocabulary

LEFT_OUT = "-"
"""Chosen for a value that says nothing, as “none” or “to be filled in”."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A value of the file: how many rows hold it, what it may mean, what was said."""

    column: str
    text: str
    rows: int
    code: str
    level: str
    said: str


def texts_of(batch: PlaceImport) -> dict[tuple[str, str], int]:
    """Rows by column and value: what the report found unknown, or what was matched."""
    lists = read_vocabulary().terms
    rows = {
        (one["column"], one["value"]): one["rows"]
        for one in batch.report.get("unknown_values", [])
        if one["column"] in lists
    }
    matched = ((column, text) for column, said in batch.values.items() for text in said)
    return dict.fromkeys(matched, 0) | rows


def asked_of(batch: PlaceImport) -> list[Asked]:
    """The same with what each may mean, in the order of the schema.

    In a column, what most rows hold comes first.
    """
    vocabulary = read_vocabulary()
    found = []
    for (column, text), count in texts_of(batch).items():
        code, level = propose_term(text, vocabulary.terms[column].values())
        said = _code_said(column, text, batch.values)
        found.append(Asked(column, text, count, code, level, said))
    order = list(vocabulary.schema.columns)
    return sorted(found, key=lambda one: (order.index(one.column), -one.rows))


def _code_said(column: str, text: str, values: Mapping[str, Mapping[str, str]]) -> str:
    """What was chosen of a value: a code, that it is left out, or nothing yet."""
    label = values.get(column, {}).get(text)
    if label is None:
        return ""
    return (read_vocabulary().code_of(column, label) if label else None) or LEFT_OUT


def label_of(column: str, code: str) -> str:
    """The text of the schema for what was chosen; empty for what is left out."""
    return "" if code == LEFT_OUT else read_vocabulary().terms[column][code].label
