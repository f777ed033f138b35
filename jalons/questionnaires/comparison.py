"""Two versions of a questionnaire side by side: what changed, what still compares.

Questions are paired by what they mean (`Definition.meaning_of`), then by code. Their
answers compare:

* `same`: same meaning, same kind of answer, same choices in the same words; points,
  help, place and obligation may differ;
* `with_care`: same meaning, but the words, the choices offered or the people asked
  changed: a difference may come from there;
* `no`: another meaning, another kind of answer, another scale or another unit.

Totals of points compare only when every scored question, its meaning, its points, its
conditions and the classes are the same. Nothing here reads an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from jalons.questionnaires.schema import Definition, Option, Question, Text

Change = Literal[
    "meaning",
    "type",
    "scale",
    "lines",
    "unit",
    "reworded",
    "options_added",
    "options_removed",
    "options_reworded",
    "maximum_of_choices",
    "limits",
    "offered",
    "condition",
    "classes",
    "points",
    "help",
    "required",
    "moved",
]
Comparable = Literal["same", "with_care", "no"]

BREAKING: frozenset[Change] = frozenset({"meaning", "type", "scale", "lines", "unit"})
CAREFUL: frozenset[Change] = frozenset(
    {
        "reworded",
        "options_added",
        "options_removed",
        "options_reworded",
        "maximum_of_choices",
        "limits",
        "offered",
        "condition",
    }
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One question in both versions, and what changed from the first to the second."""

    before: Question
    after: Question
    changes: tuple[Change, ...]

    @property
    def options_added(self) -> tuple[Option, ...]:
        known = {one.code for one in self.before.options}
        return tuple(one for one in self.after.options if one.code not in known)

    @property
    def options_removed(self) -> tuple[Option, ...]:
        left = {one.code for one in self.after.options}
        return tuple(one for one in self.before.options if one.code not in left)

    @property
    def comparable(self) -> Comparable:
        if BREAKING.intersection(self.changes):
            return "no"
        return "with_care" if CAREFUL.intersection(self.changes) else "same"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the second version changed to the first."""

    pairs: tuple[Pair, ...]
    added: tuple[Question, ...]
    removed: tuple[Question, ...]
    are_scores_comparable: bool

    @property
    def changed(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.changes)

    @property
    def unchanged_count(self) -> int:
        return len(self.pairs) - len(self.changed)

    @property
    def with_care_count(self) -> int:
        """Questions whose answers compare, but not without thinking twice."""
        return sum(pair.comparable == "with_care" for pair in self.changed)

    @property
    def is_empty(self) -> bool:
        return not (self.changed or self.added or self.removed)


def compare(before: Definition, after: Definition) -> Comparison:
    """What changed from one version to the other."""
    pairs = tuple(_paired(before, after))
    known_before = {pair.before.code for pair in pairs}
    known_after = {pair.after.code for pair in pairs}
    moved = _moved(pairs, before)
    return Comparison(
        pairs=tuple(
            Pair(b, a, tuple(_changes(b, a, before, after, b.code in moved)))
            for b, a in ((pair.before, pair.after) for pair in pairs)
        ),
        added=tuple(q for q in after.questions if q.code not in known_after),
        removed=tuple(q for q in before.questions if q.code not in known_before),
        are_scores_comparable=_scores(before) == _scores(after),
    )


def _paired(before: Definition, after: Definition) -> Iterator[Pair]:
    """In the order of the second version: by meaning first, then by code."""
    meanings = {before.meaning_of(q): q for q in before.questions}
    renewed = {after.meaning_of(q) for q in after.questions}
    taken: set[str] = set()
    for question in after.questions:
        found = meanings.get(after.meaning_of(question))
        if found is None:
            same_code = before.question(question.code)
            # Unless its meaning lives on elsewhere, the same code is the same place.
            if same_code and before.meaning_of(same_code) not in renewed:
                found = same_code
        if found is not None and found.code not in taken:
            taken.add(found.code)
            yield Pair(found, question, ())


def _moved(pairs: tuple[Pair, ...], before: Definition) -> frozenset[str]:
    """The fewest questions whose move explains the new order."""
    rank = {question.code: at for at, question in enumerate(before.questions)}
    ranks = [rank[pair.before.code] for pair in pairs]
    kept = _longest_rise(ranks)
    return frozenset(
        pair.before.code
        for pair, at in zip(pairs, ranks, strict=True)
        if at not in kept
    )


def _longest_rise(ranks: list[int]) -> frozenset[int]:
    """The longest part of a list that only rises."""
    best: list[tuple[int, ...]] = []
    for rank in ranks:
        runs = [run for run in best if run[-1] < rank]
        best.append((*_longest(runs), rank))
    return frozenset(_longest(best))


def _longest(runs: list[tuple[int, ...]]) -> tuple[int, ...]:
    found: tuple[int, ...] = ()
    for run in runs:
        found = run if len(run) > len(found) else found
    return found


def _changes(
    old: Question, new: Question, before: Definition, after: Definition, is_moved: bool
) -> Iterator[Change]:
    if before.meaning_of(old) != after.meaning_of(new):
        yield "meaning"
    if old.type != new.type:
        yield "type"
    if _scale(old) != _scale(new):
        yield "scale"
    if old.row_codes != new.row_codes:
        yield "lines"
    if _say(old.unit) != _say(new.unit):
        yield "unit"
    if _say(old.text) != _say(new.text) or _rows(old) != _rows(new):
        yield "reworded"
    yield from _option_changes(old, new)
    if old.max_choices != new.max_choices:
        yield "maximum_of_choices"
    if _limits(old) != _limits(new):
        yield "limits"
    if any(_offered(old).get(c, p) != p for c, p in _offered(new).items()):
        yield "offered"
    if _conditions(before, old) != _conditions(after, new):
        yield "condition"
    if _classes(old) != _classes(new):
        yield "classes"
    if _points(old) != _points(new):
        yield "points"
    if _say(old.help) != _say(new.help):
        yield "help"
    if old.required != new.required:
        yield "required"
    if is_moved:
        yield "moved"


def _option_changes(old: Question, new: Question) -> Iterator[Change]:
    if set(new.option_codes) - set(old.option_codes):
        yield "options_added"
    if set(old.option_codes) - set(new.option_codes):
        yield "options_removed"
    words = {option.code: _say(option.text) for option in old.options}
    if any(words.get(o.code, _say(o.text)) != _say(o.text) for o in new.options):
        yield "options_reworded"


def _limits(question: Question) -> object:
    """What an answer may be at least, and at most."""
    return (
        question.minimum,
        question.maximum,
        question.earliest,
        question.latest,
        question.max_length,
    )


def _offered(question: Question) -> dict[str, frozenset[str]]:
    return {one.code: frozenset(one.profiles) for one in question.options}


def _classes(question: Question) -> object:
    """How numbers are counted, and the numbers that answers stand for."""
    bands = {
        one.code: (one.at_least, one.below)
        for one in question.options
        if (one.at_least, one.below) != (None, None)
    }
    return question.class_limits, bands


def _say(text: Text | None) -> tuple[str, str, str | None] | None:
    return (text.fr, text.en, text.fr_easy) if text else None


def _rows(question: Question) -> dict[str, object]:
    return {row.code: _say(row.text) for row in question.rows}


def _scale(question: Question) -> dict[str, int]:
    """Degrees and their values: one degree more is another scale."""
    return question.degrees


def _conditions(definition: Definition, question: Question) -> list[object]:
    found = definition.conditions_of(question)
    return [(one.question, frozenset(one.any_of)) for one in found]


def _points(question: Question) -> object:
    rule = question.scoring
    if rule is None:
        return None
    steps = tuple((step.at_least, step.points) for step in rule.steps)
    points = {option.code: option.points or 0 for option in question.options}
    return rule.rule, rule.dimension, rule.maximum, steps, points


def _scores(definition: Definition) -> object:
    """All that a total of points rests on."""
    grid = definition.grid
    if grid is None:
        return None
    items = [
        (q.code, definition.meaning_of(q), _points(q), _conditions(definition, q))
        for q in definition.questions
        if q.scoring
    ]
    classes = [(one.code, one.low, one.high) for one in grid.classes]
    return sorted(items, key=lambda item: item[0]), classes
