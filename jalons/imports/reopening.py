"""A mapping that was given whole, opened again on the screens that make mappings.

Only what the screens can say again word for word: a mapping that says more is mended
in its file.
"""

from __future__ import annotations

from collections.abc import Iterator

from jalons.imports.composing import content_of
from jalons.imports.drafting import (
    NO_SEPARATOR,
    TICKED,
    TICKED_WORDS,
    UNTICKED,
    UNTICKED_WORDS,
    Said,
)
from jalons.imports.mapping import Answer, Mapping
from jalons.imports.matching import (
    CHANNEL,
    CONSENT,
    DATE,
    KEY,
    KEY_AND_DATE,
    PLACE,
    ROWS_ASIDE,
    SET_ASIDE,
    WEIGHT,
    matched_of,
)
from jalons.imports.scanning import Scan
from jalons.questionnaires.definitions import Definition

Pairs = Iterator[tuple[tuple[str, str, str], str]]


def choices_of(
    mapping: Mapping, scan: Scan, definition: Definition
) -> dict[str, object] | None:
    """What would have been chosen on the first screen; None when it cannot say it."""
    pairs = list(_columns(mapping))
    chosen = dict(pairs)
    says_more = any(answer.filled or answer.none for answer in mapping.answers)
    lacks = set(mapping.needed_columns()) - {column.name for column in scan.columns}
    if says_more or lacks or len(chosen) < len(pairs):
        return None
    rows = mapping.rows
    choices: dict[str, object] = {
        "columns": {c.name: chosen.get(c.name, SET_ASIDE) for c in scan.columns},
        "day": rows.submitted_on.isoformat() if rows.submitted_on else "",
        "weight_source": mapping.weight.source if mapping.weight else "",
        "by_content": rows.by_content,
        "sheet": rows.sheet,
    }
    made = content_of(
        definition,
        matched_of(choices),
        said_of(mapping),
        rows.header_line,
        rows.sheet,
    )
    named = {"title": mapping.title, "author": mapping.author}
    again = Mapping.model_validate({**named, **made}, strict=False)
    return choices if _compared(again) == _compared(mapping) else None


def said_of(mapping: Mapping) -> Said:
    """What would have been confirmed on the second screen."""
    return dict(_said(mapping))


def _compared(mapping: Mapping) -> dict[str, object]:
    """What a mapping does, whoever wrote or reviewed it, in whatever order."""
    told = mapping.model_dump(
        exclude={"title", "author", "reviewer", "reviewed_on", "answers"}
    )
    told["rows"].pop("ignored")
    told["territory"].pop("by")
    return told | {one.question: _answer(one) for one in mapping.answers}


def _answer(answer: Answer) -> dict[str, object]:
    told = answer.model_dump()
    return told | {
        key: set(told[key]) for key in (TICKED, UNTICKED, "missing", "refused")
    }


def _columns(mapping: Mapping) -> Iterator[tuple[str, str]]:
    rows = mapping.rows
    if rows.key:
        is_both = rows.key == rows.submitted_at
        yield rows.key, KEY_AND_DATE if is_both else KEY
    if rows.submitted_at and rows.submitted_at != rows.key:
        yield rows.submitted_at, DATE
    yield mapping.territory.column, PLACE
    if mapping.channel:
        yield mapping.channel.column, CHANNEL
    if mapping.weight:
        yield mapping.weight.column, WEIGHT
    for answer in mapping.answers:
        for name in answer.all_columns():
            is_consent = name == answer.consent_column
            yield name, f"{CONSENT if is_consent else ''}{answer.question}"


def _said(mapping: Mapping) -> Pairs:
    if mapping.rows.submitted_at:
        pattern = mapping.rows.date_formats[0]
        yield (":date", "date", mapping.rows.submitted_at), pattern
    for text, code in mapping.territory.values.items():
        yield (":territory", "place", text), code
    if mapping.channel:
        for text, channel in mapping.channel.values.items():
            yield (CHANNEL, "channel", text), channel
    for answer in mapping.answers:
        yield from _said_of_answer(answer)


def _said_of_answer(answer: Answer) -> Pairs:
    code = answer.question
    yield (code, "separator", ""), answer.separator or NO_SEPARATOR
    for rank, name in enumerate(answer.ranks, start=1):
        yield (code, "rank", name), str(rank)
    for name, part in answer.columns.items():
        yield (code, "part", name), part
    if answer.columns:
        for text in set(answer.ticked) - TICKED_WORDS:
            yield (code, "tick", text), TICKED
        for text in set(answer.unticked) - UNTICKED_WORDS:
            yield (code, "tick", text), UNTICKED
    for text, option in answer.values.items():
        yield (code, "value", text), option
    # A box says ticked or not; a line of a matrix, one of the answers.
    kinds = ("value", "tick") if answer.columns else ("value",)
    for kind in kinds:
        yield from (((code, kind, text), SET_ASIDE) for text in answer.missing)
        yield from (((code, kind, text), ROWS_ASIDE) for text in answer.refused)
