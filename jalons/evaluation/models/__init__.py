"""The plan of an evaluation; the indicators it follows; the reviews that judge."""

from __future__ import annotations

from jalons.evaluation.models.followed import Baseline, Followed, Measure
from jalons.evaluation.models.plans import Box, Evaluation, Question
from jalons.evaluation.models.reviews import Review, Story

__all__ = [
    "Baseline",
    "Box",
    "Evaluation",
    "Followed",
    "Measure",
    "Question",
    "Review",
    "Story",
]
