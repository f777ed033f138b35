"""Read a questionnaire file into a `Definition`, or say all that must be mended."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from pathlib import Path as FilePath

from django.utils.translation import gettext as _
from pydantic import ValidationError

from jalons.questionnaires.checks import check
from jalons.questionnaires.locator import Path, line_of, locate
from jalons.questionnaires.problems import (
    InvalidDefinition,
    Problem,
    key_of,
    sentence_of,
)
from jalons.questionnaires.schema import (
    CONSENT_SUFFIX,
    DONT_KNOW,
    NOT_CONCERNED,
    Class,
    Definition,
    Dimension,
    Grid,
    Line,
    Option,
    Question,
    Role,
    Scoring,
    Section,
    ShowIf,
    Source,
    Step,
    Text,
)

__all__ = [
    "CONSENT_SUFFIX",
    "DONT_KNOW",
    "NOT_CONCERNED",
    "Class",
    "Definition",
    "Dimension",
    "Grid",
    "InvalidDefinition",
    "Line",
    "Option",
    "Problem",
    "Question",
    "Role",
    "Scoring",
    "Section",
    "ShowIf",
    "Source",
    "Step",
    "Text",
    "checksum_of",
    "content_of",
    "parse",
    "read_file",
    "restore",
]

MAX_BYTES = 1_000_000
"""Ten times the longest questionnaire known; beyond it the file is something else."""

POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_file(path: FilePath) -> Definition:
    """Read a questionnaire file; `InvalidDefinition` tells what to mend."""
    try:
        content = path.read_bytes()
    except OSError as error:
        message = _("The file cannot be opened: check its name and its rights.")
        raise _refused(path.name, 1, message) from error
    return parse(content, path.name)


def parse(text: str | bytes, filename: str) -> Definition:
    """Read the text of a questionnaire file.

    Every problem of one kind is told at once: first what prevents reading, then
    keys and types, then the rules that tie keys together.
    """
    text = _decoded(text, filename)
    data, lines = _toml(text, filename)

    def problem(path: Path, message: str) -> Problem:
        return Problem(filename, line_of(lines, path), key_of(path), message)

    try:
        definition = Definition.model_validate_json(json.dumps(data, default=str))
    except ValidationError as error:
        raise InvalidDefinition(
            tuple(
                problem(one["loc"], sentence_of(one, Definition))
                for one in error.errors(include_url=False)
            )
        ) from error
    if found := tuple(problem(one.path, one.message) for one in check(definition)):
        raise InvalidDefinition(found)
    return definition


def content_of(definition: Definition) -> dict[str, object]:
    """What is stored of a definition.

    Keys at their default are left out: a key added to the format later must not
    change the checksum of the questionnaires that do not use it.
    """
    return definition.model_dump(mode="json", exclude_defaults=True)


def restore(content: object) -> Definition:
    """The definition that `content_of` stored."""
    return Definition.model_validate_json(json.dumps(content))


def checksum_of(definition: Definition) -> str:
    """SHA-256 of the content: comments and layout of the file do not count."""
    canonical = json.dumps(content_of(definition), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _refused(filename: str, line: int, message: str) -> InvalidDefinition:
    return InvalidDefinition((Problem(filename, line, _("whole file"), message),))


def _decoded(text: str | bytes, filename: str) -> str:
    if len(text) > MAX_BYTES:
        message = _("The file is too large to be a questionnaire.")
        raise _refused(filename, 1, message)
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            message = _(
                "The file is not encoded in UTF-8: save it again, choosing UTF-8."
            )
            raise _refused(filename, line, message) from error
    if not text.strip():
        message = _("The file is empty: copy an existing questionnaire to start.")
        raise _refused(filename, 1, message)
    return text


def _toml(text: str, filename: str) -> tuple[dict[str, object], dict[Path, int]]:
    try:
        return tomllib.loads(text), locate(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        position = POSITION.search(str(error))
        at_end = text.count("\n") + (not text.endswith("\n"))
        line = int(position[1]) if position else at_end
        message = _(
            "The line cannot be read. Look here and just before for a quote or a "
            "bracket left open, a missing = or a key written twice."
        )
        raise _refused(filename, line, message) from error
