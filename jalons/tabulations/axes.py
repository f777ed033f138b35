"""Variables as masks over the answers of a survey, ready to be counted.

Questions come from `surveys.matrix`. What depends on the territory is encoded once per
revision of the answers and of their context, one byte an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from django.core.cache import cache
from numpy.typing import NDArray

from jalons.analysis.tabulation import Axis, Mask, axis
from jalons.observatory.degrees import SPREAD_TYPES, first_code
from jalons.observatory.loading import load
from jalons.observatory.material import Material
from jalons.observatory.revisions import revision
from jalons.observatory.variables import ORDERS
from jalons.questionnaires.definitions import Definition, Question
from jalons.surveys.encoding import AnswerMatrix
from jalons.surveys.matrix import KEPT_SECONDS, known_of
from jalons.surveys.models import Campaign
from jalons.tabulations.classed import base_of, classed_axis, suffixes
from jalons.tabulations.models import Code, CodeBook, Coding
from jalons.tabulations.variables import (
    BOOK,
    CHANNEL,
    CONTEXTS,
    DEPARTEMENT,
    GIVEN,
    LEVEL,
    NOT_ANSWERS,
    Variable,
    catalogue,
)

FORMAT = 3
"""To be raised when the shape of `Context` changes."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A category for each answer, by position; -1 is unknown."""

    labels: tuple[str, ...]
    positions: NDArray[np.int8] | NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the answers themselves.

    `sizes` gives, for each context variable, the territories and the inhabitants of
    the whole perimeter in each category. `weights` are those that imported files gave,
    NaN for an answer without one, `weight_files` the number of each one's file.
    """

    variables: Mapping[str, Labelled]
    departements: Mapping[str, str]
    sizes: Mapping[str, Mapping[str, tuple[int, int]]]
    weights: NDArray[np.float64]
    weight_files: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a survey, from which any variable can be taken."""

    campaign: Campaign
    matrix: AnswerMatrix
    context: Context

    def __len__(self) -> int:
        return len(self.matrix)

    def axis(self, code: str) -> Axis:
        """The variable of this name."""
        if code in self.context.variables:
            found = self.context.variables[code]
            return axis(found.labels, found.positions)
        if code.startswith(BOOK):
            return _book(self, int(code.removeprefix(BOOK)))
        return _question(self.campaign, self.matrix, code)

    @property
    def definition(self) -> Definition:
        return self.campaign.version.read()

    def question(self, code: str) -> Question | None:
        """The question that a variable counts, or whose words were coded.

        None for a context, and for codes that were deleted meanwhile.
        """
        if code in self.context.variables:
            return None
        if code.startswith(BOOK):
            books = CodeBook.objects.filter(pk=code.removeprefix(BOOK))
            code = books.values_list("question_code", flat=True).first() or ""
        return self.definition.question(base_of(code).partition(".")[0])

    def is_classed_otherwise(self, code: str) -> bool:
        """Whether its classes are not those in which the results count a question.

        Published beside them, they would tell of the few who stand between two limits.
        Of ranks, first places are counted alike; the others are not crossed.
        """
        if code in self.context.variables or code.startswith(BOOK):
            return False
        found = self.campaign.version.read().question(base_of(code))
        if found is None:
            return False
        usual = first_code(found.code) if found.type == "ranking" else found.code
        return code != usual

    @property
    def classes(self) -> dict[str, tuple[str, ...]]:
        """The classes of each number and each day, by the name of the variable."""
        return {
            question.code + suffix: self.axis(question.code + suffix).labels
            for question in self.campaign.version.read().questions
            if question.type in SPREAD_TYPES and not question.is_personal
            for suffix in suffixes(question)
        }


def answers_of(campaign: Campaign) -> Answers:
    """The answers and their context, from the cache when nothing changed."""
    known = known_of(campaign)
    now = revision(campaign, known.revision)
    key = f"tabulations:{FORMAT}:{campaign.pk}:{now}"
    context: Context | None = cache.get(key)
    if context is None:
        context = _context(campaign, load(campaign, known))
        cache.set(key, context, KEPT_SECONDS)
    return Answers(campaign, known.matrix, context)


def variables_of(answers: Answers, language: str) -> dict[str, Variable]:
    """Every variable of a survey, with its categories in words."""
    departements = answers.context.departements
    return catalogue(answers.campaign, departements, answers.classes, language)


def _question(campaign: Campaign, matrix: AnswerMatrix, code: str) -> Axis:
    """Classes, or boxes ticked; "ne sait pas" and "not concerned" answer nothing."""
    found = campaign.version.read().question(base_of(code).split(".")[0])
    classed = classed_axis(found, code, matrix) if found else None
    if classed is not None:
        return classed
    ticks = matrix.ticks[code]
    kept = [at for at, one in enumerate(ticks.options) if one not in NOT_ANSWERS]
    masks: Mask = ticks.ticked[kept]
    answered: Mask = np.any(masks, axis=0)
    is_multiple = found is not None and found.type in ("multiple", "ranking")
    labels = tuple(ticks.options[at] for at in kept)
    return Axis(labels, masks, answered, is_multiple)


def _context(campaign: Campaign, material: Material) -> Context:
    """Encode the context of each answer, by the territory it speaks of."""
    labels, places = material.answers.territories, material.places
    by_code = {place.code: place for place in places}
    found, sizes = {}, {}
    for code, name in {**CONTEXTS, DEPARTEMENT: "departement"}.items():
        order = ORDERS.get(name, tuple(sorted(material.departements)))
        known = {place.code: getattr(place, name) for place in by_code.values()}
        found[code] = _labelled(order, map(known.get, labels.names), labels.positions)
        sizes[code] = {
            label: (
                sum(known[place.code] == label for place in places),
                sum(
                    place.population or 0
                    for place in places
                    if known[place.code] == label
                ),
            )
            for label in order
        }
    grid = material.definition.grid
    if grid:
        classes = tuple(one.code for one in grid.classes)
        levels = (
            standing.class_code if (standing := material.standings.get(one)) else None
            for one in labels.names
        )
        found[LEVEL] = _labelled(classes, levels, labels.positions)
    channels, weights = material.answers.channels, material.answers.weights
    found[CHANNEL] = Labelled(channels.names, channels.positions.astype(np.int8))
    files = material.answers.weight_files
    found[GIVEN] = _by_file(weights, files)
    return Context(found, material.departements, sizes, weights, files)


def _by_file(weights: NDArray[np.float64], files: NDArray[np.int64]) -> Labelled:
    """The file that gave its weight to each answer."""
    known = ~np.isnan(weights)
    numbers, places = np.unique(files[known], return_inverse=True)
    positions = np.full(len(weights), -1, np.int32)
    positions[known] = places
    return Labelled(tuple(map(str, numbers.tolist())), positions)


def _labelled(
    order: tuple[str, ...], said: Iterable[str | None], positions: NDArray[np.int32]
) -> Labelled:
    """The label of each answer, from that of its territory."""
    where = {label: at for at, label in enumerate(order)}
    of_each = [where.get(one, -1) if one is not None else -1 for one in said]
    return Labelled(order, np.array(of_each or [-1], np.int8)[positions])


def _book(answers: Answers, pk: int) -> Axis:
    """The codes on which everyone who read the answer agrees.

    An answer that a coder read and gave no code to is answered; one that nobody read,
    or on no code of which coders agree while they gave some, is not.
    """
    rows = Coding.objects.filter(book=pk).values_list("pk", "response", "codes")
    given: dict[int, dict[int, set[int]]] = {}
    for coding, response, code in rows:
        codes = given.setdefault(response, {}).setdefault(coding, set())
        if code is not None:
            codes.add(code)
    labels = [str(code.pk) for code in Code.objects.filter(book=pk)]
    masks = np.zeros((len(labels), len(answers)), dtype=bool)
    answered = np.zeros(len(answers), dtype=bool)
    for response, codings in given.items():
        at = int(np.searchsorted(answers.matrix.pks, response))
        if at >= len(answers) or answers.matrix.pks[at] != response:
            continue
        agreed = set.intersection(*codings.values())
        answered[at] = bool(agreed) or not any(codings.values())
        for code in agreed:
            masks[labels.index(str(code)), at] = True
    return Axis(tuple(labels), masks, answered, True)
