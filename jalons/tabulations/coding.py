"""Open answers to code by hand, and how far two coders agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from django.core.paginator import Page, Paginator
from django.db.models import TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from jalons.accounts.models import User
from jalons.analysis.agreement import Agreement, agreement
from jalons.observatory.words import NO_VALUE, decimal, percent
from jalons.tabulations.models import Code, CodeBook, Coding

ANSWERS_ON_A_PAGE = 20
STRENGTHS: Mapping[str, str | Promise] = {
    "almost_perfect": gettext_lazy("almost perfect"),
    "substantial": gettext_lazy("substantial"),
    "moderate": gettext_lazy("moderate"),
    "fair": gettext_lazy("fair"),
    "slight": gettext_lazy("slight"),
    "poor": gettext_lazy("worse than chance"),
}
"""Usual words for kappa, said with the number: they are a habit, not a proof."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An open answer, and the codes this person gave it; None when not read yet."""

    pk: int
    text: str
    profile: str
    given: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many answers a person coded."""

    coder: str
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """The agreement on one code, ready to be read."""

    label: str
    found: Agreement

    @property
    def one_only(self) -> int:
        return self.found.first_only + self.found.second_only

    @property
    def share(self) -> str:
        return percent(self.found.share)

    @property
    def kappa(self) -> str:
        kappa, strength = self.found.kappa, self.found.strength
        if kappa is None or strength is None:
            return NO_VALUE
        return f"{decimal(kappa, 2)} ({STRENGTHS[strength]})"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two coders, and their agreement code by code, on the answers both read."""

    first: str
    second: str
    n: int
    lines: tuple[Line, ...]


def answers(book: CodeBook, coder: User, page: str) -> Page:
    """One page of open answers, in the order they were received."""
    text = KeyTextTransform(book.question_code, "answers")
    found = (
        book.campaign.responses.submitted()
        .annotate(said=Cast(text, TextField()))
        .exclude(said=None)
        .exclude(said="")
        .order_by("pk")
        .values_list("pk", "said", "profile")
    )
    shown = Paginator(found, ANSWERS_ON_A_PAGE).get_page(page)
    given = _given(book, [pk for pk, _text, _profile in shown.object_list], coder)
    shown.object_list = [
        Answer(pk, str(text), profile, given.get(pk))
        for pk, text, profile in shown.object_list
    ]
    return shown


def _given(book: CodeBook, pks: list[int], coder: User) -> dict[int, frozenset[int]]:
    codings = Coding.objects.filter(book=book, coder=coder, response__in=pks)
    return {
        one.response_id: frozenset(code.pk for code in one.codes.all())
        for one in codings.prefetch_related("codes")
    }


def progress(book: CodeBook) -> list[Progress]:
    return [Progress(name, len(read)) for (_pk, name), read in _by_coder(book).items()]


def pairs(book: CodeBook) -> list[Pair]:
    """Every two coders who read at least one answer in common."""
    codes = list(book.codes.all())
    by_coder = _by_coder(book)
    found = []
    for first, second in combinations(sorted(by_coder), 2):
        common = sorted(by_coder[first].keys() & by_coder[second].keys())
        if common:
            read = by_coder[first], by_coder[second]
            judged = tuple(
                Line(code.label, _agreement(code, common, *read)) for code in codes
            )
            found.append(Pair(first[1], second[1], len(common), judged))
    return found


Reading = Mapping[int, frozenset[int]]


def _agreement(
    code: Code, common: list[int], first: Reading, second: Reading
) -> Agreement:
    return agreement(
        [code.pk in first[one] for one in common],
        [code.pk in second[one] for one in common],
    )


def _by_coder(book: CodeBook) -> dict[tuple[int, str], dict[int, frozenset[int]]]:
    """What each person, known by number and name, gave to each answer read."""
    found: dict[tuple[int, str], dict[int, frozenset[int]]] = {}
    codings = Coding.objects.filter(book=book).select_related("coder")
    for one in codings.prefetch_related("codes").order_by("pk"):
        read = found.setdefault((one.coder_id, str(one.coder)), {})
        read[one.response_id] = frozenset(code.pk for code in one.codes.all())
    return found
