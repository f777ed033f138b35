"""One table of cases, run through the rules of the server and those of the telephone.

Each case is a questionnaire, the answers given, the questions then asked and the
answers kept of them.
"""

from __future__ import annotations

from typing import Any

from jalons.questionnaires.definitions import Definition, content_of

Case = tuple[str, dict[str, Any], dict[str, Any], list[str], dict[str, Any]]


def _options(*codes: str, **more: Any) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"code": code, "text": {"fr": code, "en": code}, **more.get(code, {})}
        for code in codes
    )


def _question(code: str, type: str = "single", *codes: str, **more: Any):
    options = more.pop("options", None) or _options(*codes)
    text = {"fr": code, "en": code}
    return {"code": code, "type": type, "text": text, "options": options, **more}


def _if(question: str, *any_of: str) -> dict[str, Any]:
    return {"question": question, "any_of": any_of}


def _definition(*sections: dict[str, Any]) -> dict[str, Any]:
    """As a telephone receives it: the keys left at their default are not there."""
    definition = Definition.model_validate(
        {
            "code": "cases",
            "title": {"fr": "Cas", "en": "Cases"},
            "description": {"fr": "Cas", "en": "Cases"},
            "minutes": 1,
            "is_reconstruction": False,
            "author": "Tests",
            "licence": "MIT",
            "sections": tuple(sections),
        }
    )
    return content_of(definition)


def _section(code: str, *questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    title = {"fr": code, "en": code}
    return {"code": code, "title": title, "questions": questions, **more}


USES = _definition(
    _section("one", _question("often", "single", "daily", "never")),
    _section(
        "two",
        _question("buy", "scale", "alone", "helped", allows_not_concerned=True),
        _question("pay", "single", "yes", "no", show_if=_if("buy", "alone")),
        show_if=_if("often", "daily"),
    ),
    _section(
        "three",
        _question(
            "brakes",
            "multiple",
            options=_options("cost", "fear", "none", none={"is_exclusive": True}),
            max_choices=2,
            allows_dont_know=True,
        ),
        _question("why", "long_text", show_if=_if("brakes", "cost", "fear")),
        _question("how", "number", show_if=_if("pay", "yes"), minimum=0.0),
    ),
)
PROFILES = _definition(
    _section(
        "one",
        _question("who", "single", "young", "old", role="profile"),
        _question(
            "wish",
            "single",
            options=_options("game", "care", "both", game={"profiles": ("young",)}),
        ),
        _question("more", "single", "yes", "no", show_if=_if("wish", "game")),
        _question(
            "when",
            "matrix",
            "yes",
            "no",
            rows=(
                {"code": "morning", "text": {"fr": "Matin", "en": "Morning"}},
                {"code": "evening", "text": {"fr": "Soir", "en": "Evening"}},
            ),
        ),
        _question("order", "ranking", "first", "second", "third"),
    )
)

ALL = ["often", "buy", "pay", "brakes", "why", "how"]
CASES: tuple[Case, ...] = (
    ("nothing answered", USES, {}, ["often", "brakes"], {}),
    (
        "a section opens",
        USES,
        {"often": "daily"},
        ["often", "buy", "brakes"],
        {"often": "daily"},
    ),
    (
        "a section closes, and what hangs on it",
        USES,
        {"often": "never", "buy": "alone", "pay": "yes", "how": 3},
        ["often", "brakes"],
        {"often": "never"},
    ),
    (
        "conditions in a chain",
        USES,
        {
            "often": "daily",
            "buy": "alone",
            "pay": "yes",
            "brakes": ["fear"],
            "why": "Trop compliqué",
            "how": 3,
        },
        ALL,
        {
            "often": "daily",
            "buy": "alone",
            "pay": "yes",
            "brakes": ["fear"],
            "why": "Trop compliqué",
            "how": 3,
        },
    ),
    (
        "a reserved answer meets no condition",
        USES,
        {"often": "daily", "buy": "not_concerned", "brakes": ["dont_know"]},
        ["often", "buy", "brakes"],
        {"often": "daily", "buy": "not_concerned", "brakes": ["dont_know"]},
    ),
    (
        "boxes in the order of the questionnaire",
        USES,
        {"brakes": ["fear", "cost"]},
        ["often", "brakes", "why"],
        {"brakes": ["cost", "fear"]},
    ),
    (
        "an option not offered to a profile decides nothing",
        PROFILES,
        {"who": "old", "wish": "game", "more": "yes"},
        ["who", "wish", "when", "order"],
        {"who": "old"},
    ),
    (
        "an option offered to a profile",
        PROFILES,
        {"who": "young", "wish": "game", "more": "yes"},
        ["who", "wish", "more", "when", "order"],
        {"who": "young", "wish": "game", "more": "yes"},
    ),
    (
        "lines of a matrix and ranks",
        PROFILES,
        {"when": {"evening": "no"}, "order": ["third", "first"]},
        ["who", "wish", "when", "order"],
        {"when": {"evening": "no"}, "order": ["third", "first"]},
    ),
    (
        "everything emptied",
        PROFILES,
        {"when": {}, "order": [], "wish": ""},
        ["who", "wish", "when", "order"],
        {},
    ),
)
