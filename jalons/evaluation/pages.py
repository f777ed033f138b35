"""What the pages of an evaluation share."""

from __future__ import annotations

from django.http import Http404

from jalons.accounts.access import SignedInRequest
from jalons.evaluation.figures import EvaluationRead, read_evaluation
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.models import Roadmap
from jalons.spaces.access import Right


def opened(request: SignedInRequest, pk: int) -> Roadmap:
    """The roadmap, for who may read it, or write in it when something is sent."""
    right = Right.CONTRIBUTE if request.method == "POST" else Right.READ
    return get_roadmap(request.user, pk, right)


def begun(roadmap: Roadmap) -> EvaluationRead:
    """The evaluation of a roadmap; 404 before it is begun."""
    read = read_evaluation(roadmap)
    if read is None:
        raise Http404
    return read
