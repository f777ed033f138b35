"""What is left to mend in a draft, each beside the field that mends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from django.utils.translation import get_language

from jalons.questionnaires.checks import check
from jalons.questionnaires.locator import Path
from jalons.questionnaires.problems import Finding
from jalons.questionnaires.schema import Definition, Text

Page = Literal[
    "description", "part", "question", "condition", "part_condition", "points"
]


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to mend: on which page, of which part or question, in which field."""

    page: Page
    code: str
    field: str
    message: str
    title: str = ""

    @property
    def is_about_points(self) -> bool:
        return self.page == "points"


def troubles_of(definition: Definition) -> tuple[Trouble, ...]:
    """All that keeps a draft from being published, in the order of its pages."""
    return tuple(_titled(finding, definition) for finding in check(definition))


def about(
    troubles: Iterable[Trouble], page: Page, code: str = ""
) -> tuple[Trouble, ...]:
    """Those that one page mends."""
    return tuple(one for one in troubles if (one.page, one.code) == (page, code))


def _titled(finding: Finding, definition: Definition) -> Trouble:
    """What is left to mend, and the words of the question or the part it is in."""
    said = replace(finding, message=finding.on_screen or finding.message)
    found = _trouble(said, definition)
    question, section = definition.question(found.code), definition.section(found.code)
    is_part = found.page in ("part", "part_condition")
    text = section.title if is_part and section else question.text if question else None
    text = text or _of_grid(finding.path, definition)
    return replace(
        found, title=text.in_language(get_language() or "fr") if text else ""
    )


def _of_grid(path: Path, definition: Definition) -> Text | None:
    """The name of the class or of the dimension that a finding speaks of."""
    grid = definition.grid
    if grid is None or path[:1] != ("grid",) or len(path) < 3:
        return None
    if path[1] == "classes":
        return grid.classes[int(path[2])].title
    return grid.dimensions[int(path[2])].title if path[1] == "dimensions" else None


def _trouble(finding: Finding, definition: Definition) -> Trouble:
    path = finding.path
    if path[0] == "grid":
        return Trouble("points", "", _joined(path[1:]), finding.message)
    if path[0] != "sections" or len(path) == 1:
        return Trouble("description", "", _joined(path), finding.message)
    section = definition.sections[int(path[1])]
    if path[2:3] == ("questions",) and len(path) > 3:
        return _of_question(
            path[4:], section.questions[int(path[3])].code, finding.message
        )
    if path[2:3] == ("show_if",):
        return Trouble("part_condition", section.code, "", finding.message)
    return Trouble("part", section.code, _joined(path[2:]), finding.message)


def _of_question(rest: Path, code: str, message: str) -> Trouble:
    if rest[:1] == ("show_if",):
        return Trouble("condition", code, "", message)
    if rest[:1] == ("scoring",) or rest[-1:] == ("points",):
        field = f"{code}.{rest[1]}" if rest[-1] == "points" else code
        return Trouble("points", code, field, message)
    if rest[:1] in (("options",), ("rows",)) and len(rest) > 2:
        prefix = "o" if rest[0] == "options" else "l"
        last = {"is_exclusive": "alone"}.get(str(rest[-1]), str(rest[-1]))
        return Trouble("question", code, f"{prefix}{rest[1]}_{last}", message)
    return Trouble("question", code, _joined(rest), message)


def _joined(path: Path) -> str:
    """`("title", "fr")` as the forms name it: `title_fr`."""
    return "_".join(str(part) for part in path)
