"""The mapping itself, once columns and values are chosen on the screens."""

from __future__ import annotations

from collections.abc import Mapping

from jalons.imports import shapes
from jalons.imports.drafting import (
    NO_SEPARATOR,
    TICKED,
    TICKED_WORDS,
    UNTICKED,
    UNTICKED_WORDS,
    Said,
    columns_for,
    questions_chosen,
)
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
    Matched,
)
from jalons.questionnaires.definitions import Definition, Question


def content_of(
    definition: Definition,
    matched: Matched,
    said: Said,
    header_line: int | None,
    sheet: str = "",
) -> dict[str, object]:
    """The mapping as its file states it; `said` is by group, kind and thing."""
    columns = matched["columns"]
    shape, _share = shapes.recognise(list(columns))
    keys = columns_for(KEY, matched) + columns_for(KEY_AND_DATE, matched)
    dates = columns_for(DATE, matched) + columns_for(KEY_AND_DATE, matched)
    rows: dict[str, object] = {"key": keys[0]} if keys else {"by_content": True}
    if dates:
        pattern = said.get((":date", "date", dates[0]), shapes.ISO)
        rows |= {"submitted_at": dates[0], "date_formats": [pattern]}
    else:
        rows["submitted_on"] = matched["day"]
    if header_line:
        rows["header_line"] = header_line
    if sheet:
        rows["sheet"] = sheet
    rows["ignored"] = [name for name, code in columns.items() if code == SET_ASIDE]
    return {
        "source": shape.code,
        "questionnaire": definition.code,
        "rows": rows,
        **_beside(matched, said),
        "answers": [
            _answer(question, matched, said)
            for question in questions_chosen(definition, matched)
        ],
    }


def _beside(matched: Matched, said: Said) -> dict[str, object]:
    """The territory, and when the file holds them, the channel and the weight."""
    places = {
        text: code
        for (group, _kind, text), code in said.items()
        if group == ":territory" and code != SET_ASIDE
    }
    column = columns_for(PLACE, matched)[0]
    found: dict[str, object] = {
        "territory": {"column": column, "by": "any", "values": places}
    }
    for name in columns_for(CHANNEL, matched):
        values = {
            text: code
            for (group, _kind, text), code in said.items()
            if group == CHANNEL
        }
        found["channel"] = {"column": name, "values": values}
    for name in columns_for(WEIGHT, matched):
        found["weight"] = {"column": name, "source": matched["weight_source"]}
    return found


def _answer(question: Question, matched: Matched, said: Said) -> dict[str, object]:
    code, names = question.code, columns_for(question.code, matched)
    consents = columns_for(CONSENT + code, matched)
    answer: dict[str, object] = {"question": code}
    if consents:
        answer["consent_column"] = consents[0]
    mine = {(kind, about): v for (g, kind, about), v in said.items() if g == code}
    if ("rank", names[0]) in mine:
        answer["ranks"] = sorted(names, key=lambda name: int(mine[("rank", name)]))
    elif ("part", names[0]) in mine:
        answer["columns"] = {name: mine[("part", name)] for name in names}
        ticks = {text: v for (kind, text), v in mine.items() if kind == "tick"}
        if question.type == "multiple":
            answer |= _ticks(ticks)
    else:
        answer["column"] = names[0]
        separator = mine.get(("separator", ""), NO_SEPARATOR)
        if separator != NO_SEPARATOR:
            answer["separator"] = separator
    values = {text: v for (kind, text), v in mine.items() if kind == "value"}
    aside = {SET_ASIDE: "missing", ROWS_ASIDE: "refused"}
    answer["values"] = {t: v for t, v in values.items() if v not in aside}
    for choice, key in aside.items():
        answer[key] = sorted({t for (_k, t), v in mine.items() if v == choice})
    return answer


def _ticks(ticks: Mapping[str, str]) -> dict[str, object]:
    return {
        TICKED: sorted(TICKED_WORDS | {t for t, v in ticks.items() if v == TICKED}),
        UNTICKED: sorted(
            UNTICKED_WORDS | {t for t, v in ticks.items() if v == UNTICKED}
        ),
    }
