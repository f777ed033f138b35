"""Are the points of a questionnaire right? The border of `analysis.scoring.check`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from jalons.analysis import scoring
from jalons.documents.words import number
from jalons.questionnaires.grids import grid_of
from jalons.questionnaires.locator import Path
from jalons.questionnaires.problems import Finding
from jalons.questionnaires.schema import Definition, Grid, Question, Scoring

SCORED_TYPES = ("single", "scale", "multiple")
MOST_BOXES = 12
"""Boxes that add up in one question: 4 096 combinations, one table of `codes`."""
TOLD_ELSEWHERE = ("circular_condition", "unknown_option", "duplicate_item")
"""Mistakes of conditions and codes, which their own checks say in words."""
TYPES_OF_RULE = {
    "single": ("single", "scale"),
    "cumulative": ("multiple",),
    "counted": ("multiple",),
}


def check_grid(definition: Definition) -> Iterator[Finding]:
    """What is wrong with the points; totals only once each question is right."""
    found = list(_check_scored(definition))
    yield from found
    grid = definition.grid
    if grid is None or found:
        return
    yield from _check_grid_codes(grid)
    for problem in scoring.check(grid_of(definition)):
        if problem.kind not in TOLD_ELSEWHERE:
            yield Finding(_path_of(problem, definition), _sentence_of(problem))
    for d, dimension in enumerate(grid.dimensions):
        yield from _check_levels(d, grid)
        if dimension.levels and dimension.levels_note is None:
            message = _("Say where these levels come from: write this note.")
            yield Finding(("grid", "dimensions", d, "levels_note"), message)


def _check_scored(definition: Definition) -> Iterator[Finding]:
    for s, section in enumerate(definition.sections):
        for q, question in enumerate(section.questions):
            path: Path = ("sections", s, "questions", q)
            if question.scoring is None:
                yield from _check_unscored(path, question)
                continue
            yield from _check_place(path, question, definition)
            yield from _check_rule(path, question, question.scoring)
            if section.show_if is not None:
                message = _("A page with points must always be asked: remove this key.")
                on_screen = _(
                    "A part whose questions give points must always be asked: take its "
                    "condition away."
                )
                yield Finding(("sections", s, "show_if"), message, on_screen)
    scored = [q for q in definition.questions if q.scoring]
    if definition.grid is not None and not scored:
        message = _("No question gives points: write them, or remove the grid.")
        yield Finding(("grid",), message)


def _check_unscored(path: Path, question: Question) -> Iterator[Finding]:
    for o, option in enumerate(question.options):
        if option.points is not None:
            message = _("This question has no scoring: remove the points, or write it.")
            on_screen = _(
                "This question counts no more, but an answer still has points."
            )
            yield Finding((*path, "options", o, "points"), message, on_screen)


def _check_place(
    path: Path, question: Question, definition: Definition
) -> Iterator[Finding]:
    rule, grid = question.scoring, definition.grid
    dimensions = [d.code for d in grid.dimensions] if grid else []
    if rule and rule.dimension not in dimensions:
        message = _(
            "This dimension is not in [grid]: write it there. Known: %(codes)s."
        )
        codes = ", ".join(dimensions) or "–"
        on_screen = _("Choose the dimension in which this question counts.")
        place = (*path, "scoring", "dimension")
        yield Finding(place, message % {"codes": codes}, on_screen)
    if question.max_choices is not None:
        message = _("A question with points has no maximum of choices: remove it.")
        yield Finding((*path, "max_choices"), message)
    if any(option.profiles for option in question.options):
        message = _("A question with points offers the same options to everyone.")
        yield Finding((*path, "options"), message)
    if question.allows_not_concerned:
        message = _(
            "A question with points may not offer “not concerned”, which would be "
            "neither zero nor missing: remove it."
        )
        yield Finding((*path, "allows_not_concerned"), message)
    condition = question.show_if and definition.question(question.show_if.question)
    if condition and condition.show_if and condition.scoring is None:
        message = _(
            "The points may not hang on an unscored question itself conditional."
        )
        yield Finding((*path, "show_if", "question"), message)


def _check_rule(path: Path, question: Question, rule: Scoring) -> Iterator[Finding]:
    if question.type not in TYPES_OF_RULE[rule.rule]:
        message = _("The rule “%(rule)s” needs a question of type %(type)s.")
        types = " / ".join(TYPES_OF_RULE[rule.rule])
        details = {"rule": rule.rule, "type": types}
        on_screen = _(
            "A question answered in this way cannot give its points like that: take "
            "its points away, or change its type."
        )
        yield Finding((*path, "scoring", "rule"), message % details, on_screen)
        return
    codes = [option.code for option in question.options]
    if question.type == "multiple" and scoring.NONE not in codes:
        message = _("Add an option “none”, worth zero: nothing ticked is no answer.")
        on_screen = _(
            "Add an answer such as “None of these” that excludes the others: nothing "
            "ticked is no answer."
        )
        yield Finding((*path, "options"), message, on_screen)
    if rule.rule == "cumulative" and len(codes) - 1 > MOST_BOXES:
        message = _("At most %(most)s answers may add up: count them by steps instead.")
        yield Finding((*path, "options"), message % {"most": MOST_BOXES})
    yield from _check_option_points(path, question, rule)
    yield from _check_steps((*path, "scoring", "steps"), rule)


def _check_option_points(
    path: Path, question: Question, rule: Scoring
) -> Iterator[Finding]:
    for o, option in enumerate(question.options):
        place = (*path, "options", o, "points")
        is_none = option.code == scoring.NONE and question.type == "multiple"
        if rule.rule == "counted" or is_none:
            if option.points:
                yield Finding(
                    place, _("This option gives no points itself: remove them.")
                )
        elif option.points is None:
            yield Finding(place, _("Write the points of this option (0 if none)."))
        elif option.points > rule.maximum:
            message = _("More than the maximum of the question, %(maximum)s.")
            yield Finding(place, message % {"maximum": rule.maximum})


def _check_steps(path: Path, rule: Scoring) -> Iterator[Finding]:
    if (rule.rule == "counted") != bool(rule.steps):
        message = _("Steps go with the rule “counted”, and only with it.")
        on_screen = _("Write from how many answers ticked the points are given.")
        yield Finding(path, message, on_screen)
    for i, (before, after) in enumerate(pairwise(rule.steps)):
        if after.at_least <= before.at_least or after.points < before.points:
            message = _("Steps must rise: more boxes ticked, no fewer points.")
            yield Finding((*path, i + 1), message)


def _check_grid_codes(grid: Grid) -> Iterator[Finding]:
    lists: list[tuple[Path, list[str]]] = [
        (("grid", "dimensions"), [d.code for d in grid.dimensions]),
        (("grid", "classes"), [c.code for c in grid.classes]),
    ]
    for d, dimension in enumerate(grid.dimensions):
        path: Path = ("grid", "dimensions", d, "levels")
        lists.append((path, [level.code for level in dimension.levels]))
    for path, codes in lists:
        for i, code in enumerate(codes):
            if code in codes[:i]:
                message = _("The code “%(code)s” is already used: choose another.")
                yield Finding((*path, i, "code"), message % {"code": code})


def _check_levels(d: int, grid: Grid) -> Iterator[Finding]:
    """The levels of a dimension follow one another from 0 to its maximum."""
    dimension = grid.dimensions[d]
    expected = 0.0
    for i, level in enumerate(dimension.levels):
        path: Path = ("grid", "dimensions", d, "levels", i)
        if level.low != expected:
            message = _("Starts at %(found)s where %(expected)s is expected.")
            details = {"found": _shown(level.low), "expected": _shown(expected)}
            yield Finding((*path, "low"), message % details)
        if level.high <= level.low:
            yield Finding((*path, "high"), _("Must be more than low."))
        expected = level.high
    if dimension.levels and expected != dimension.maximum:
        message = _("The last level must end at the maximum, %(maximum)s.")
        path = ("grid", "dimensions", d, "levels", len(dimension.levels) - 1, "high")
        yield Finding(path, message % {"maximum": _shown(dimension.maximum)})


def _shown(value: float | None) -> str | None:
    return None if value is None else number(value)


def _path_of(problem: scoring.Problem, definition: Definition) -> Path:
    """Where to look for what `analysis` found wrong."""
    for s, section in enumerate(definition.sections):
        for q, question in enumerate(section.questions):
            if question.code == problem.where:
                return ("sections", s, "questions", q, "scoring", "maximum")
    grid = definition.grid
    for i, one in enumerate(grid.classes if grid else ()):
        if one.code == problem.where:
            return ("grid", "classes", i)
    for i, dimension in enumerate(grid.dimensions if grid else ()):
        if dimension.code == problem.where:
            return ("grid", "dimensions", i, "maximum")
    return ("grid", problem.where)


def _sentence_of(problem: scoring.Problem) -> str:
    numbers = {
        "expected": _shown(problem.expected),
        "found": _shown(problem.found),
    }
    follows = _(
        "Starts at %(found)s; the class before ends at %(expected)s: write the "
        "same number in both."
    )
    sentences = {
        "negative_points": _("No answer is worth less than 0 points: mend it."),
        "maximum_differs": _(
            "The options give at most %(found)s points, not %(expected)s: mend either."
        ),
        "dimension_differs": _(
            "Its questions add up to %(found)s, not %(expected)s: mend either."
        ),
        "total_differs": _(
            "The questions add up to %(found)s points, not %(expected)s: mend either."
        ),
        "class_gap": follows,
        "class_overlap": follows,
        "class_bounds": _(
            "Classes must run from 0 to the total: %(expected)s, not %(found)s."
        ),
        "class_inverted": _(
            "Starts at %(found)s and ends at %(expected)s: it must end above its start."
        ),
        "unreachable_total": _(
            "No combination of answers gives %(expected)s points: review the points."
        ),
    }
    return sentences.get(problem.kind, problem.kind) % numbers
