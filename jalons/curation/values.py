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


def asked_of(batch: PlaceImport) -> list[Asked]:
    """Those of lists that the report found unknown, and those already matched.

    In the order of the schema; in a column, what most rows hold comes first.
    """
    vocabulary = read_vocabulary()
    rows = {
        (one["column"], one["value"]): one["rows"]
        for one in batch.report.get("unknown_values", [])
    }
    rows |= {
        (column, text): 0 for column, said in batch.values.items() for text in said
    }
    found = []
    for (column, text), count in rows.items():
        if column in vocabulary.terms:
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
