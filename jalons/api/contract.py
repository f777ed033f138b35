"""The OpenAPI document: what is asked, what is answered, and how it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic.json_schema import models_json_schema

from jalons.api.answers import Problem
from jalons.api.problems import PROBLEM
from jalons.api.site import api

PREFIX = "/api/v1/"
REFUSALS = {
    "404": "Nothing is published at this address.",
    "405": "These data are only read.",
    "410": "What was public was withdrawn.",
    "422": "A parameter is not accepted.",
    "429": "Too many requests: wait.",
}
FILES = {".csv": "text/csv", ".jsonl": "application/jsonl"}


@dataclass(frozen=True, slots=True)
class Operation:
    """One address, as the page of the documentation tells it."""

    path: str
    group: str
    options: list[str]
    """What may follow the question mark."""


def contract() -> dict[str, Any]:
    """The whole document (OpenAPI 3.1)."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    _inputs, shapes = models_json_schema(
        [(Problem, "serialization")], ref_template="#/components/schemas/{model}"
    )
    found["components"]["schemas"] |= shapes["$defs"]
    for path, verbs in found["paths"].items():
        for operation in verbs.values():
            _complete(path, operation)
    return found


def _complete(path: str, operation: dict[str, Any]) -> None:
    """What every address may answer; the files say what they are."""
    shape = {"schema": {"$ref": "#/components/schemas/Problem"}}
    responses = operation["responses"] = {
        str(code): said for code, said in operation["responses"].items()
    }
    for end, kind in FILES.items():
        if path.endswith(end):
            content = {kind: {"schema": {"type": "string"}}}
            responses["200"] = {"description": "OK", "content": content}
    for status, words in REFUSALS.items():
        responses[status] = {"description": words, "content": {PROBLEM: shape}}


def operations() -> list[Operation]:
    """Every address, in the order of the document."""
    return [
        Operation(
            path,
            verbs["get"]["tags"][0],
            [
                one["name"]
                for one in verbs["get"].get("parameters", [])
                if one["in"] == "query"
            ],
        )
        for path, verbs in contract()["paths"].items()
    ]
