"""The only door to a diagnosis: through the space that holds it.

The portrait of a territory is public; what a team writes about it is not.
"""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.models import User
from jalons.diagnosis.models import Diagnosis, Finding, Visit
from jalons.spaces.access import Right, get_space


def get_diagnosis(user: User, pk: int, right: Right) -> Diagnosis:
    """The diagnosis, for a member of its space who holds the right (404, 403)."""
    diagnosis: Diagnosis | None = (
        Diagnosis.objects.filter(pk=pk).select_related("space", "territory").first()
    )
    if diagnosis is None:
        raise Http404
    get_space(user, diagnosis.space_id, right)
    return diagnosis


def get_finding(diagnosis: Diagnosis, pk: int) -> Finding:
    """A finding of a diagnosis already opened, never of another one."""
    finding: Finding = get_object_or_404(
        diagnosis.findings.select_related("diagnosis").prefetch_related(
            "reviews__reviewed_by"
        ),
        pk=pk,
    )
    return finding


def get_visit(diagnosis: Diagnosis, pk: int) -> Visit:
    """A visit of a diagnosis already opened, never of another one."""
    visit: Visit = get_object_or_404(
        diagnosis.visits.select_related("commune", "logged_by"), pk=pk
    )
    visit.diagnosis = diagnosis
    return visit
