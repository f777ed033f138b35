"""What is wrong in a questionnaire file, told to the person who wrote it."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Union, get_args, get_origin

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel
from pydantic_core import ErrorDetails

from jalons.questionnaires.locator import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: file, line (from 1), key (`sections[0].title.fr`), mend."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return _("%(file)s, line %(line)s, %(key)s: %(message)s") % {
            "file": self.file,
            "line": self.line,
            "key": self.key,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule at a path of the file; its line is looked up afterwards.

    `on_screen` says the same to who writes in the editor, which has no keys nor codes.
    """

    path: Path
    message: str
    on_screen: str = ""


class InvalidDefinition(ValueError):
    """A questionnaire file that cannot be loaded, with all that must be mended."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


SENTENCES: Mapping[str, Promise] = {
    "missing": gettext_lazy("This key is missing: add it."),
    "string_type": gettext_lazy("A text is expected: put the value between quotes."),
    "string_too_short": gettext_lazy("This text is empty: write it."),
    "string_too_long": gettext_lazy(
        "This text is too long: shorten it to %(max_length)s characters."
    ),
    "string_pattern_mismatch": gettext_lazy(
        "“%(input)s” cannot be a code: use letters without accents, digits and "
        "underscores (hyphens for the questionnaire itself), starting with a letter."
    ),
    "control_character": gettext_lazy(
        "This text holds an invisible control character: type it again."
    ),
    "int_type": gettext_lazy("A whole number is expected, without quotes."),
    "int_from_float": gettext_lazy("A whole number is expected: remove the decimals."),
    "float_type": gettext_lazy("A number is expected, without quotes."),
    "finite_number": gettext_lazy("A finite number is expected."),
    "bool_type": gettext_lazy("Write true or false, without quotes."),
    "tuple_type": gettext_lazy("A list is expected, between square brackets [ ]."),
    "literal_error": gettext_lazy(
        "“%(input)s” is not known; choose from %(expected)s."
    ),
    "greater_than_equal": gettext_lazy("Too small: write at least %(ge)s."),
    "less_than_equal": gettext_lazy("Too large: write at most %(le)s."),
}
DATE_SENTENCE = gettext_lazy("A date is expected, such as 2026-03-31, without quotes.")
OTHER_SENTENCE = gettext_lazy("The value “%(input)s” is not accepted here (%(type)s).")


def key_of(path: Path) -> str:
    """`("sections", 0, "title")` as its author knows it: `sections[0].title`."""
    key = ""
    for part in path:
        key += f"[{part}]" if isinstance(part, int) else f".{part}"
    return key.lstrip(".")


def sentence_of(error: ErrorDetails, model: type[BaseModel]) -> str:
    """The mend of one error found by pydantic in `model`."""
    kind = error["type"]
    if kind == "extra_forbidden":
        return _unknown_key(error["loc"], model)
    if kind == "model_type":
        keys = ", ".join(_model_at(error["loc"], model).model_fields)
        return _("Several keys are expected here, in { }: %(keys)s.") % {"keys": keys}
    sentence = SENTENCES.get(kind)
    if sentence is None:
        sentence = DATE_SENTENCE if kind.startswith("date_") else OTHER_SENTENCE
    details = {"input": str(error["input"])[:60], "type": kind, **error.get("ctx", {})}
    return str(sentence) % details


def _unknown_key(path: Path, model: type[BaseModel]) -> str:
    known = list(_model_at(path[:-1], model).model_fields)
    near = get_close_matches(str(path[-1]), known, n=1)
    if near:
        return _("This key is not known: did you mean “%(key)s”?") % {"key": near[0]}
    return _("This key is not known: remove it. Known here: %(keys)s.") % {
        "keys": ", ".join(known)
    }


def _model_at(path: Path, model: type[BaseModel]) -> type[BaseModel]:
    """The model that reads what stands at a path."""
    for part in path:
        if isinstance(part, str):
            model = _model_in(model.model_fields[part].annotation) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model held by an annotation: `tuple[Option, ...]` or `Text | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, Union, types.UnionType):
        found = (_model_in(argument) for argument in get_args(annotation))
        return next((one for one in found if one is not None), None)
    return None
