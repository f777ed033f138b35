"""A team's diagnosis as it is read: findings with what the field made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jalons.diagnosis import evidence as evidences
from jalons.diagnosis import words
from jalons.diagnosis.evidence import Evidence
from jalons.diagnosis.models import Diagnosis, Finding, Review, Visit

State = Review.State
FIELD = (State.CONFIRMED, State.NUANCED, State.CONTRADICTED)
"""What the field said, one way or the other."""


@dataclass(frozen=True, slots=True)
class Said:
    """One review: state, words, author and date, and the figure as it was then."""

    state: State
    wording: str
    comment: str
    by: str
    at: datetime
    figure: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as it stands; `sentence` comes from the figure of today.

    `has_moved` when the figure changed since the last review.
    """

    pk: int
    indicator: str
    kind: Finding.Kind
    sentence: str
    wording: str
    state: State
    history: tuple[Said, ...]
    visits: tuple[Visit, ...]
    is_current: bool
    has_moved: bool

    @property
    def text(self) -> str:
        """What people wrote; else the sentence of the figure."""
        return self.wording or self.sentence

    @property
    def last(self) -> Said | None:
        return self.history[0] if self.history else None


@dataclass(frozen=True, slots=True)
class Board:
    """Every finding of a diagnosis, and how far the discussion is."""

    diagnosis: Diagnosis
    lines: tuple[FindingLine, ...]

    def of(self, kind: str) -> list[FindingLine]:
        return [one for one in self.kept if one.kind == kind]

    @property
    def groups(self) -> list[tuple[str, list[FindingLine]]]:
        """Findings by kind, those set aside apart."""
        titles = [(str(kind.label), self.of(kind)) for kind in Finding.Kind]
        return [(title, lines) for title, lines in titles if lines]

    @property
    def kept(self) -> list[FindingLine]:
        return [one for one in self.lines if one.state != State.SET_ASIDE]

    @property
    def set_aside(self) -> list[FindingLine]:
        return [one for one in self.lines if one.state == State.SET_ASIDE]

    @property
    def waiting(self) -> int:
        return sum(one.state == State.PROPOSED for one in self.lines)

    @property
    def counts(self) -> dict[State, int]:
        found = Counter(one.state for one in self.lines)
        return {state: found[state] for state in State}


def board_of(diagnosis: Diagnosis) -> Board:
    """All the findings, in three queries."""
    return boards_of([diagnosis])[0]


def boards_of(diagnoses: Iterable[Diagnosis]) -> list[Board]:
    """The findings of several diagnoses, in as many queries as those of one."""
    by_pk = {one.pk: one for one in diagnoses}
    lines: dict[int, list[FindingLine]] = {pk: [] for pk in by_pk}
    findings = Finding.objects.filter(diagnosis__in=by_pk).prefetch_related(
        "reviews__reviewed_by", "visits__commune"
    )
    for finding in findings.order_by("pk"):
        finding.diagnosis = by_pk[finding.diagnosis_id]
        lines[finding.diagnosis_id].append(line_of(finding))
    return [Board(one, tuple(lines[pk])) for pk, one in by_pk.items()]


def line_of(finding: Finding) -> FindingLine:
    reviews = sorted(finding.reviews.all(), key=lambda one: -one.pk)
    history = tuple(_said(one) for one in reviews)
    last = reviews[0] if reviews else None
    evidence = _evidence(finding.evidence)
    return FindingLine(
        pk=finding.pk,
        indicator=finding.indicator,
        kind=Finding.Kind(finding.kind),
        sentence=evidences.sentence(evidence) if evidence else "",
        wording=last.wording if last else "",
        state=State(last.state) if last else State.PROPOSED,
        history=history,
        visits=tuple(finding.visits.all()),
        is_current=finding.is_current,
        has_moved=_has_moved(finding, reviews),
    )


def _has_moved(finding: Finding, reviews: Sequence[Review]) -> bool:
    """What is stored may say less than it would today: figures are compared."""
    if not reviews:
        return False
    return _evidence(reviews[0].evidence) != _evidence(finding.evidence)


def _said(review: Review) -> Said:
    return Said(
        state=State(review.state),
        wording=review.wording,
        comment=review.comment,
        by=str(review.reviewed_by),
        at=review.reviewed_at,
        figure=_figure(_evidence(review.evidence)),
    )


def _evidence(stored: object) -> Evidence | None:
    return evidences.from_store(stored) if stored else None


def _figure(evidence: Evidence | None) -> str:
    """The figure alone, as it was read: "13,8 % (2021)"."""
    if evidence is None or evidence.value is None:
        return ""
    return f"{words.text(evidence.value, evidence.unit)} ({evidence.vintage})"
