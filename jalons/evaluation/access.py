"""The door to what an evaluation holds: through its roadmap, for who may touch it."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.evaluation.models import Box, Evaluation, Followed, Question, Review, Story
from jalons.live.access import read_number
from jalons.roadmaps.models import Roadmap


def get_evaluation(roadmap: Roadmap) -> Evaluation:
    """The evaluation of a roadmap already opened, once it is begun (404)."""
    found: Evaluation = get_object_or_404(
        Evaluation.objects.select_related("roadmap__space"), roadmap=roadmap
    )
    return found


def get_kind(named: str) -> Box.Kind:
    """A part of the theory of change, as an address names it (404)."""
    if named not in Box.Kind.values:
        raise Http404
    return Box.Kind(named)


def get_question(roadmap: Roadmap, pk: int) -> Question:
    found: Question = get_object_or_404(
        Question.objects.select_related("evaluation__roadmap"),
        pk=pk,
        evaluation__roadmap=roadmap,
    )
    return found


def get_followed(roadmap: Roadmap, pk: int) -> Followed:
    """An indicator of a roadmap already opened, never of another one."""
    found: Followed = get_object_or_404(
        Followed.objects.select_related("evaluation__roadmap__space"),
        pk=pk,
        evaluation__roadmap=roadmap,
    )
    return found


def get_review(roadmap: Roadmap, pk: int) -> Review:
    found: Review = get_object_or_404(
        Review.objects.select_related("evaluation__roadmap"),
        pk=pk,
        evaluation__roadmap=roadmap,
    )
    return found


def get_story(review: Review, pk: str | None) -> Story:
    found: Story = get_object_or_404(review.stories, pk=read_number(pk))
    return found
