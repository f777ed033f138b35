"""A questionnaire written back as the TOML text that `definitions.parse` reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from jalons.questionnaires.definitions import Definition, content_of

Value = object
WIDTH = 88
DATES = ("reviewed_on", "review_before", "earliest", "latest")
"""Keys whose text is a day, which TOML writes without quotes."""


def toml_of(definition: Definition) -> str:
    """The file of a questionnaire; reading it gives the same definition."""
    return "\n".join(_table(content_of(definition), ())).strip() + "\n"


def _table(table: Mapping[str, Value], path: tuple[str, ...]) -> Iterator[str]:
    """Plain keys first, then the tables that hold others."""
    for key, value in table.items():
        if isinstance(value, dict) and _is_text(value):
            yield from (
                f"{key}.{name} = {_plain(said)}" for name, said in value.items()
            )
        elif not _is_large(value):
            yield f"{key} = {_plain(value, key)}"
    for key, value in table.items():
        if not _is_large(value) or _is_text(value):
            continue
        here = (*path, key)
        if isinstance(value, Mapping):
            yield from ("", f"[{'.'.join(here)}]", *_table(value, here))
        elif isinstance(value, list):
            for one in value:
                yield from ("", f"[[{'.'.join(here)}]]", *_table(one, here))


def _is_text(value: Value) -> bool:
    """The wordings of one text, which read best one a line."""
    return isinstance(value, dict) and "fr" in value


def _is_large(value: Value) -> bool:
    if isinstance(value, list):
        return bool(value) and isinstance(value[0], dict)
    return isinstance(value, dict) and len(_plain(value)) > WIDTH


def _plain(value: Value, key: str = "") -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        return f"[{', '.join(_plain(one) for one in value)}]"
    if isinstance(value, dict):
        pairs = (f"{name} = {_plain(one, name)}" for name, one in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if key in DATES:
        return str(value)
    # A basic string of TOML is a string of JSON, but for the delete character.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007F")
