"""The OpenAPI document: what is asked, what is answered, and how it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic.json_schema import models_json_schema

from jalons.api.answers import Problem
from jalons.api.orders import ProblemOfLines
from jalons.api.problems import PROBLEM
from jalons.api.site import api

PREFIX = "/api/v1/"
REFUSALS = {
    "400": "The key of the last item read is not one of this list.",
    "404": "Nothing is published at this address.",
    "405": "These data are only read.",
    "410": "What was public was withdrawn.",
    "422": "A parameter is not accepted.",
    "429": "Too many requests: wait.",
}
WRITING = {
    "400": "What is sent is not JSON.",
    "401": "No key, or none that is alive.",
    "403": "The key was not made for this.",
    "404": "The key opens nothing at this address.",
    "405": "This address is not asked in this way.",
    "409": "What is written in takes nothing any more.",
    "413": "What is sent is too large.",
    "422": "Nothing was written: each line refused is told.",
    "429": "Too many requests: wait.",
}
FILE = ".{format}"
FILES = {
    "text/csv": {"type": "string"},
    "application/jsonl": {"type": "string"},
    "application/csvm+json": {"type": "object"},
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One address, as the page of the documentation tells it."""

    path: str
    verb: str
    group: str
    options: list[str]
    """What may follow the question mark."""


def operations() -> list[Operation]:
    """Every address, by name."""
    return [
        Operation(path, verb.upper(), told["tags"][0], _options(told))
        for path, verbs in sorted(contract()["paths"].items())
        for verb, told in verbs.items()
    ]


def _options(told: dict[str, Any]) -> list[str]:
    asked = told.get("parameters", [])
    return [one["name"] for one in asked if one["in"] == "query"]


def contract() -> dict[str, Any]:
    """The whole document (OpenAPI 3.1)."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    _inputs, shapes = models_json_schema(
        [(Problem, "serialization"), (ProblemOfLines, "serialization")],
        ref_template="#/components/schemas/{model}",
    )
    found["components"]["schemas"] |= shapes["$defs"]
    for path, verbs in found["paths"].items():
        for operation in verbs.values():
            _complete(path, operation, WRITING if "security" in operation else REFUSALS)
    return found


def _complete(path: str, operation: dict[str, Any], refusals: dict[str, str]) -> None:
    """What every address may answer; the files say what they are."""
    responses = operation["responses"] = {
        str(code): said for code, said in operation["responses"].items()
    }
    if path.endswith(FILE):
        content = {kind: {"schema": shape} for kind, shape in FILES.items()}
        responses["200"] = {"description": "OK", "content": content}
    for status, words in refusals.items():
        is_of_lines = refusals is WRITING and status == "422"
        name = "ProblemOfLines" if is_of_lines else "Problem"
        shape = {"schema": {"$ref": f"#/components/schemas/{name}"}}
        responses[status] = {"description": words, "content": {PROBLEM: shape}}
